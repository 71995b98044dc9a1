import type { Mailbox, MailMessage } from '../mail/index.ts';
import type { RouteOddity } from '../route/index.ts';
import { addElsewhere } from './answers-elsewhere.ts';
import { type Authentication, contradictions } from './authentication.ts';
import { addCover } from './cover-reasons.ts';
import { type HeaderPointer, isNamed, pointerTo } from './header-pointer.ts';
import { addNameImitation, addOfficeName } from './imitated-name.ts';
import type { ProtectedIndex } from './lookalike.ts';
import { addNoPass, DAYS_LATE_MAX, saysSomething } from './missing-pass.ts';
import { type RelayTrace, relayTraces } from './relay-traces.ts';
import { routeReasons } from './route-reasons.ts';
import { type Alignment, fromPointer, type SenderFacts, senderFacts } from './sender-facts.ts';
import { LIKENESS_TEXT, sourceText, verdictSentence } from './verdict-sentence.ts';

/** The answers to "is the shown sender the real one?". They combine; the first is the main one. */
export type VerdictKind =
  | 'spoofed-domain'
  | 'lookalike'
  | 'display-name-imitation'
  | 'compromised-relay'
  | 'freemail'
  | 'genuine'
  | 'undetermined';

/** One reason, and the header field that a person can look it up in. */
export interface VerdictReason {
  /** A public promise: rows in docs/methods/sender-verdict.md. */
  readonly code: string;
  readonly text: string;
  /** The header field that shows it; null for what the whole message shows. */
  readonly at: HeaderPointer | null;
}

/**
 * A judgement about the shown sender, never about a person.
 *
 * `shown`: the message's own evidence carries it. `probable`: it fits best, and a named gap
 * remains. `notShown` says in plain words what does not follow.
 */
export interface SenderVerdict {
  readonly kind: VerdictKind;
  readonly kinds: readonly VerdictKind[];
  readonly certainty: 'shown' | 'probable' | 'none';
  /** One sentence for a person. */
  readonly text: string;
  readonly reasons: readonly VerdictReason[];
  readonly notShown: readonly string[];
}

/** One message with its checks, and the names and accounts that it is held against. */
export interface VerdictInput {
  readonly message: MailMessage;
  readonly authentication: Authentication;
  readonly protectedNames: ProtectedIndex;
  /** Of the route, where they were sought already. */
  readonly oddities?: readonly RouteOddity[];
  /** The provider that holds the accounts of a domain; null for a domain that is nobody's. */
  readonly consumerProvider: (domain: string) => string | null;
}

/** A draft verdict: what each part of the judgement adds. */
export interface Draft {
  readonly kinds: VerdictKind[];
  readonly reasons: VerdictReason[];
  readonly notShown: string[];
  certainty: SenderVerdict['certainty'];
  /** Why nothing can be told, in one sentence, where that is known. */
  cannotTell: string | null;
  /** Kinds that fit best and that something honest explains as well. */
  readonly probable: Set<VerdictKind>;
}

/** Senders of one From line that are judged each; more are a list, and said to be. */
export const AUTHORS_JUDGED_MAX = 10;

/** Judges whether the shown sender sent the message (docs/methods/sender-verdict.md). */
export function judgeSender(input: VerdictInput): SenderVerdict {
  const authors = distinct(input.message.authors ?? []);
  return authors.length < 2 ? judgeOne(input) : judgeSeveral(input, authors);
}

/** By address, in the order of the From line. */
const distinct = (authors: readonly Mailbox[]): readonly Mailbox[] => [
  ...new Map(authors.map((one) => [one.address.toLowerCase().replace(/\.$/, ''), one])).values(),
];

/**
 * Each sender of the From line is judged (RFC 5322 section 3.6.2 allows several), and the gravest
 * verdict stands: mail programs differ in which they show, and the reader may have seen any.
 */
