import { createHash, type Hash, hash } from 'node:crypto';

const [LF, CR, SPACE, TAB] = [0x0a, 0x0d, 0x20, 0x09];

export type Canonical = 'relaxed' | 'simple';

/**
 * Base64 of the SHA-256 of a body in its canonical form (RFC 6376 sections 3.4.3 and 3.4.4).
 *
 * Line ends must be CRLF. Null where a CR stands alone: readers differ in what that is.
 */
export function bodyDigest(body: Buffer, canonical: Canonical): string | null {
  return canonical === 'simple' ? simpleDigest(body) : relaxedDigest(body);
}

function simpleDigest(body: Buffer): string | null {
  if (hasLoneCr(body)) return null;
  let end = body.length;
  while (end >= 2 && body[end - 1] === LF && body[end - 2] === CR) end -= 2;
  if (end + 2 <= body.length) return hash('sha256', body.subarray(0, end + 2), 'base64');
  return createHash('sha256').update(body).update('\r\n').digest('base64');
}

function hasLoneCr(body: Buffer): boolean {
  for (let at = body.indexOf(CR); at >= 0; at = body.indexOf(CR, at + 1))
    if (body[at + 1] !== LF) return true;
  return false;
}

/** Bytes rewritten at a time: most bodies are smaller, and a large one is not held twice. */
const PIECE = 1 << 18;

function relaxedDigest(body: Buffer): string | null {
  const out = Buffer.allocUnsafe(Math.min(body.length, PIECE) + 4);
  let pieces: Hash | null = null;
  let to = 0;
  // Line ends and blanks wait until something follows them: at the end of a line or of the body
  // they are dropped.
  let [lines, blank] = [0, false];
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at]!;
    if (byte === SPACE || byte === TAB) {
      blank = true;
      continue;
    }
    if (byte === CR) {
      if (body[at + 1] !== LF) return null;
      at += 1;
      lines += 1;
      blank = false;
      continue;
    }
    for (; lines > 0; lines -= 1) {
      out[to] = CR;
      out[to + 1] = LF;
      to += 2;
      if (to < PIECE) continue;
      pieces = (pieces ?? createHash('sha256')).update(out.subarray(0, to));
      to = 0;
    }
    if (blank) out[to++] = SPACE;
    blank = false;
    out[to++] = byte;
    if (to < PIECE) continue;
    pieces = (pieces ?? createHash('sha256')).update(out.subarray(0, to));
    to = 0;
  }
  if (to > 0 || pieces !== null) {
    out[to] = CR;
    out[to + 1] = LF;
    to += 2;
  }
  const last = out.subarray(0, to);
  return pieces === null ? hash('sha256', last, 'base64') : pieces.update(last).digest('base64');
}
