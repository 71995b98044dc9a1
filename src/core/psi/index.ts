export { type Asked, evaluations, readAnswer, renderAnswer } from './answer.ts';
export { type Cell, mergedCells, type RollCells, rollCells, withoutRest } from './cells.ts';
export {
  type Commitment,
  type CommittedReport,
  commit,
  commitmentFromText,
  readCommitment,
  renderCommitment,
} from './commitment.ts';
export { type CellCount, countHits, type MatchCount, unblindedPlaces } from './count.ts';
export {
  type Curve,
  type Draw,
  drawScalar,
  ELEMENT_BYTES,
  type Element,
  type Primitives,
  type Scalar,
} from './curve.ts';
export { kindOf } from './envelope.ts';
export { type MatchFailure, matchFailureSentence } from './failure.ts';
export {
  answerLeakage,
  commitmentLeakage,
  type Leakage,
  leakageText,
  openedLeakage,
  queryLeakage,
  tagsLeakage,
} from './leakage.ts';
export {
  type NoticeEntry,
  type NoticeSet,
  noticeEntry,
  noticeHits,
  readNoticeTags,
  renderNoticeTags,
  spikeRefusal,
} from './notice.ts';
export {
  leafStands,
  OPENED_MAX,
  type OpenedLeaf,
  openLeaves,
  readOpened,
  renderOpened,
} from './opened-leaves.ts';
export {
  deriveKey,
  finalize,
  hashToGroup,
  outputOf,
  PROOF_BATCH_MAX,
  proofHolds,
  prove,
} from './oprf.ts';
export {
  askedIdentities,
  blindedElements,
  type Expected,
  type Query,
  quotaRefusal,
  readQuery,
  renderQuery,
  shuffledPlaces,
} from './query.ts';
export { cellName, HITS_SHOWN_MIN, type ShownCell, shownCells } from './shown-cells.ts';
export { inputFor, noticeOutput, personElement, rollPlaces, type TagMultiplier } from './tag.ts';
export {
  cellAt,
  type ListedRelease,
  readTagHeader,
  readTags,
  releasesOf,
  renderTags,
  spreadFor,
  type TagHeader,
  type TagSet,
} from './tag-file.ts';
export {
  BATCH_MAX,
  BATCH_MIN,
  CELL_MIN,
  COUNTIES_MAX,
  isName,
  type MatchKey,
  type MatchMode,
  QUOTA_DEFAULT,
  RELEASES_MAX,
  REST_CELL,
  SEVERAL_CELL,
  SPIKE_CELL,
  SPIKES,
  spikeIdentity,
  type Terms,
} from './terms.ts';
export { wiping } from './wiping.ts';
