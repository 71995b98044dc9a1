import { createHash, type Hash, hash } from 'node:crypto';

const [LF, CR, SPACE, TAB] = [0x0a, 0x0d, 0x20, 0x09];

export type Canonical = 'relaxed' | 'simple';

/**
 * Base64 of the SHA-256 of a body in its canonical form (RFC 6376 sections 3.4.3 and 3.4.4).
 *
 * Line ends must be CRLF. Null where an LF stands alone, or a CR in the simple form: readers differ
 * in what that is.
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

function relaxedDigest(body: Buffer): string | null {
  const end = contentEnd(body);
  if (end < 0) return null;
  const out = new Pieces(body);
  let from = 0;
  for (let at = 0; at < end; at += 1) {
    const byte = body[at]!;
    if (byte > SPACE) continue;
    if (byte === LF) return null;
    if (byte === CR) {
      // One that stands alone is content.
      if (body[at + 1] !== LF) continue;
      at += 1;
    }
    if (byte !== SPACE && byte !== TAB) continue;
    let next = at + 1;
    while (body[next] === SPACE || body[next] === TAB) next += 1;
    // A blank alone between words stays; the last byte is none, so something always follows.
    const isLineEnd = body[next] === CR && body[next + 1] === LF;
    if (isLineEnd || byte === TAB || next > at + 1) {
      out.take(from, at);
      if (!isLineEnd) out.put(BLANK);
      from = next;
    }
    at = next - 1;
  }
  out.take(from, end);
  if (end > 0) out.put(CRLF);
  return out.digest();
}

/** Behind the last byte that is no blank and no line end; -1 where an LF stands alone there. */
function contentEnd(body: Buffer): number {
  let end = body.length;
  while (end > 0) {
    const byte = body[end - 1];
    if (byte === LF && body[end - 2] !== CR) return -1;
    if (byte === LF) end -= 2;
    else if (byte === SPACE || byte === TAB) end -= 1;
    else return end;
  }
  return 0;
}

const BLANK = Buffer.from(' ');
const CRLF = Buffer.from('\r\n');
/** Bytes gathered at a time, in one room for all: most bodies are smaller. */
const PIECE = 1 << 18;
let room: Buffer | null = null;

/** Gathers stretches of a body for one hash. */
class Pieces {
  readonly #body: Buffer;
  readonly #out: Buffer;
  #length = 0;
  #hash: Hash | null = null;

  constructor(body: Buffer) {
    this.#body = body;
    room ??= Buffer.allocUnsafeSlow(PIECE);
    this.#out = room;
  }

  take(from: number, end: number): void {
    if (end > from) this.put(this.#body.subarray(from, end));
  }

  put(bytes: Buffer): void {
    if (this.#length + bytes.length > this.#out.length) this.#flush();
    if (bytes.length > this.#out.length) this.#hash?.update(bytes);
    else this.#length += bytes.copy(this.#out, this.#length);
  }

  #flush(): void {
    this.#hash ??= createHash('sha256');
    this.#hash.update(this.#out.subarray(0, this.#length));
    this.#length = 0;
  }

  digest(): string {
    const last = this.#out.subarray(0, this.#length);
    return this.#hash === null
      ? hash('sha256', last, 'base64')
      : this.#hash.update(last).digest('base64');
  }
}
