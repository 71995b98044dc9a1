export type {
  AuditedTables,
  AuditPage,
  CaseAudit,
  CheckpointPage,
  FactRow,
  LoggedRecord,
  Rederive,
  ReportFiles,
  StoredCheckpoint,
  UnreadablePart,
  UnreadableRows,
} from './case-audit.ts';
export type { Clock } from './clock.ts';
export { type Deposit, type EvidenceStore, StoreFault } from './evidence-store.ts';
export {
  type CarriedFile,
  type Find,
  type Found,
  type Intake,
  type IntakeStep,
  type OpenCarried,
  type RawMessage,
  ReadFailure,
  type Unread,
} from './intake.ts';
export type {
  Asking,
  AskingStopped,
  CheckMail,
  MailToCheck,
  NameServers,
} from './name-servers.ts';
export type {
  CountyTallies,
  LookupLogs,
  NoticeFolder,
  Office,
  OfficeRefusal,
  RollShelf,
  ShelvedRelease,
} from './office.ts';
export type { Progress } from './progress.ts';
export {
  type ExhibitVault,
  VAULT_HEAD_BYTES,
  type VaultedBytes,
  VaultFault,
  type VaultFile,
} from './vault.ts';
