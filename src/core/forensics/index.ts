export {
  ANSWERS_MISSING,
  type ArcCheck,
  type Authentication,
  type AuthResult,
  type Contradiction,
  contradictions,
  type DkimCheck,
  type DmarcCheck,
  isComplete,
  meaningOf,
  meaningOfSignature,
  type SpfCheck,
  uncheckedAuthentication,
} from './authentication.ts';
export {
  type DnsEntry,
  type DnsRecord,
  type DnsTranscript,
  type DnsType,
  parseDnsTranscript,
  questionKey,
} from './dns-transcript.ts';
export {
  bodiesOf,
  type MessageJudgement,
  messageJudge,
  reportersOf,
} from './judge.ts';
export { type JudgeNames, NO_NAMES, parseJudgeNames, seenByOffice } from './judge-names.ts';
export { protectedIndex } from './lookalike.ts';
export { DAYS_EARLY_MAX, DAYS_LATE_MAX } from './missing-pass.ts';
export {
  authResultFrom,
  parseAuthenticationResults,
  type RecordedResults,
  readRecordedResults,
} from './recorded-results.ts';
export { isAuthorised } from './sender-facts.ts';
export { isUnaltered } from './signature-cover.ts';
export { unsearchedLimit } from './unsearched.ts';
export {
  judgeSender,
  type SenderVerdict,
} from './verdict.ts';
