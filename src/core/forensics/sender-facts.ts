import type { Instant } from '../base/index.ts';
import { millisecondsOf } from '../base/index.ts';
import type { HeaderField, Hop, MailMessage } from '../mail/index.ts';
import { organisationOf } from '../observables/index.ts';
import { boundaryClient, parseIpAddress, reachOf, takingHop } from '../route/index.ts';
import { type Authentication, type AuthResult, isError } from './authentication.ts';
import { fieldNamed, type HeaderPointer, hopPointer, pointerTo } from './header-pointer.ts';
import { type HiredService, hiredService } from './hired-service.ts';
import {
  type Filtered,
  filteredBy,
  heldForHonest,
  perhapsForwarded,
  type Relayed,
  relayedBy,
} from './on-the-way.ts';
import type { RecordedResult, RecordedResults } from './recorded-results.ts';
import { coverOf, gradeOf, type SignatureCover } from './signature-cover.ts';
import type { VerdictReason } from './verdict.ts';

/**
 * `live`: name servers' answers (now or from a transcript); else the provider that wrote it down.
 */
export type ProofSource =
  | { readonly kind: 'live'; readonly asOf: Instant | null }
  | { readonly kind: 'recorded'; readonly by: string | null; readonly at: HeaderPointer };

/**
 * What the domain tells receivers to do with mail that does not pass. `untold`: it has a policy,
 * which the record does not repeat. Null, wherever it may stand: it publishes none.
 */
type StatedPolicy = 'none' | 'quarantine' | 'reject' | 'untold';

/** Whether the domain of the From line authorised the message, as far as it was checked. */
export type Alignment =
  | { readonly state: 'pass'; readonly by: 'dmarc' | 'spf' | 'dkim'; readonly source: ProofSource }
  | {
      readonly state: 'no-pass';
      readonly source: ProofSource;
      readonly spf: AuthResult | null;
      readonly policy: StatedPolicy | null;
    }
  | { readonly state: 'could-not-check'; readonly source: ProofSource }
  /** A signature passed that leaves to anybody what the reader sees, and nothing else vouches. */
  | { readonly state: 'hollow'; readonly source: ProofSource }
  | { readonly state: 'contradicted'; readonly at: HeaderPointer }
  | { readonly state: 'not-checked' };

/** The address that handed a message in, and the header field that says so. */
export interface Client {
  readonly ip: string;
  /** Its name by address, as the receiving host looked it up and confirmed it. */
  readonly reverseName: string | null;
  /** A name that the receiving host could not confirm ("may be forged"): the client's own word. */
  readonly doubtedName: string | null;
  /** What it called itself. */
  readonly helo: string | null;
  /** The host that took it in. */
  readonly by: string | null;
  readonly at: HeaderPointer;
}

/** What the verdict is judged from, gathered once. */
export interface SenderFacts {
  readonly fromField: HeaderField | null;
  readonly fromDomain: string | null;
  /** Registrable domain of the From line. */
  readonly fromOrganisation: string | null;
  /** The Received field with which the recipient's side took it in. */
  readonly boundary: Hop | null;
  /** Who handed it to the recipient's side, as that side wrote it down; null where it did not. */
  readonly client: Client | null;
  readonly alignment: Alignment;
  /** What the signature covers that vouches for it; null where none does, or it is not known. */
  readonly cover: SignatureCover | null;
  /** Its domain's own server handed it in, by an SPF pass: not the signature alone vouches. */
  readonly isHandedIn: boolean;
  /** Whole days from the boundary to the name servers' answers; null where unknown. */
  readonly daysLate: number | null;
  /** Registrable domain of the return address; null for a bounce and where it is not known. */
  readonly envelopeOrganisation: string | null;
  /** A list, a forwarder or a sealer had it on its way; sought where nothing passed. */
  readonly relayed: Relayed | null;
  /**
   * A return address as forwarders write them that nothing bears out; sought where nothing passed.
   */
  readonly perhapsForwarded: VerdictReason | null;
  /** The recipient's provider drew another conclusion; sought where nothing passed. */
  readonly heldForHonest: VerdictReason | null;
  /** A service that anybody may hire sent it; sought where nothing passed. */
  readonly hired: HiredService | null;
  /** A filtering service handed it in, or said so; sought where nothing passed. */
  readonly gateway: Filtered | null;
  /**
   * A mark of Exchange in a signed original that came attached: its bytes may not be those signed.
   */
  readonly rebuilt: HeaderPointer | null;
  /**
   * What a signed mail was saved as that changed its bytes: a signature may fail for that alone.
   */
  readonly savedAs: string | null;
}

