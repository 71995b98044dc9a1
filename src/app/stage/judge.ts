import type { Json, Kernels } from '../../core/base/index.ts';
import {
  type AuthResult,
  type JudgeNames,
  messageJudge,
  NO_NAMES,
  type RecordedResults,
  readRecordedResults,
  uncheckedAuthentication,
} from '../../core/forensics/index.ts';
import type { MailMessage } from '../../core/mail/index.ts';
import type { ExaminedBatch } from './examine.ts';
import { type VerdictFields, verdictFields } from './verdict-fields.ts';

/**
 * What each reported original shows about its sender, and the pressure that it puts on its reader.
 *
 * AUTHENTICATE judges by the same rules: a change of the verdict raises both versions.
 */
export const JUDGE = { stage: 'judge', methodVersion: 30 } as const;

/**
 * SPF, DKIM and DMARC as the recipient's own mail server wrote them down; null where it did not.
 */
export interface RecordedChecks {
  readonly spf: AuthResult | null;
  readonly dkim: AuthResult | null;
  readonly dmarc: AuthResult | null;
}

/** A verdict on the shown sender without asking any name server, and the signs of coercion. */
export interface JudgedOriginal extends VerdictFields {
  readonly path: string;
  readonly recorded: RecordedChecks | null;
  readonly coercion: readonly string[];
  readonly triage: string;
}

export interface JudgeOutput {
  readonly originals: readonly JudgedOriginal[];
}

export interface OriginalJudge {
  /** Judges the originals of one mail. */
  readonly originals: (messages: readonly MailMessage[]) => readonly JudgedOriginal[];
  /** The verdict's kind alone, for whatever message. */
  readonly kind: (message: MailMessage) => JudgedOriginal['kind'];
}

/** Prepares the rules once; both functions are pure. `names`: what the office says of itself. */
export function originalJudge(kernels: Kernels, names: JudgeNames = NO_NAMES): OriginalJudge {
  const judge = messageJudge({
    protectedHolders: names.protectedHolders,
    coercionNames: names.coercionNames,
    networks: [],
    kernels,
    observables: false,
  });
  const judged = (message: MailMessage): JudgedOriginal => {
    const results = readRecordedResults(message);
    const authentication = uncheckedAuthentication(results);
    // No observables are kept here: nothing is looked for in the bodies.
    const { verdict, coercion } = judge({ message, bodies: [], authentication });
    return {
      path: message.path,
      ...verdictFields(verdict),
      recorded: recordedChecks(results),
      coercion: coercion.signs,
      triage: coercion.triage,
    };
  };
  return {
    originals: (messages) => messages.filter(({ role }) => role === 'original').map(judged),
    kind: (message) => judged(message).kind,
  };
}

/** Only what the recipient's side wrote: the sender can write such a field too. */
function recordedChecks(fields: readonly RecordedResults[]): RecordedChecks | null {
  const results = fields.filter(({ trusted }) => trusted).flatMap((field) => field.results);
  const of = (method: string): AuthResult | null =>
    results.find((result) => result.method === method)?.result ?? null;
  return results.length === 0 ? null : { spf: of('spf'), dkim: of('dkim'), dmarc: of('dmarc') };
}

export const judgeOutput = ({ judged }: ExaminedBatch): JudgeOutput & Json =>
  ({ originals: judged }) as unknown as JudgeOutput & Json;
