export {
  assessExposure,
  type ExposureAnswer,
  type ExposureEvidence,
  type JurisdictionExposure,
  type ReadRelease,
  type Refusal,
} from './assess.ts';
export {
  type Attribution,
  type AttributionInput,
  attributeSource,
  attributeSum,
  type CandidateRelease,
  DEFAULT_PRIORS,
  type Hypothesis,
  hypothesisName,
  probabilityOf,
  type ShownRecord,
  type SummedInput,
} from './attribution.ts';
export {
  addLikelihoods,
  BLEND_MONTHS,
  type CountedRelease,
  LIVE_PLACES,
  liveGaps,
  NOISE,
  type RecordCell,
  type SourceLikelihood,
  type SourceRelease,
  sourceLikelihood,
} from './attribution-likelihood.ts';
export {
  type Canary,
  canaryCommit,
  canaryEvidence,
  canaryHits,
  canaryOf,
  chanceOfHit,
  checkRegister,
  parseRegister,
  type RegisterFailure,
  type SealedRegister,
} from './canaries.ts';
export { type MixedCopies, mixedCopies } from './collusion.ts';
export { KEY_FIELDS, type KeyField, type PersonKeys } from './comparison.ts';
export {
  type CanaryFinding,
  canariesByLot,
  type WatchFinding,
  watchedGroups,
} from './experiments.ts';
export {
  type AttributionDocument,
  type ExposureDocument,
  exposureDocument,
  exposureJson,
  type JurisdictionDocument,
} from './exposure-json.ts';
export { exposureText } from './exposure-text.ts';
export type { FieldHeld } from './fields-held.ts';
export { jaroWinkler } from './jaro-winkler.ts';
export {
  LINK_PROBABILITY,
  type Link,
  type Linkage,
  type LinkageInput,
  linkReports,
  presenceOf,
  type RecordVersion,
} from './linkage.ts';
export {
  agreementEvidence,
  biasAt,
  collusionScore,
  type LegibleMark,
  legibleMarks,
  type MarkKeys,
  markEvidence,
  markKeyCommit,
  markText,
  tardosTerm,
} from './marks.ts';
export type { CountyCount, Movers } from './movers.ts';
export {
  type PublicCount,
  type PublicCounty,
  type PublicExposure,
  type PublicJurisdiction,
  type PublicMovers,
  type PublicSize,
  publicExposure,
} from './public-exposure.ts';
export {
  type ExposureReport,
  parseReport,
  type ReportFailure,
  recipientShown,
  type ShownRecipient,
} from './report.ts';
export {
  assessGroups,
  type GatheredGroups,
  gatherGroups,
  plantedIn,
  type ReportGroup,
} from './report-group.ts';
export { stateOf } from './residence.ts';
export {
  canaryEstimate,
  canaryShare,
  captureRecapture,
  contiguousRange,
  linkedRecipients,
  providerEstimate,
  rangeBounds,
  releaseSize,
  SIZE_REPORTS_MIN,
  type SizeEstimate,
  type SizeLabel,
  type SizeRefusal,
  shareMailed,
  surveyEstimate,
} from './size.ts';
export { type FactsFailure, NO_FACTS, parseSizeFacts, type SizeFacts } from './size-facts.ts';
export {
  collapseStratum,
  parseStratum,
  type StrataDimensions,
  type Stratum,
  sharedDimensions,
} from './strata.ts';
export {
  COUNT_PUBLISHED_MIN,
  logEValue,
  runningSelection,
  suppressedCells,
  type TargetingCell,
  type TargetingRow,
  targeting,
} from './targeting.ts';
