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
import type { BytePlace, Locate, Observable } from '../observables/index.ts';

export interface ObservablesOf {
  /** First byte of the message in the exhibit; null where its bytes do not stand there. */
  readonly offset: number | null;
  /** Which bytes of the exhibit a place is. */
  readonly bytesOf: Locate;
  /** Named in the reporter's own mail: never for blocking. */
  readonly ofReporter: boolean;
  /** Its files can be those of a message in its text: what stands in them is not marked so. */
  readonly filesOpen: boolean;
}

/** The judged fields of one message in `examine --json`; their names are promises. */
export function judgementJson(
  judgement: MessageJudgement,
  of: ObservablesOf,
): { readonly [field: string]: Json } {
  return {
    authentication: authenticationJson(judgement.authentication, of.offset),
    verdict: verdictJson(judgement.verdict, of.offset),
    observables: judgement.observables.map((one) => observableJson(one, of)),
    coercion: coercionJson(judgement.coercion),
    routeOddities: judgement.oddities.map(({ code, hop, seconds }) => ({ code, hop, seconds })),
    hiddenText: judgement.hidden.map(({ path, words, length }) => ({ path, words, length })),
    riskyFiles: judgement.riskyFiles.map((one) => ({ ...one })),
    unsearched: judgement.unsearched.map((one) => ({ ...one })),
  };
}

function authenticationJson(authentication: Authentication, from: number | null): Json {
  const { spf, dkim, dmarc, arc, recorded, asOf, boundaryTime, source, notes } = authentication;
  return {
    source,
    asOf,
    boundaryTime,
    spf: spf === null ? null : { ...spf, ...meaning('spf', spf.result) },
    dkim: dkim.map((check) => ({ ...check, ...meaningOfSignature(check) })),
    dmarc: dmarc === null ? null : { ...dmarc, ...meaning('dmarc', dmarc.result) },
    arc: arc === null ? null : { ...arc, ...meaning('arc', arc.result) },
    recorded: recorded.map((field) => recordedJson(field, from)),
    notes,
  };
}

function meaning(method: 'spf' | 'dkim' | 'dmarc' | 'arc', result: AuthResult) {
  const { shows, doesNotShow } = meaningOf(method, result);
  return { shows, doesNotShow };
}

const recordedJson = (field: RecordedResults, from: number | null): Json => ({
  header: field.header,
  recordedBy: field.recordedBy,
  place: field.place,
  trusted: field.trusted,
  offset: inExhibit(field.offset, from),
  length: field.length,
  results: field.results.map(({ method, result, properties, reason, comment }) => ({
    method,
    result,
    properties,
    reason,
    comment,
  })),
});

const inExhibit = (offset: number, from: number | null): number | null =>
  from === null ? null : from + offset;

const verdictJson = (
  { kind, kinds, certainty, text, reasons, notShown }: SenderVerdict,
  from: number | null,
): Json => ({
  kind,
  kinds,
  certainty,
  text,
  reasons: reasons.map(({ code, text: words, at }) => ({
    code,
    text: words,
    at:
      at === null
        ? null
        : { header: at.header, offset: inExhibit(at.offset, from), length: at.length },
  })),
  notShown,
});

const observableJson = (
  { type, value, ofRecipient, where, occurrences }: Observable,
  { bytesOf, ofReporter, filesOpen }: ObservablesOf,
): Json => ({
  type,
  value,
  ofRecipient,
  ofReporter: ofReporter && !(filesOpen && where.every(({ place }) => IN_FILES.has(place))),
  occurrences,
  where: where.map((seen) => {
    const { place, at, offset, length, how, side } = seen;
    return { place, at, offset, length, how, side, ...bytesJson(bytesOf(seen)) };
  }),
});

const IN_FILES: ReadonlySet<Observable['where'][number]['place']> = new Set([
  ...(['attachment', 'attachment-name', 'qr-code'] as const),
]);

/** Exact bytes of the exhibit, or why it has none to name. */
const bytesJson = (bytes: BytePlace): { readonly [field: string]: Json } =>
  bytes.offset === null
    ? { bytes: null, noBytes: bytes.why }
    : { bytes: { offset: bytes.offset, length: bytes.length }, noBytes: null };

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
