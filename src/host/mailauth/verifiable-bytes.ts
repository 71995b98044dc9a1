import { changedLineEnds, type HeaderField, type MailMessage } from '../../core/mail/index.ts';

/** More signatures than mailing systems add; each costs a pass over the body. */
export const SIGNATURES_MAX = 10;
/** Bytes hashed for all signatures of one message: about two seconds of work. */
const SIGNED_BYTES_MAX = 200_000_000;

const SIGNATURE = 'dkim-signature';

/**
 * The message as the verifier gets it: CRLF line ends (stored mail often has LF, copies have CR CR
 * LF or CR alone, signatures never do), and no more signatures than the limits allow.
 */
export function verifiableBytes(
  bytes: Uint8Array,
  message: MailMessage,
): { readonly bytes: Buffer; readonly notes: readonly string[] } {
  const signatures = message.headers.filter(
    ({ name }) => name.length === SIGNATURE.length && name.toLowerCase() === SIGNATURE,
  );
  const allowed = Math.min(
    SIGNATURES_MAX,
    Math.max(1, Math.floor(SIGNED_BYTES_MAX / Math.max(1, bytes.length))),
  );
  const surplus = signatures.slice(allowed);
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const cut = surplus.length === 0 ? view : without(view, surplus);
  return {
    bytes: withCrlf(repaired(cut)),
    notes: surplus.length === 0 ? [] : ['signatures-over-limit'],
  };
}

function without(bytes: Buffer, fields: readonly HeaderField[]): Buffer {
  const kept: Buffer[] = [];
  let from = 0;
  for (const { offset, length } of fields) {
    kept.push(bytes.subarray(from, offset));
    from = behindBreak(bytes, offset + length);
  }
  kept.push(bytes.subarray(from));
  return Buffer.concat(kept);
}

const LF = 10;
const CR = 13;

/** LF, CR LF, CR CR LF, or CR alone. */
function behindBreak(bytes: Buffer, at: number): number {
  let end = at;
  while (bytes[end] === CR) end += 1;
  return bytes[end] === LF ? end + 1 : at + 1;
}

/** Line ends that were changed in the whole copy, as LF; else the bytes as they are. */
function repaired(bytes: Buffer): Buffer {
  const changed = changedLineEnds(bytes);
  if (changed === null) return bytes;
  const out = Buffer.allocUnsafe(bytes.length);
  let to = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const isBreak = bytes[at] === CR && (changed === 'cr' || isDoubled(bytes, at));
    out[to++] = isBreak ? LF : bytes[at]!;
    if (isBreak && changed === 'doubled') at += 2;
  }
  return out.subarray(0, to);
}

const isDoubled = (bytes: Buffer, at: number): boolean =>
  bytes[at + 1] === CR && bytes[at + 2] === LF;

/** Every bare LF becomes CRLF; mail with CRLF throughout is not copied. */
function withCrlf(bytes: Buffer): Buffer {
  const bare = bareLineFeeds(bytes);
  if (bare === 0) return bytes;
  const out = Buffer.allocUnsafe(bytes.length + bare);
  let [from, to] = [0, 0];
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    if (at > 0 && bytes[at - 1] === CR) continue;
    to += bytes.copy(out, to, from, at);
    out[to++] = CR;
    from = at;
  }
  bytes.copy(out, to, from);
  return out;
}

function bareLineFeeds(bytes: Buffer): number {
  let [count, before] = [0, 0];
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at]!;
    if (byte === LF && before !== CR) count += 1;
    before = byte;
  }
  return count;
}
