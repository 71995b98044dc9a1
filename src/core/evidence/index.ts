export type { Act } from './act.ts';
export {
  type Checkpoint,
  type CheckpointReading,
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
  type SealedDerivation,
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
  type InclusionClaim,
  inclusionProof,
  type LogState,
  verifyConsistency,
  verifyInclusion,
} from './merkle-proof.ts';
export { type LogRecord, recordBody, storableText } from './record.ts';
export { type ReportSeal, readReportSeal, sealReport } from './report-seal.ts';
export { type NoteKey, parseNoteKey, renderNoteKey } from './signed-note.ts';