function judgeSeveral(input: VerdictInput, authors: readonly Mailbox[]): SenderVerdict {
  const { message } = input;
  const judged = authors
    .slice(0, AUTHORS_JUDGED_MAX)
    .map((from) => ({ from, verdict: judgeOne({ ...input, message: { ...message, from } }) }));
  const grade = ({ from, verdict }: (typeof judged)[number]): number =>
    2 * GRAVITY.indexOf(verdict.kind) + (from.address.includes('@') ? 0 : 1);
  const [gravest, ...others] = judged.toSorted((a, b) => grade(a) - grade(b));
  if (gravest === undefined) return judgeOne(input);
  const field = message.headers.find(({ name }) => /^from$/i.test(name));
  const at = field === undefined ? null : pointerTo(field);
  const names = authors.slice(0, AUTHORS_JUDGED_MAX).map(({ address }) => `<${address}>`);
  const more = authors.length - names.length;
  const several = {
    code: 'several-authors',
    text: `The From line names ${authors.length} senders: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}. Mail programs differ in which they show; what follows is the gravest verdict, for <${gravest.from.address}>.`,
    at,
  };
  const rest = others.map(({ from, verdict }) => ({
    code: 'other-author',
    text: `Of <${from.address}>: ${verdict.text}`,
    at,
  }));
  const { verdict } = gravest;
  return { ...verdict, reasons: [several, ...verdict.reasons, ...rest] };
}

/**
 * Gravest first: what a reader was misled by, then what nobody checked, then what is authorised.
 */
const GRAVITY: readonly VerdictKind[] = [
  'spoofed-domain',
  'lookalike',
  'display-name-imitation',
  'compromised-relay',
  'undetermined',
  'freemail',
  'genuine',
];

function judgeOne(input: VerdictInput): SenderVerdict {
  const { message } = input;
  const facts = senderFacts(
    message,
    input.authentication,
    (domain) => input.consumerProvider(domain) !== null,
  );
  const draft: Draft = {
    kinds: [],
    reasons: [],
    notShown: [],
    certainty: 'none',
    cannotTell: null,
    probable: new Set(),
  };
  addNameImitation(input, facts, draft);
  const traces = relayTraces(message, facts);
  if (isDegraded(message)) addDegraded(message, draft);
  else {
    addAlignment(input, facts, draft);
    addContradictions(input.authentication, facts, draft);
    addTraces(traces, facts, draft);
    draft.reasons.push(...routeReasons(message.route, input.oddities));
    if (message.forward?.method === 'pasted-headers') addCopied(draft);
    if (message.forward?.method === 'saved-copy') addSaved(input.authentication, draft);
  }
  addResemblance(input, facts, draft);
  addElsewhere(input, facts, draft);
  if (draft.kinds.length === 0) {
    draft.kinds.push('undetermined');
    draft.certainty = 'none';
  }
  const kinds = ORDER.filter((kind) => draft.kinds.includes(kind));
  const kind = kinds[0] ?? 'undetermined';
  const certainty = draft.probable.has(kind) ? 'probable' : draft.certainty;
  return {
    kind,
    kinds,
    certainty,
    text: verdictSentence(kind, {
      domain: facts.fromDomain,
      resembled: input.protectedNames.resembles(facts.fromDomain ?? '')?.domain ?? null,
      provider: input.consumerProvider(facts.fromDomain ?? ''),
      isExpected: input.protectedNames.holderOf(facts.fromDomain ?? '') !== null,
      isDegraded: isDegraded(message),
      cannotTell: draft.cannotTell,
      certainty,
    }),
    reasons: draft.reasons,
    notShown: [...new Set([...draft.notShown, 'who typed the message'])],
  };
}

const ORDER: readonly VerdictKind[] = [
  'spoofed-domain',
  'lookalike',
  'display-name-imitation',
  'freemail',
  'compromised-relay',
  'genuine',
  'undetermined',
];

/**
 * The reporter's copy lacks what the judgement needs: an inline forward, headers cut off. An
 * Outlook item with its stored header lines lacks signatures only: what the provider recorded still
 * counts.
 */
const isDegraded = (message: MailMessage): boolean =>
  message.forward !== null &&
  (KEEPS_HEADER.has(message.forward.method) || message.forward.intact
    ? message.forward.lost.some((what) => LOST_PROOF.has(what))
    : true);

const LOST_PROOF: ReadonlySet<string> = new Set(['headers', 'route']);
/** No exact bytes, but the header lines as the recipient's server stored them. */
const KEEPS_HEADER: ReadonlySet<string> = new Set(['outlook-item', 'pasted-headers', 'saved-copy']);

function addDegraded(message: MailMessage, draft: Draft): void {
  draft.kinds.push('undetermined');
  const lost = message.forward?.lost.join(', ') ?? '';
  draft.reasons.push({
    code: 'copy-degraded',
    text: `This copy lost what would show the sender (${lost || 'original bytes'}). We need the original.`,
    at: null,
  });
  draft.notShown.push('where the message came from, or that the shown sender is false');
}

