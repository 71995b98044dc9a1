import { isPrivateName, organisationOf, providerOf, twoLabelsOf } from './host-owner.ts';
import { isInBlock, reachOf } from './ip-address.ts';
import type { MailProvider } from './mail-providers.data.ts';

/** What of a hop the boundary depends on. */
export interface BoundaryHop {
  readonly from: string | null;
  readonly reverseName: string | null;
  readonly doubted?: true;
  readonly by: string | null;
  readonly ip: string | null;
  readonly protocol: string | null;
}

/** What the operator says of the own mail hosts; without it the tables and names decide. */
export interface BoundaryOptions {
  /** Domains of the operator's own mail hosts and declared auto-forwarders. */
  readonly ownDomains?: readonly string[];
  /**
   * Names (authserv-id, RFC 8601 section 2.5) under which the operator's own hosts record what they
   * checked directly below their own Received field, as milters of Postfix and Sendmail do.
   */
  readonly ownRecords?: readonly string[];
}

/** A hop of the operator's own hosts that records below its own field, and under which names. */
export interface RecordingHop {
  readonly recordsAs?: readonly string[];
}

/**
 * How many hops, from the newest, the recipient's own side wrote.
 *
 * The newest hop always is. The next one is trusted only if the trusted host above it received the
 * message from inside its own provider (its client had a private address, a verified name or an
 * address of the provider, or the hand-over was on one machine, or it fetched the message itself),
 * and if the next `by` host is the provider's.
 * Asking for the client, not only for the `by` host, is what a forged hop cannot get around: a
 * sender can write `by mx.google.com`, but not make Google write that the mail came from Google.
 */
export function trustedHops(hops: readonly BoundaryHop[], options: BoundaryOptions = {}): number {
  if (hops.length === 0) return 0;
  const side = new RecipientSide(options.ownDomains ?? []);
  side.admit(hops[0]!.by);
  if (isFetch(hops[0]!)) side.admit(hops[0]!.from);
  let count = 1;
  while (count < hops.length) {
    const [above, below] = [hops[count - 1]!, hops[count]!];
    if (!side.handedOver(above) || !side.mayHaveWritten(below, above)) break;
    side.admit(below.by);
    if (isFetch(below)) side.admit(below.from);
    count++;
  }
  return count;
}

/**
 * A route as an operator sees it who names the mail hosts and forwarders of their own: the trusted
 * part may reach further down than the public tables show.
 */
export const routeSeenFrom = <Hop extends BoundaryHop & { readonly trusted: boolean }>(
  route: readonly Hop[],
  options: BoundaryOptions,
): readonly (Hop & RecordingHop)[] => {
  const { ownDomains = [], ownRecords = [] } = options;
  const own = [...ownDomains, ...ownRecords].map((domain) => domain.toLowerCase());
  const names = ownRecords.map((name) => name.toLowerCase());
  const count = trustedHops(route, { ownDomains: own });
  return route.map((hop, at) => {
    const trusted = at < count;
    const records = trusted && names.length > 0 && isBelow(own, hop.by?.toLowerCase() ?? '');
    return { ...hop, trusted, ...(records ? { recordsAs: names } : null) };
  });
};

const isBelow = (domains: readonly string[], host: string): boolean =>
  domains.some((domain) => host === domain || host.endsWith(`.${domain}`));

/**
 * The address that handed the message to the recipient's side: the first fact about the sender.
 *
 * It is the client of the oldest trusted hop. Null where that hop wrote no address down: an address
 * further up is a host of the recipient's own. Mail that began inside a provider of many customers
 * has the address by which the provider's own hosts handed it over to the recipient's.
 */
export function boundaryClient<Hop extends BoundaryHop & { readonly trusted: boolean }>(
  route: readonly Hop[],
): { readonly ip: string; readonly hop: Hop } | null {
  let count = 0;
  while (count < route.length && route[count]!.trusted) count++;
  const oldest = route[count - 1];
  if (oldest === undefined || isFetch(oldest)) return null;
  if (oldest.ip !== null && isOutside(oldest)) return { ip: oldest.ip, hop: oldest };
  if (count < route.length || !beganInside(oldest)) return null;
  for (let i = count - 2; i >= 0; i--) {
    const hop = route[i]!;
    if (hop.ip !== null && isOutside(hop) && isCustomersWay(hop)) return { ip: hop.ip, hop };
  }
  return null;
}

/** The client's address is public, and none that only the receiving provider's own hosts have. */
const isOutside = ({ ip, by }: BoundaryHop): boolean =>
  ip !== null && reachOf(ip) === 'public' && !holds(innerBlocksOf(by), ip);

/** The hop took the message on its own machine or network, or from nobody that it names. */
const beganInside = (hop: BoundaryHop): boolean =>
  hop.ip === null ? hop.from === null || isPrivateName(hop.from) || isLocal(hop) : !isOutside(hop);

/**
 * The Received field with which a provider of many customers took a message over from another of
 * them, where the hosts that do so are known; null where none is in the trusted part.
 */
export function tenantHop<Hop extends BoundaryHop & { readonly trusted: boolean }>(
  route: readonly Hop[],
): Hop | null {
  for (const hop of route) {
    if (!hop.trusted) return null;
    if (isCustomersWay(hop) && takesIn(hop.by)) return hop;
  }
  return null;
}

