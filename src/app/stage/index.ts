export {
  ACCESS_LOG,
  type AccessLogOutput,
  accessLogOutput,
  noticeLines,
} from './access-log.ts';
export {
  AUTHENTICATE,
  type AuthenticatedOriginal,
  type AuthenticateOutput,
  authenticateExhibit,
  authenticateOutput,
  type OriginalsReader,
} from './authenticate.ts';
export {
  CLUSTER,
  type ClusterOutput,
  clusterOriginals,
  type MessageRef,
  type OriginalsToGroup,
  readPlace,
} from './cluster.ts';
export {
  EXAMINE,
  type ExaminedBatch,
  type ExaminedMessage,
  type ExamineOutput,
  examineExhibit,
  examineOutput,
  isLastBatch,
  type MailPlace,
} from './examine.ts';
export {
  type CampaignExposureOutput,
  EXPOSURE,
  EXPOSURE_REPORTS_MIN,
  type ExposureOutput,
  exposureOutput,
} from './exposure.ts';
export { JUDGE, type JudgeOutput, judgeOutput, originalJudge } from './judge.ts';
export {
  LETTER_TRACES,
  type LetterTracesOutput,
  searchLetters,
} from './letter-traces.ts';
export { MATCHES, matchesOutput, matchesParameters } from './matches.ts';
export { RECIPIENTS_READ_MAX, readRecipients } from './recipients.ts';
export { rereadExactly, type Wanted } from './reread.ts';
export { readSketches, SKETCH, type SketchOutput, sketchOutput } from './sketch.ts';
export { createSketchShelf, packTightly } from './sketch-shelf.ts';
export { type OpenBecause, openBecause } from './verdict-fields.ts';
export {
  type ClusterToWord,
  type MemberToWord,
  WORDING,
  type WordedCampaign,
  type WordingOutput,
  wordClusters,
  wordedCount,
} from './wording.ts';
