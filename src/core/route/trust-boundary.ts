import { isPrivateName, organisationOf, providerOf, twoLabelsOf } from './host-owner.ts';
import { isInBlock, reachOf } from './ip-address.ts';
import type { MailProvider } from './mail-providers.data.ts';

/** What of a hop the boundary depends on. */
export interface BoundaryHop {
  readonly from: string | null;
  readonly reverseName: string | null;
  readonly by: string | null;
  readonly ip: string | null;
  readonly protocol: string | null;
}

export interface BoundaryOptions {
  /** Domains of the operator's own mail hosts and declared auto-forwarders. */
  readonly ownDomains?: readonly string[];
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
): readonly Hop[] => {
  const count = trustedHops(route, options);
  return route.map((hop, at) => ({ ...hop, trusted: at < count }));
};

/**
 * The address that reached the recipient's side from outside: the first fact about the sender.
 * Null where the route holds no trusted hop with a public client address.
 */
export function boundaryClient<Hop extends BoundaryHop & { readonly trusted: boolean }>(
  route: readonly Hop[],
): { readonly ip: string; readonly hop: Hop } | null {
  for (let i = route.length - 1; i >= 0; i--) {
    const hop = route[i]!;
    if (!hop.trusted || hop.ip === null || isFetch(hop)) continue;
    if (reachOf(hop.ip) === 'public') return { ip: hop.ip, hop };
  }
  return null;
}

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
    if (host === null || isPrivateName(host)) return;
    const provider = providerOf(host);
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
      // Postfix, Sendmail and Exim look the name up and back; a bare HELO proves nothing.
      return hop.reverseName !== null && this.#owns(hop.reverseName);
    }
    // Without an address the hand-over was on the machine, or by a program of the recipient's.
    return hop.from === null || isPrivateName(hop.from) || this.#owns(hop.from) || isLocal(hop);
  }

  mayHaveWritten(hop: BoundaryHop, above: BoundaryHop): boolean {
    if (hop.by === null) return above.by === null || isLocal(hop);
    // Handed over on one machine: whatever name it has below is its own (a filter on loopback).
    if (above.ip === null || isLoopback(above.ip)) return true;
    // Nothing above names a provider (a fetchmail line by localhost): the next host does.
    if (this.#providers.size === 0 && this.#hosts.size === 0) return true;
    return isPrivateName(hop.by) || this.#owns(hop.by);
  }

  #owns(host: string): boolean {
    const name = host.toLowerCase();
    if (this.#own.some((domain) => name === domain || name.endsWith(`.${domain}`))) return true;
    const provider = providerOf(name);
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
    for (const provider of this.#providers)
      if (provider.blocks.some((block) => isInBlock(ip, block))) return true;
    return false;
  }
}

/** The recipient's own program fetched the message: its client is the recipient's mail server. */
const isFetch = (hop: BoundaryHop): boolean => /^(?:IMAP|POP3)/i.test(hop.protocol ?? '');

const isLoopback = (ip: string): boolean => ip === '::1' || ip.startsWith('127.');

const isLocal = (hop: BoundaryHop): boolean =>
  hop.protocol === 'local' || /^(?:LMTP|LOCAL|QMQP)/i.test(hop.protocol ?? '');