/** One customer's mail reaches another's mailbox by the provider's outgoing addresses. */
const isCustomersWay = ({ ip, by }: BoundaryHop): boolean =>
  ip !== null && by !== null && holds(providerOf(by)?.blocks ?? [], ip);

const takesIn = (host: string | null): boolean =>
  host !== null && providerOf(host)?.takesIn?.test(host.toLowerCase()) === true;

const innerBlocksOf = (host: string | null): readonly string[] =>
  (host === null ? null : providerOf(host))?.innerBlocks ?? [];

const holds = (blocks: readonly string[], ip: string): boolean =>
  blocks.some((block) => isInBlock(ip, block));

/** The recipient's provider, as far as it is known from the hops above. */
class RecipientSide {
  readonly #own: readonly string[];
  readonly #providers = new Set<MailProvider>();
  readonly #domains = new Set<string>();
  /** Hosts of no known provider, by the last two labels; those not yet in `#domains`. */
  readonly #hosts = new Map<string, string[]>();

  constructor(ownDomains: readonly string[]) {
    this.#own = ownDomains.map((domain) => domain.toLowerCase());
  }

  /** Learns the provider from the host of a hop that is trusted. */
  admit(host: string | null): void {
    if (host === null) return;
    const provider = providerOf(host);
    if (provider === null && isPrivateName(host)) return;
    if (provider !== null) this.#providers.add(provider);
    else this.#admitHost(host);
  }

  #admitHost(host: string): void {
    const labels = twoLabelsOf(host);
    const known = this.#hosts.get(labels);
    if (known === undefined) this.#hosts.set(labels, [host]);
    else known.push(host);
  }

  /** Did the host of this trusted hop get the message from its own side? */
  handedOver(hop: BoundaryHop): boolean {
    if (isFetch(hop)) return true;
    if (hop.ip !== null) {
      if (reachOf(hop.ip) === 'private' || this.#ownsAddress(hop.ip)) return true;
      // Postfix, Sendmail and Exim look the name up and back, and Sendmail writes one that does not
      // lead back with a mark; that and a bare HELO prove nothing.
      return hop.reverseName !== null && hop.doubted !== true && this.#owns(hop.reverseName);
    }
    if (hop.from === null || isLocal(hop) || isInner(hop)) return true;
    // Without an address the hand-over was on the machine, or by a program of the recipient's. By
    // SMTP the name is what the client called itself: anybody can say `localhost`.
    return !isSmtp(hop) && (isPrivateName(hop.from) || this.#owns(hop.from));
  }

  mayHaveWritten(hop: BoundaryHop, above: BoundaryHop): boolean {
    if (isInner(above)) return hop.by !== null && this.#isIntake(hop.by, above.from);
    if (hop.by === null) return above.by === null || isLocal(hop);
    // Handed over on one machine: whatever name it has below is its own (a filter on loopback).
    if (above.ip === null || isLoopback(above.ip)) return true;
    // Nothing above names a provider (a fetchmail line by localhost): the next host does.
    if (this.#providers.size === 0 && this.#hosts.size === 0) return true;
    return isPrivateName(hop.by) || this.#owns(hop.by);
  }

  /**
   * The host that an inner hand-over names wrote the next field, under its bare name or its whole
   * one.
   */
  #isIntake(by: string, handsOver: string | null): boolean {
    const name = by.toLowerCase();
    return name === handsOver?.toLowerCase() || (name.includes('.') && this.#owns(name));
  }

  #owns(host: string): boolean {
    const name = host.toLowerCase();
    if (isBelow(this.#own, name)) return true;
    // A bare name by address is nobody's; that of a `by` host is known from the host above.
    const provider = name.includes('.') ? providerOf(name) : null;
    return provider === null ? this.#isAdmitted(name) : this.#providers.has(provider);
  }

  /** The list of public suffixes is asked only where two names end alike. */
  #isAdmitted(name: string): boolean {
    const waiting = this.#hosts.get(twoLabelsOf(name));
    if (waiting === undefined) return false;
    for (const host of waiting.splice(0)) this.#domains.add(organisationOf(host));
    return this.#domains.has(organisationOf(name));
  }

  #ownsAddress(ip: string): boolean {
    for (const { blocks, innerBlocks = [] } of this.#providers)
      if (holds(blocks, ip) || holds(innerBlocks, ip)) return true;
    return false;
  }
}

/**
 * Within a provider whose hosts hand on among themselves under bare names, and take from no
 * stranger.
 */
function isInner({ by, from, ip }: BoundaryHop): boolean {
  const inside = by === null ? undefined : providerOf(by)?.inside;
  return (
    inside !== undefined &&
    ip === null &&
    inside.takesOver.test(by?.toLowerCase() ?? '') &&
    inside.handsOver.test(from?.toLowerCase() ?? '')
  );
}

/** The recipient's own program fetched the message: its client is the recipient's mail server. */
const isFetch = (hop: BoundaryHop): boolean => /^(?:IMAP|POP3)/i.test(hop.protocol ?? '');

const isSmtp = (hop: BoundaryHop): boolean => /SMTP/i.test(hop.protocol ?? '');

const isLoopback = (ip: string): boolean => ip === '::1' || ip.startsWith('127.');

const isLocal = (hop: BoundaryHop): boolean =>
  hop.protocol === 'local' || /^(?:LMTP|LOCAL|QMQP)/i.test(hop.protocol ?? '');
