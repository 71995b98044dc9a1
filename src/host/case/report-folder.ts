import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReportFiles } from '../../app/ports/index.ts';
import type { Kernels, Sha256 } from '../../core/base/index.ts';
import { type CheckpointSigner, sealReport } from '../../core/evidence/index.ts';
import { readIfThere, writeDurably } from './case-files.ts';

const SEAL = 'seal.txt';
const REPORT_MODE = 0o644;

/** A file of the report, whole or in pieces. */
export interface ReportFile {
  readonly name: string;
  readonly text: string | Iterable<string>;
}

/** What seals a report: the case's key, and how far the log reached. */
interface Sealing {
  readonly signer: CheckpointSigner;
  readonly kernels: Kernels;
  readonly logSize: number;
}

/**
 * Writes the files, each whole or not at all, and last their seal. Gives the folder. Cut off in
 * between, the seal is that of the report before: what lies there is then not what it says.
 */
export function writeReport(
  caseFolder: string,
  files: readonly ReportFile[],
  { signer, kernels, logSize }: Sealing,
): string {
  const folder = join(caseFolder, 'report');
  mkdirSync(folder, { recursive: true });
  const written = files.map(({ name, text }) => {
    const hash = createHash('sha256');
    writeDurably(join(folder, name), hashed(text, hash), REPORT_MODE);
    return { name, sha256: hash.digest('hex') as Sha256 };
  });
  const seal = sealReport({ logSize, files: written }, signer, kernels);
  writeDurably(join(folder, SEAL), seal, REPORT_MODE);
  return folder;
}

function* hashed(
  text: string | Iterable<string>,
  hash: ReturnType<typeof createHash>,
): Iterable<string> {
  for (const piece of typeof text === 'string' ? [text] : text) {
    hash.update(piece);
    yield piece;
  }
}

export async function readReport(caseFolder: string): Promise<ReportFiles | null> {
  const folder = join(caseFolder, 'report');
  if (!existsSync(folder)) return null;
  const digests = new Map<string, Sha256>();
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isFile() || entry.name === SEAL) continue;
    digests.set(entry.name, await digestOf(join(folder, entry.name)));
  }
  return { seal: readIfThere(join(folder, SEAL)), digests };
}

async function digestOf(path: string): Promise<Sha256> {
  const hash = createHash('sha256');
  const file = await open(path);
  try {
    for await (const chunk of file.createReadStream()) hash.update(chunk);
  } finally {
    await file.close();
  }
  return hash.digest('hex') as Sha256;
}
