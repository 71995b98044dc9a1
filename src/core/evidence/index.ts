export type { Act } from './act.ts';
export {
  type CheckpointSigner,
  type CheckpointVerifier,
  readCheckpoint,
  signCheckpoint,
} from './checkpoint.ts';
export type { CustodyEntry, Exhibit, ExhibitKind } from './exhibit.ts';
export {
  type Derivation,
  type Finding,
  type FindingKey,
  findingKey,
  sealFinding,
  storedFinding,
} from './finding.ts';
export {
  appendLeaves,
  type CompactRange,
  EMPTY_RANGE,
  leafHash,
  peakCount,
  rootOf,
  sameHash,
} from './merkle-log.ts';
export {
  consistencyProof,
  inclusionProof,
  verifyConsistency,
  verifyInclusion,
} from './merkle-proof.ts';
export { recordBody, storableText } from './record.ts';
export { readReportSeal, sealReport } from './report-seal.ts';
export { parseNoteKey, renderNoteKey } from './signed-note.ts';
