import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseAudit, Clock, EvidenceStore, ExhibitVault } from '../../app/ports/index.ts';
import { assert, fail, type Kernels, ok, type Result } from '../../core/base/index.ts';
import {
  type CheckpointSigner,
  type CheckpointVerifier,
  renderNoteKey,
} from '../../core/evidence/index.ts';
import { type LogKeeper, type OpenStore, openStore, type StoreFailure } from '../store/index.ts';
import { openVault, type VaultFailure } from '../vault/index.ts';
import { makeFolder, readIfThere, writeDurably } from './case-files.ts';
import { type LogKeyFailure, openSigner, openVerifier } from './log-key.ts';
import { type ReportFile, readReport, writeReport } from './report-folder.ts';
import { leaveNote, mayLive, readNote, removeNote } from './writer-note.ts';

export type CaseFailure =
  | VaultFailure
  | LogKeyFailure
  | Exclude<StoreFailure, { readonly code: 'case-in-use' }>
  /** Another process writes to this case; null where it left no note. */
  | { readonly code: 'case-in-use'; readonly pid: number | null }
  /** The run that made the case was cut off before it took anything in. */
  | { readonly code: 'case-empty' }
  /** The folder cannot be made or written, for the system's reason. */
  | { readonly code: 'case-unusable'; readonly folder: string; readonly system: string };

export interface CaseRequest {
  readonly folder: string;
  /** A PostgreSQL server; null for the embedded one in the case folder. */
  readonly storeUrl: string | null;
  /** False opens an existing case for reading, which may go on beside its writer. */
  readonly write: boolean;
  readonly kernels: Kernels;
  readonly clock: Clock;
}

/** A case folder in use: bytes, facts, and the key that signs for both. */
export interface CaseHandle {
  readonly folder: string;
  readonly vault: ExhibitVault;
  readonly store: EvidenceStore;
  readonly audit: CaseAudit;
  readonly verifier: CheckpointVerifier;
  /** The verifier key as text, for whoever checks the log elsewhere. */
  readonly logKey: string;
  /**
   * Writes the report's files and seals them; gives their folder. Only for a case open for writing.
   */
  writeReport(files: readonly ReportFile[]): Promise<string>;
  close(): Promise<void>;
}

/** A killed writer's last statement ends within this; a living writer is told at once. */
const DEAD_WRITER_PATIENCE_MS = 15_000;

/**
 * Opens the case in `folder`; with `write` makes it where it is not. All of a case lies in there:
 * `vault/`, `store/` (unless on a server), `keys/log.key`, `log/checkpoint` and `log/key.pub`.
 */
export async function openCase(request: CaseRequest): Promise<Result<CaseHandle, CaseFailure>> {
  try {
    return await (request.write ? openForWriting(request) : openForReading(request));
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error && 'code' in error)) throw error;
    return fail({ code: 'case-unusable', folder: request.folder, system: String(error.code) });
  }
}

async function openForWriting(request: CaseRequest): Promise<Result<CaseHandle, CaseFailure>> {
  const { folder, kernels, clock } = request;
  makeFolder(folder);
  const signer = openSigner(folder, kernels);
  if (!signer.ok) return signer;
  const keeper = { signer: signer.value, kernels, clock, ...publishing(folder) };
  const opened = await openWith(request, signer.value, keeper);
  if (!opened.ok) return opened;
  leaveNote(folder);
  const vault = openVault({ folder: join(folder, 'vault'), write: true });
  const close = async (): Promise<void> => {
    removeNote(folder);
    await opened.value.close();
  };
  if (!vault.ok) {
    await close();
    return vault;
  }
  const handle = handleOf(request, signer.value, opened.value);
  const report = async (files: readonly ReportFile[]): Promise<string> => {
    const logSize = (await handle.store.checkpoint())?.size ?? 0;
    return writeReport(folder, files, { signer: signer.value, kernels, logSize });
  };
  return ok({ ...handle, vault: vault.value, writeReport: report, close });
}

async function openForReading(request: CaseRequest): Promise<Result<CaseHandle, CaseFailure>> {
  const { folder, kernels } = request;
  if (!existsSync(join(folder, 'log/key.pub'))) return fail({ code: 'case-unknown' });
  const verifier = openVerifier(folder, kernels);
  if (verifier === null) return fail({ code: 'log-key-damaged' });
  const isBegun = (await publishing(folder).published()) !== null;
  const opened = await openWith(request, verifier, null);
  if (!opened.ok) {
    const isEmpty = opened.failure.code === 'case-unknown' && !isBegun;
    return isEmpty ? fail({ code: 'case-empty' }) : opened;
  }
  const { close, store } = opened.value;
  const vault = openVault({ folder: join(folder, 'vault'), write: false });
  if (!vault.ok) {
    const isEmpty = !isBegun && (await store.checkpoint()) === null;
    await close();
    return isEmpty ? fail({ code: 'case-empty' }) : vault;
  }
  const refused = async (): Promise<never> => {
    assert(false, 'this case was opened for reading');
  };
  const handle = handleOf(request, verifier, opened.value);
  return ok({ ...handle, vault: vault.value, writeReport: refused, close });
}

async function openWith(
  { folder, storeUrl }: CaseRequest,
  { name }: CheckpointVerifier,
  keeper: LogKeeper | null,
): Promise<Result<OpenStore, CaseFailure>> {
  const writer = readNote(folder);
  const opened = await openStore({
    place: storeUrl === null ? { folder: join(folder, 'store') } : { url: storeUrl },
    schema: name.replace('tocsin/case/', 'case_'),
    keeper,
    lockPatienceMs: writer !== null && mayLive(writer) ? 0 : DEAD_WRITER_PATIENCE_MS,
  });
  if (opened.ok || opened.failure.code !== 'case-in-use') return opened as Result<OpenStore, never>;
  return fail({ code: 'case-in-use', pid: readNote(folder)?.pid ?? null });
}

function handleOf(
  { folder, kernels }: CaseRequest,
  verifier: CheckpointSigner | CheckpointVerifier,
  { store, audit }: OpenStore,
): Omit<CaseHandle, 'vault' | 'writeReport' | 'close'> {
  const { name, publicKey, verify } = verifier;
  return {
    folder,
    store,
    audit: {
      ...audit,
      publishedCheckpoint: publishing(folder).published,
      report: () => readReport(folder),
    },
    verifier: { name, publicKey, verify },
    logKey: renderNoteKey(verifier, kernels),
  };
}

/** The newest checkpoint as a file: whoever edits or rolls back the store must also reach this. */
function publishing(folder: string): Pick<LogKeeper, 'published' | 'publish'> {
  const path = join(folder, 'log/checkpoint');
  return {
    published: async () => readIfThere(path),
    publish: async (note) => writeDurably(path, note, 0o644),
  };
}
