import { type Instant, type Kernels, parseInstant } from '../base/index.ts';
import {
  isSignedBy,
  type NoteVerifier,
  noteKeyId,
  parseNote,
  renderNote,
  strictBase64,
} from './signed-note.ts';

/** C2SP tlog-checkpoint: what a log said it was at one moment. */
export interface Checkpoint {
  /** Names the log; it is also the name of the key that signs for it. */
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  /** In an extension line, so that it is signed as well. */
  readonly at: Instant;
}

/** Ed25519 over exactly these bytes. */
export type CheckpointVerifier = NoteVerifier;

/** Signs log checkpoints with the case's own Ed25519 key (RFC 8032). */
export interface CheckpointSigner extends CheckpointVerifier {
  sign(message: Uint8Array): Uint8Array;
}

export function signCheckpoint(
  checkpoint: Checkpoint,
  signer: CheckpointSigner,
  kernels: Kernels,
): string {
  const text = checkpointText(checkpoint, kernels);
  const signature = signer.sign(kernels.encode(text));
  const keyId = noteKeyId(signer, kernels);
  return renderNote({ text, signatures: [{ name: signer.name, keyId, signature }] }, kernels);
}

export type CheckpointReading =
  | { readonly kind: 'signed'; readonly checkpoint: Checkpoint }
  | { readonly kind: 'malformed' }
  /** Well formed, but not signed by this key, or not for this text. */
  | { readonly kind: 'unsigned' };

/** Reads a note that this key must have signed. Other keys' signatures are passed over. */
export function readCheckpoint(
  note: string,
  verifier: CheckpointVerifier,
  kernels: Kernels,
): CheckpointReading {
  const parsed = parseNote(note, kernels);
  const checkpoint = parsed === null ? null : parseCheckpointText(parsed.text, kernels);
  if (parsed === null || checkpoint === null) return { kind: 'malformed' };
  const signed = isSignedBy(parsed, verifier, kernels);
  return signed && checkpoint.origin === verifier.name
    ? { kind: 'signed', checkpoint }
    : { kind: 'unsigned' };
}

function checkpointText({ origin, size, root, at }: Checkpoint, kernels: Kernels): string {
  return `${origin}\n${size}\n${kernels.toBase64(root)}\nat ${at}\n`;
}

/** Null for anything but the exact text that `checkpointText` writes. */
function parseCheckpointText(text: string, kernels: Kernels): Checkpoint | null {
  const [origin, size, root, at] = text.split('\n');
  if (!origin || !/^(?:0|[1-9]\d{0,15})$/.test(size ?? '')) return null;
  const bytes = strictBase64(root ?? '', kernels);
  const instant = parseInstant(at?.replace(/^at /, '') ?? '');
  if (bytes?.length !== 32 || !instant.ok) return null;
  const checkpoint = { origin, size: Number(size), root: bytes, at: instant.value };
  return checkpointText(checkpoint, kernels) === text ? checkpoint : null;
}
