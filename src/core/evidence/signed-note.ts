import { hexOf, joinBytes, type Kernels } from '../base/index.ts';
import { sameHash } from './merkle-log.ts';

/**
 * C2SP signed-note: text, a blank line, and one line per signature.
 *
 * The signed text ends in a newline; the blank line after it is not signed.
 */
export interface SignedNote {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export interface NoteSignature {
  readonly name: string;
  /** First four bytes of SHA-256(name, newline, algorithm, public key): which key signed. */
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
}

/** A public key under its name, as a note's reader knows it. */
export interface NoteKey {
  readonly name: string;
  /** Raw 32-byte Ed25519 public key (RFC 8032). */
  readonly publicKey: Uint8Array;
}

const ED25519 = 0x01;
const KEY_ID_BYTES = 4;
const PUBLIC_KEY_BYTES = 32;

/** signed-note asks readers for at least 16; a note of ours has one. */
const SIGNATURES_MAX = 16;

/** A checkpoint is some 300 bytes. Longer input is not read at all. */
const NOTE_CHARS_MAX = 65_536;

const SIGNATURE_LINE = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/;

export function noteKeyId({ name, publicKey }: NoteKey, kernels: Kernels): Uint8Array {
  const input = joinBytes(kernels.encode(`${name}\n`), Uint8Array.of(ED25519), publicKey);
  return kernels.sha256Raw(input).slice(0, KEY_ID_BYTES);
}

export function renderNote({ text, signatures }: SignedNote, kernels: Kernels): string {
  const lines = signatures.map(
    ({ name, keyId, signature }) =>
      `\u2014 ${name} ${kernels.toBase64(joinBytes(keyId, signature))}\n`,
  );
  return `${text}\n${lines.join('')}`;
}

/** Null for anything that is not a note in its one exact spelling. */
export function parseNote(note: string, kernels: Kernels): SignedNote | null {
  if (note.length > NOTE_CHARS_MAX || !note.endsWith('\n')) return null;
  const blank = note.lastIndexOf('\n\n');
  if (blank < 0) return null;
  const lines = note.slice(blank + 2, -1).split('\n');
  if (lines.length > SIGNATURES_MAX) return null;
  const signatures = lines.map((line) => parseSignature(line, kernels));
  const text = note.slice(0, blank + 1);
  return signatures.every((signature) => signature !== null) ? { text, signatures } : null;
}

function parseSignature(line: string, kernels: Kernels): NoteSignature | null {
  const [, name, encoded] = SIGNATURE_LINE.exec(line) ?? [];
  const bytes = encoded === undefined ? null : strictBase64(encoded, kernels);
  if (name === undefined || bytes === null || bytes.length <= KEY_ID_BYTES) return null;
  return { name, keyId: bytes.slice(0, KEY_ID_BYTES), signature: bytes.slice(KEY_ID_BYTES) };
}

/** A key that checks: true for exactly the bytes that its private half signed. */
export interface NoteVerifier extends NoteKey {
  verify(message: Uint8Array, signature: Uint8Array): boolean;
}

/** Other keys' signatures are passed over. */
export function isSignedBy(
  { text, signatures }: SignedNote,
  verifier: NoteVerifier,
  kernels: Kernels,
): boolean {
  const keyId = noteKeyId(verifier, kernels);
  const message = kernels.encode(text);
  return signatures.some(
    (one) =>
      one.name === verifier.name &&
      sameHash(one.keyId, keyId) &&
      verifier.verify(message, one.signature),
  );
}

/** A verifier key as text, the form that Go's `note` package and tlog tools read. */
export function renderNoteKey(key: NoteKey, kernels: Kernels): string {
  const id = hexOf(noteKeyId(key, kernels));
  return `${key.name}+${id}+${kernels.toBase64(joinBytes(Uint8Array.of(ED25519), key.publicKey))}`;
}

/** Null where the text is no Ed25519 verifier key, or its id is not that of its key. */
export function parseNoteKey(text: string, kernels: Kernels): NoteKey | null {
  const [, name, id, encoded] =
    /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  const bytes = encoded === undefined ? null : strictBase64(encoded, kernels);
  if (name === undefined || bytes?.length !== 1 + PUBLIC_KEY_BYTES || bytes[0] !== ED25519)
    return null;
  const key = { name, publicKey: bytes.slice(1) };
  return hexOf(noteKeyId(key, kernels)) === id ? key : null;
}

/**
 * RFC 4648 base64 in its one canonical spelling, else null: a flipped padding bit is no reading.
 */
export function strictBase64(text: string, kernels: Kernels): Uint8Array | null {
  const bytes = kernels.base64(kernels.encode(text), 0, text.length);
  return kernels.toBase64(bytes) === text ? bytes : null;
}