/** The From line; null where there is none. */
export const fromPointer = ({ fromField }: Pick<SenderFacts, 'fromField'>): HeaderPointer | null =>
  fromField === null ? null : pointerTo(fromField);

const DAY_MS = 86_400_000;

/** Gathers what a verdict rests on, once a message. Pure: the checks were made before. */
export function senderFacts(
  message: MailMessage,
  authentication: Authentication,
  isConsumerDomain: (domain: string) => boolean = () => false,
): SenderFacts {
  const fromField = fieldNamed(message, 'from');
  const address = message.from?.address ?? '';
  const fromDomain = address.includes('@') ? address.slice(address.lastIndexOf('@') + 1) : null;
  const fromOrganisation = fromDomain === null ? null : organisationOf(fromDomain);
  const { asOf, boundaryTime } = authentication;
  const isSigned = fieldNamed(message, 'dkim-signature') !== null;
  const found = alignmentOf(authentication, {
    fromDomain,
    organisation: fromOrganisation,
    isSigned,
    isOneOfSeveral: (message.authors?.length ?? 0) > 1,
  });
  const lacks = found.state === 'no-pass';
  const client = clientOf(message, authentication);
  const isHandedIn = hasOwnSpf(authentication, fromOrganisation);
  const cover =
    found.state === 'pass' && fromOrganisation !== null
      ? coverOf(message, authentication, fromOrganisation)
      : null;
  const envelopeOrganisation = envelopeOf(message, authentication);
  const isHollow = cover !== null && !isHandedIn && gradeOf(cover) === 'none';
  return {
    fromField,
    fromDomain,
    fromOrganisation,
    boundary: takingHop(message.route),
    client,
    alignment:
      found.state === 'pass' && isHollow ? { state: 'hollow', source: found.source } : found,
    cover,
    isHandedIn,
    daysLate:
      asOf === null || boundaryTime === null
        ? null
        : Math.floor((millisecondsOf(asOf) - millisecondsOf(boundaryTime)) / DAY_MS),
    envelopeOrganisation,
    relayed: lacks ? relayedBy(message, authentication, fromOrganisation) : null,
    perhapsForwarded: lacks ? perhapsForwarded(message, authentication) : null,
    heldForHonest: lacks ? heldForHonest(authentication) : null,
    hired:
      lacks && fromDomain !== null
        ? hiredService(authentication, {
            fromDomain,
            client,
            isReturnedThere: [null, fromOrganisation].includes(envelopeOrganisation),
            isConsumerDomain: isConsumerDomain(fromDomain),
          })
        : null,
    gateway: lacks && client !== null ? filteredBy(client, authentication) : null,
    rebuilt: rebuiltMark(message),
    savedAs: isSigned ? (message.forward?.takenFrom ?? null) : null,
  };
}

/** The domain of the From line vouches for it, by what name servers answered. */
export const isAuthorised = (message: MailMessage, authentication: Authentication): boolean =>
  senderFacts(message, { ...authentication, recorded: [] }).alignment.state === 'pass';

/**
 * By name servers' answers or the recipient's record: a server that the domain allows handed it in.
 */
function hasOwnSpf({ spf, recorded }: Authentication, organisation: string | null): boolean {
  const isOwn = (domain: string | null | undefined): boolean =>
    organisation !== null && typeof domain === 'string' && organisationOf(domain) === organisation;
  if (spf?.result === 'pass' && isOwn(spf.domain)) return true;
  return recorded.some(
    ({ trusted, results }) =>
      trusted &&
      results.some(
        ({ method, result, properties }) =>
          method === 'spf' && result === 'pass' && isOwn(properties['smtp.mailfrom']),
      ),
  );
}