/** Header lines that a person copied out are what that person says they are. */
function addCopied(draft: Draft): void {
  draft.reasons.push({
    code: 'copied-header',
    text: 'The header lines were copied into a mail by hand. What they say of its way and of checks is a claim: anyone can type it.',
    at: null,
  });
  draft.notShown.push('that the header lines were copied as they stood');
}

/**
 * A saved source is a text like any other: it shows nothing for certain without a signature of the
 * shown domain that holds. The route, and so SPF, can be typed; a stranger's signature is
 * anybody's.
 */
function addSaved({ dkim }: Authentication, draft: Draft): void {
  const isSigned = dkim.some(({ result, aligned }) => result === 'pass' && aligned);
  if (draft.certainty !== 'shown' || isSigned) return;
  draft.certainty = 'probable';
  draft.notShown.push('that the saved copy says what arrived');
}

function addAlignment(input: VerdictInput, facts: SenderFacts, draft: Draft): void {
  const { fromField, fromDomain, alignment } = facts;
  if (fromField === null || fromDomain === null) {
    draft.reasons.push({
      code: 'no-sender-address',
      text:
        fromField === null
          ? 'It has no From line.'
          : 'The From line names no address that could be checked.',
      at: fromField === null ? null : pointerTo(fromField),
    });
    return;
  }
  const authors = input.message.headers.filter((field) => isNamed(field, 'from'));
  if (authors.length > 1) {
    draft.reasons.push({
      code: 'several-from-lines',
      text: `It has ${authors.length} From lines. Mail programs differ in which they show, so none can be called the shown sender.`,
      at: pointerTo(authors[1] ?? fromField),
    });
    return;
  }
  switch (alignment.state) {
    case 'pass':
      addPass(input, facts, alignment, draft);
      if (facts.cover !== null) addCover(facts.cover, !facts.isHandedIn, draft);
      return;
    case 'no-pass':
      addNoPass(facts, alignment, draft);
      return;
    case 'hollow':
      draft.reasons.push({
        code: 'signature-hollow',
        text: `A signature of ${fromDomain} holds (${sourceText(alignment.source)}), and leaves open to anybody what the reader sees.`,
        at: facts.cover?.at ?? pointerTo(fromField),
      });
      if (facts.cover !== null) addCover(facts.cover, true, draft);
      return;
    case 'contradicted':
      draft.reasons.push({
        code: 'records-contradict',
        text: 'Two records in the name of the recipient’s provider contradict each other; one is forged.',
        at: alignment.at,
      });
      return;
    case 'could-not-check':
      draft.reasons.push({
        code: 'check-incomplete',
        text: `Whether ${fromDomain} authorised it could not be checked to the end (${sourceText(alignment.source)}).`,
        at: pointerTo(fromField),
      });
      return;
    case 'not-checked':
      draft.reasons.push({
        code: 'not-checked',
        text: `Whether ${fromDomain} authorised it was not checked. That is not a sign of forgery.`,
        at: pointerTo(fromField),
      });
      addClaimedRecord(input.authentication, draft);
  }
}

/** A record that the sender may have written says nothing, and a reader may have believed it. */
function addClaimedRecord({ recorded }: Authentication, draft: Draft): void {
  const [claim] = recorded.filter(({ trusted }) => !trusted);
  if (claim === undefined) return;
  draft.reasons.push({
    code: 'record-claimed',
    text: 'It carries a record of such a check that its sender may have written: it stands where the recipient’s own side is not known to write. It counts for nothing.',
    at: { header: claim.header, offset: claim.offset, length: claim.length },
  });
}

function addPass(
  input: VerdictInput,
  facts: SenderFacts,
  pass: Extract<Alignment, { state: 'pass' }>,
  draft: Draft,
): void {
  const domain = facts.fromDomain ?? '';
  draft.reasons.push({
    code: 'domain-authorised',
    text: `${domain} authorised the message (${pass.by.toUpperCase()}, ${sourceText(pass.source)}).`,
    at: pass.source.kind === 'recorded' ? pass.source.at : fromPointer(facts),
  });
  draft.notShown.push('that the account was not stolen or misused');
  draft.certainty = 'shown';
  const provider = input.consumerProvider(domain);
  if (provider !== null) {
    draft.kinds.push('freemail');
    draft.reasons.push({
      code: 'consumer-account',
      text: `Anybody may open an account at ${provider}; it holds the account's records.`,
      at: fromPointer(facts),
    });
    addOfficeName(input, provider, facts, draft);
    return;
  }
  if (input.protectedNames.resembles(domain) !== null) return;
  if (draft.kinds.includes('display-name-imitation')) return;
  draft.kinds.push('genuine');
  const holder = input.protectedNames.holderOf(domain);
  if (holder === null) addStranger(input, pass, domain, draft);
  else
    draft.reasons.push({
      code: 'expected-domain',
      text: `${domain} is a domain of ${holder}.`,
      at: fromPointer(facts),
    });
}

