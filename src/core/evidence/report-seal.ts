import type { Kernels, Sha256 } from '../base/index.ts';
import type { CheckpointSigner, CheckpointVerifier } from './checkpoint.ts';
import { isSignedBy, noteKeyId, parseNote, renderNote } from './signed-note.ts';

/** What a report was when it was written: its files by name, and the size of the log behind it. */
export interface ReportSeal {
  readonly logSize: number;
  readonly files: readonly { readonly name: string; readonly sha256: Sha256 }[];
}

/** First line of the signed text: no checkpoint begins so, and no checkpoint reads as a seal. */
const ORIGIN = 'tocsin/report/1';

const FILE_LINE = /^([0-9a-f]{64}) {2}([\w.-]{1,100})$/;

/** A signed note (C2SP) whose file lines `sha256sum --check` reads as well. */
export function sealReport(
  { logSize, files }: ReportSeal,
  signer: CheckpointSigner,
  kernels: Kernels,
): string {
  const lines = files.map(({ name, sha256 }) => `${sha256}  ${name}\n`);
  const text = `${ORIGIN}\nlog ${logSize}\n${lines.join('')}`;
  const signature = signer.sign(kernels.encode(text));
  const keyId = noteKeyId(signer, kernels);
  return renderNote({ text, signatures: [{ name: signer.name, keyId, signature }] }, kernels);
}

/** Null for anything that this key did not seal. */
export function readReportSeal(
  note: string,
  verifier: CheckpointVerifier,
  kernels: Kernels,
): ReportSeal | null {
  const parsed = parseNote(note, kernels);
  if (parsed === null || !isSignedBy(parsed, verifier, kernels)) return null;
  const [origin, log = '', ...lines] = parsed.text.slice(0, -1).split('\n');
  const [, size] = /^log (\d{1,15})$/.exec(log) ?? [];
  if (origin !== ORIGIN || size === undefined) return null;
  const files = lines.map((line) => {
    const [, sha256 = '', name = ''] = FILE_LINE.exec(line) ?? [];
    return { name, sha256: sha256 as Sha256 };
  });
  return files.some(({ name }) => name === '') ? null : { logSize: Number(size), files };
}
