import type { Kernels } from '../base/index.ts';

const LF = 0x0a;
const BEGIN = /^begin[ \t]+[0-7]{3,4}[ \t]+\S/;

/**
 * Decodes the first uuencoded file in `body` (POSIX uuencode, historical algorithm); null where no
 * `begin` line stands. A missing `end` and cut lines are accepted.
 */
export function decodeUu(body: Uint8Array, kernels: Kernels): Uint8Array | null {
  let at = firstDataLine(body, kernels);
  if (at < 0) return null;
  const out = new Uint8Array(body.length);
  let length = 0;
  while (at < body.length) {
    const lineEnd = endOfLine(body, at);
    const size = digit(body[at]);
    if (size === 0 || isEnd(body, at)) break;
    length = decodeLine({ body, at: at + 1, end: lineEnd, size }, out, length);
    at = lineEnd + 1;
  }
  return out.subarray(0, length);
}

function firstDataLine(body: Uint8Array, kernels: Kernels): number {
  for (let at = 0; at < body.length; at = endOfLine(body, at) + 1) {
    if (body[at] !== 0x62) continue;
    const line = kernels.latin1(body, at, Math.min(body.length, at + 80));
    if (BEGIN.test(line)) return endOfLine(body, at) + 1;
  }
  return -1;
}

function endOfLine(body: Uint8Array, at: number): number {
  const found = body.indexOf(LF, at);
  return found < 0 ? body.length : found;
}

/** Blank and grave accent are both 0. */
const digit = (byte: number | undefined): number => ((byte ?? 0x20) - 0x20) & 0x3f;

const isEnd = (body: Uint8Array, at: number): boolean =>
  body[at] === 0x65 && body[at + 1] === 0x6e && body[at + 2] === 0x64 && (body[at + 3] ?? 0) < 0x20;

function decodeLine(
  line: { body: Uint8Array; at: number; end: number; size: number },
  out: Uint8Array,
  start: number,
): number {
  const { body, end, size } = line;
  let length = start;
  for (let at = line.at; length - start < size && at < end; at += 4) {
    let triple = 0;
    for (let i = at; i < at + 4; i += 1) triple = (triple << 6) | (i < end ? digit(body[i]) : 0);
    for (let shift = 16; shift >= 0 && length - start < size; shift -= 8) {
      out[length++] = (triple >> shift) & 0xff;
    }
  }
  return length;
}