/**
 * A domain that nobody named as expected. Without a list of names the authority alone is judged:
 * a signature or DMARC shows it, an SPF pass may be that of another customer of the same mail host.
 */
function addStranger(
  { protectedNames }: VerdictInput,
  { by }: Extract<Alignment, { state: 'pass' }>,
  domain: string,
  draft: Draft,
): void {
  if (!protectedNames.isEmpty) {
    draft.certainty = 'probable';
    draft.notShown.push(`who holds ${domain}: it is not on the list of expected senders`);
    return;
  }
  draft.notShown.push(`who holds ${domain}: no list of expected senders was given (--names)`);
  if (by !== 'spf') return;
  draft.certainty = 'probable';
  draft.notShown.push('that no other customer of the same mail host sent it: only SPF passed');
}

/**
 * What name servers say against the recipient's record. The record of the day counts more, unless
 * they were asked within days: then the very pass that carries the verdict is in doubt.
 */
function addContradictions(
  authentication: Authentication,
  { alignment, daysLate }: SenderFacts,
  draft: Draft,
): void {
  const found = contradictions(authentication);
  if (found.length === 0) return;
  const day = authentication.asOf === null ? '' : ` of ${authentication.asOf.slice(0, 10)}`;
  const words = found.map(
    ({ method, recorded, asked }) =>
      `${method.toUpperCase()} ${recorded} on arrival, ${asked} by name servers${day}`,
  );
  const isLate = daysLate === null || daysLate > DAYS_LATE_MAX;
  const why = isLate
    ? 'Keys and records change, and copies are altered.'
    : 'The record is forged, or a key, a record or the copy has changed since.';
  draft.reasons.push({
    code: 'asked-contradicts-record',
    text: `${words.join('; ')}. ${why}`,
    at:
      alignment.state === 'pass' && alignment.source.kind === 'recorded'
        ? alignment.source.at
        : null,
  });
  const carries =
    alignment.state === 'pass' &&
    alignment.source.kind === 'recorded' &&
    found.some(({ method, recorded }) => method === alignment.by && recorded === 'pass');
  if (isLate || !carries) return;
  if (draft.certainty === 'shown') draft.certainty = 'probable';
  draft.notShown.push('that the record of the recipient’s provider is its own');
}

/** Honest names differ so, too: another suffix, a letter or two. */
const MAY_BE_CHANCE: ReadonlySet<string> = new Set(['other-suffix', 'edit-distance']);

function addResemblance(input: VerdictInput, facts: SenderFacts, draft: Draft): void {
  const domain = facts.fromDomain;
  const found = domain === null ? null : input.protectedNames.resembles(domain);
  if (domain === null || found === null) return;
  draft.reasons.push({
    code: `resembles-${found.likeness}`,
    text: `${domain} resembles ${found.domain} of ${found.holder} (${LIKENESS_TEXT[found.likeness]}).`,
    at: fromPointer(facts),
  });
  if (facts.alignment.state === 'pass' && !isDegraded(input.message)) {
    draft.kinds.push('lookalike');
    if (MAY_BE_CHANCE.has(found.likeness)) draft.probable.add('lookalike');
    draft.notShown.push(`that ${domain} is not an honest sender of its own with a like name`);
  } else draft.notShown.push('that the message really came from the domain that resembles another');
}

function addTraces(traces: readonly RelayTrace[], facts: SenderFacts, draft: Draft): void {
  if (traces.length === 0) return;
  const strangers = traces.filter(
    ({ owner }) => owner === null || owner !== facts.fromOrganisation,
  );
  for (const { code, text, at } of traces) draft.reasons.push({ code: `trace-${code}`, text, at });
  if (strangers.length === 0 || !saysSomething(facts)) return;
  // Web sites write their newsletters so, and hand them to their own server or to one that they
  // hire.
  const isUsual = facts.alignment.state === 'pass' || facts.hired !== null;
  if (isUsual && traces.every(({ code }) => code === 'script')) return;
  draft.kinds.push('compromised-relay');
  draft.probable.add('compromised-relay');
  if (draft.certainty === 'none') draft.certainty = 'probable';
  draft.notShown.push('that the owner of the server knew; the owner can confirm');
}
