export type { Clock } from './clock.ts';
export type { Deposit, EvidenceStore, LoggedRecord, StoredFinding } from './evidence-store.ts';
export {
  type Find,
  type Found,
  type Intake,
  type RawMessage,
  ReadFailure,
  type Unread,
} from './intake.ts';
export type { Progress } from './progress.ts';
export type { CheckpointSigner } from './signer.ts';
export type { ExhibitVault, VaultedBytes } from './vault.ts';