/** From the route; else as the recipient's own SPF check names it, where the route is silent. */
function clientOf(message: MailMessage, { recorded }: Authentication): Client | null {
  const client = boundaryClient(message.route);
  if (client !== null) {
    const { ip, hop } = client;
    const { reverseName: name, from: helo, by } = hop;
    const [reverseName, doubtedName] = hop.doubted === true ? [null, name] : [name, null];
    return { ip, reverseName, doubtedName, helo, by, at: hopPointer(hop) };
  }
  for (const field of recorded) {
    if (!field.trusted) continue;
    for (const { method, properties, comment } of field.results) {
      if (method !== 'spf') continue;
      const words = properties['client-ip'] ?? SENDER_IP.exec(comment ?? '')?.[1];
      const ip = words === undefined ? null : parseIpAddress(words);
      if (ip !== null && reachOf(ip) === 'public')
        return {
          ip,
          reverseName: null,
          doubtedName: null,
          helo: properties['helo'] ?? null,
          by: field.recordedBy,
          at: fieldPointer(field),
        };
    }
  }
  return null;
}

/** Exchange's note beside its SPF result. */
const SENDER_IP = /\bsender IP is ([0-9a-f.:]{3,45})/i;

/** Fields and MIME boundaries that Exchange writes when it makes a mail from its store. */
const EXCHANGE_FIELD =
  /^(?:x-ms-has-attach|x-ms-tnef-correlator|x-ms-exchange-messagesentrepresentingtype)$/i;
const EXCHANGE_BOUNDARY = /\bboundary="?_0\d\d_[0-9A-Z]{6,}/i;

/**
 * Outlook attaches a mail by writing it anew from the mailbox. The signer was
 * another system where the mail carries its signature and Exchange's marks: Microsoft's own hosts
 * sign with their marks in place, and theirs then hold.
 */
function rebuiltMark(message: MailMessage): HeaderPointer | null {
  const { forward } = message;
  if (forward === null || !forward.method.startsWith('attached')) return null;
  if (fieldNamed(message, 'dkim-signature') === null) return null;
  const mark = message.headers.find(
    ({ name, value }) =>
      EXCHANGE_FIELD.test(name) || (/^content-type$/i.test(name) && EXCHANGE_BOUNDARY.test(value)),
  );
  return mark === undefined ? null : pointerTo(mark);
}

/** As the check saw it, as the provider recorded it, else as Return-Path says. */
function envelopeOf(message: MailMessage, { spf, recorded }: Authentication): string | null {
  const written = recorded
    .filter(({ trusted }) => trusted)
    .flatMap(({ results }) => results)
    .find(({ method }) => method === 'spf')?.properties['smtp.mailfrom'];
  const field = fieldNamed(message, 'return-path')?.value.replace(/^\s*<|>\s*$/g, '');
  const envelope = spf?.mailFrom ?? written ?? field ?? '';
  return envelope === '' ? null : organisationOf(envelope);
}

/**
 * The recipient's own record of the day outranks today's name servers: keys are changed and
 * records edited after the fact. A live pass still counts where the record has no pass.
 */
function alignmentOf(authentication: Authentication, asked: Asked): Alignment {
  const recorded = recordedAlignment(authentication.recorded, asked);
  const live = liveAlignment(authentication, asked);
  if (recorded.state === 'pass' || recorded.state === 'contradicted') return recorded;
  if (live.state === 'pass') return live;
  if (recorded.state === 'no-pass') return recorded;
  return live.state === 'not-checked' ? recorded : live;
}

function liveAlignment(
  { source, asOf, spf, dkim, dmarc }: Authentication,
  { organisation, isOneOfSeveral }: Asked,
): Alignment {
  if (source === 'none' || (spf === null && dmarc === null && dkim.length === 0))
    return { state: 'not-checked' };
  const isOurs = (check: { readonly aligned: boolean; readonly domain: string | null }): boolean =>
    isOneOfSeveral
      ? check.domain !== null && organisationOf(check.domain) === organisation
      : check.aligned;
  const policed =
    dmarc !== null && isOneOfSeveral && organisationOf(dmarc.fromDomain ?? '') !== organisation
      ? null
      : dmarc;
  const from: ProofSource = { kind: 'live', asOf };
  if (policed?.result === 'pass') return { state: 'pass', by: 'dmarc', source: from };
  if (spf?.result === 'pass' && isOurs(spf)) return { state: 'pass', by: 'spf', source: from };
  if (dkim.some((check) => check.result === 'pass' && isOurs(check)))
    return { state: 'pass', by: 'dkim', source: from };
  const unsure = [spf?.result, policed?.result, ...dkim.map((check) => check.result)];
  if (spf === null || unsure.includes('temperror'))
    return { state: 'could-not-check', source: from };
  return { state: 'no-pass', source: from, spf: spf.result, policy: policed?.policy ?? null };
}

