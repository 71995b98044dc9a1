import type { Json } from '../base/index.ts';
import type { CoercionReading } from '../coercion/index.ts';
import {
  type Authentication,
  type AuthResult,
  type MessageJudgement,
  meaningOf,
  meaningOfSignature,
  type RecordedResults,
  type SenderVerdict,
} from '../forensics/index.ts';
import type { BytePlace, Observable } from '../observables/index.ts';

export interface ObservablesOf {
  /** First byte of the mail in the exhibit; null where it was unpacked. */
  readonly mailOffset: number | null;
  /** Named in the reporter's own mail: never for blocking. */
  readonly ofReporter: boolean;
}

/** The judged fields of one message in `examine --json`; their names are promises. */
export function judgementJson(
  judgement: MessageJudgement,
  of: ObservablesOf,
): { readonly [field: string]: Json } {
  return {
    authentication: authenticationJson(judgement.authentication),
    verdict: verdictJson(judgement.verdict),
    observables: judgement.observables.map((one) => observableJson(one, of)),
    coercion: coercionJson(judgement.coercion),
    routeOddities: judgement.oddities.map(({ code, hop, seconds }) => ({ code, hop, seconds })),
    hiddenText: judgement.hidden.map(({ path, words, length }) => ({ path, words, length })),
    unsearched: judgement.unsearched.map((one) => ({ ...one })),
  };
}

function authenticationJson(authentication: Authentication): Json {
  const { spf, dkim, dmarc, arc, recorded, asOf, boundaryTime, source, notes } = authentication;
  return {
    source,
    asOf,
    boundaryTime,
    spf: spf === null ? null : { ...spf, ...meaning('spf', spf.result) },
    dkim: dkim.map((check) => ({ ...check, ...meaningOfSignature(check) })),
    dmarc: dmarc === null ? null : { ...dmarc, ...meaning('dmarc', dmarc.result) },
    arc: arc === null ? null : { ...arc, ...meaning('arc', arc.result) },
    recorded: recorded.map(recordedJson),
    notes,
  };
}

function meaning(method: 'spf' | 'dkim' | 'dmarc' | 'arc', result: AuthResult) {
  const { shows, doesNotShow } = meaningOf(method, result);
  return { shows, doesNotShow };
}

const recordedJson = (field: RecordedResults): Json => ({
  header: field.header,
  recordedBy: field.recordedBy,
  place: field.place,
  trusted: field.trusted,
  offset: field.offset,
  length: field.length,
  results: field.results.map(({ method, result, properties, reason, comment }) => ({
    method,
    result,
    properties,
    reason,
    comment,
  })),
});

const verdictJson = ({ kind, kinds, certainty, text, reasons, notShown }: SenderVerdict): Json => ({
  kind,
  kinds,
  certainty,
  text,
  reasons: reasons.map(({ code, text: words, at }) => ({
    code,
    text: words,
    at: at === null ? null : { header: at.header, offset: at.offset, length: at.length },
  })),
  notShown,
});

const observableJson = (
  { type, value, ofRecipient, where, occurrences }: Observable,
  { mailOffset, ofReporter }: ObservablesOf,
): Json => ({
  type,
  value,
  ofRecipient,
  ofReporter,
  occurrences,
  where: where.map(({ place, at, offset, length, how, side, bytes }) => ({
    place,
    at,
    offset,
    length,
    how,
    side,
    ...bytesJson(bytes, mailOffset),
  })),
});

/** Exact bytes of the exhibit, or why it has none to name. */
function bytesJson(
  bytes: BytePlace | undefined,
  mailOffset: number | null,
): { readonly [field: string]: Json } {
  if (bytes === undefined) return {};
  if (bytes.offset === null) return { bytes: null, noBytes: bytes.why };
  if (mailOffset === null) return { bytes: null, noBytes: 'message-encoded' };
  return { bytes: { offset: mailOffset + bytes.offset, length: bytes.length }, noBytes: null };
}

const coercionJson = ({ triage, signs, hints }: CoercionReading): Json => ({
  triage,
  signs,
  hints: hints.map(({ sign, code, words, where, start, end }) => ({
    sign,
    code,
    words,
    where,
    start,
    end,
  })),
});
