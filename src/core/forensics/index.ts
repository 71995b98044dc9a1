export {
  ANSWERS_MISSING,
  type ArcCheck,
  type Authentication,
  type AuthenticationSource,
  type AuthResult,
  type Contradiction,
  contradictions,
  type DkimCheck,
  type DmarcCheck,
  isComplete,
  type Meaning,
  meaningOf,
  meaningOfSignature,
  type SpfCheck,
  uncheckedAuthentication,
} from './authentication.ts';
export { consumerProviders } from './consumer-provider.ts';
export {
  type DnsEntry,
  type DnsRecord,
  type DnsTranscript,
  type DnsType,
  parseDnsTranscript,
  questionKey,
  type TranscriptFailure,
} from './dns-transcript.ts';
export type { HeaderPointer } from './header-pointer.ts';
export type { HiddenText } from './hidden-text.ts';
export {
  bodiesOf,
  JUDGE_VERSION,
  type JudgeInput,
  type JudgeSettings,
  type MessageJudgement,
  messageJudge,
  reportersOf,
} from './judge.ts';
export { type JudgeNames, NO_NAMES, parseJudgeNames, seenByOffice } from './judge-names.ts';
export {
  type ProtectedHolder,
  type ProtectedIndex,
  protectedIndex,
  type Resemblance,
} from './lookalike.ts';
export { DAYS_EARLY_MAX, DAYS_LATE_MAX } from './missing-pass.ts';
export {
  authResultFrom,
  parseAuthenticationResults,
  type RecordedResult,
  type RecordedResults,
  readRecordedResults,
} from './recorded-results.ts';
export { isAuthorised } from './sender-facts.ts';
export { isUnaltered } from './signature-cover.ts';
export { unsearchedLimit } from './unsearched.ts';
export {
  judgeSender,
  type SenderVerdict,
  type VerdictInput,
  type VerdictKind,
  type VerdictReason,
} from './verdict.ts';