interface Asked {
  readonly fromDomain: string | null;
  readonly organisation: string | null;
  /** Has a DKIM-Signature: a record that is silent on DKIM then checked only in part. */
  readonly isSigned: boolean;
  /** The From line names several senders: what was found for one is not said of another. */
  readonly isOneOfSeveral: boolean;
}

function recordedAlignment(recorded: readonly RecordedResults[], asked: Asked): Alignment {
  const own = recorded.filter((field) => field.trusted);
  const isAsked = ({ method, properties }: RecordedResult): boolean =>
    method === 'dmarc' &&
    (!asked.isOneOfSeveral ||
      organisationOf(properties['header.from'] ?? '') === asked.organisation);
  const dmarc = own.flatMap((field) =>
    field.results.filter(isAsked).map((result) => ({ field, result })),
  );
  const [first] = dmarc;
  const differs = dmarc.find(({ result }) => result.result !== first?.result?.result);
  if (differs !== undefined) return { state: 'contradicted', at: fieldPointer(differs.field) };
  const passes = own.flatMap((field) =>
    field.results.flatMap((result) => {
      const by = alignedPass(result, asked);
      return by === null ? [] : [{ by, field }];
    }),
  );
  const pass = passes.find(({ by }) => by === 'dmarc') ?? passes[0];
  if (pass !== undefined && first?.result.result !== 'fail')
    return { state: 'pass', by: pass.by, source: recordedBy(pass.field) };
  const source = first?.field ?? own.find((field) => field.results.length > 0);
  if (source === undefined) return { state: 'not-checked' };
  const all = own.flatMap((field) => field.results);
  const known = (method: string): RecordedResult | undefined =>
    all.find(({ method: m, result }) => m === method && result !== null && !isError(result));
  const spf = known('spf');
  const policyRow = dmarc.find(({ result: { result } }) => result !== null && !isError(result));
  const lacksDkim = asked.isSigned && !all.some(({ method }) => method === 'dkim');
  if (policyRow === undefined && (spf === undefined || lacksDkim))
    return { state: 'could-not-check', source: recordedBy(source) };
  return {
    state: 'no-pass',
    source: recordedBy(source),
    spf: spf?.result ?? null,
    policy: policyRow === undefined ? null : policyIn(policyRow.result, policyRow.field.policy),
  };
}

const fieldPointer = (field: RecordedResults): HeaderPointer => ({
  header: field.header,
  offset: field.offset,
  length: field.length,
});

const recordedBy = (field: RecordedResults): ProofSource => ({
  kind: 'recorded',
  by: field.recordedBy,
  at: fieldPointer(field),
});

function alignedPass(
  { method, result, properties }: RecordedResult,
  { fromDomain, organisation }: Asked,
): 'dmarc' | 'spf' | 'dkim' | null {
  if (result !== 'pass' || organisation === null) return null;
  const isOurs = (value: string | undefined): boolean =>
    value !== undefined && organisationOf(value) === organisation;
  if (method === 'dmarc') {
    const from = properties['header.from'];
    return from === undefined || from === fromDomain || isOurs(from) ? 'dmarc' : null;
  }
  if (method === 'spf') return isOurs(properties['smtp.mailfrom']) ? 'spf' : null;
  if (method !== 'dkim') return null;
  return isOurs(properties['header.d'] ?? properties['header.i']) ? 'dkim' : null;
}

/**
 * Gmail and others write the policy in a comment: `(p=REJECT sp=REJECT dis=NONE)`, Fastmail
 * as a property, Apple in a field of its own (`beside`). Microsoft writes what
 * it did (`action=`): beside `fail` that follows the policy, and `oreject` and `pct.reject` name
 * one that was not carried out. Beside `none` the domain has no policy, whatever was done.
 */
function policyIn(
  { result, properties, comment }: RecordedResult,
  beside?: string,
): StatedPolicy | null {
  const stated =
    properties['policy.dmarc'] ??
    properties['policy.published-domain-policy'] ??
    /\bp=([a-z]+)/i.exec(comment ?? '')?.[1] ??
    beside;
  const done = result === 'fail' ? properties['action']?.replace(/^(?:o\.?|pct\.)/i, '') : null;
  const word = (stated ?? done)?.toLowerCase();
  if (word === 'reject' || word === 'quarantine' || word === 'none') return word;
  return result === 'fail' ? 'untold' : null;
}
