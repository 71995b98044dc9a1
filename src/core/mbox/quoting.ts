import { type Kernels, latin1Bytes } from '../base/index.ts';

const NEEDLE = latin1Bytes('>From ');
const GREATER = 0x3e;
const LF = 0x0a;

/** Places of the `>` that mboxrd quoting put in front of `From ` lines. */
function quotedLines(bytes: Uint8Array, kernels: Kernels) {
  const places: number[] = [];
  let deepest = 0;
  let hit = kernels.indexOf(bytes, NEEDLE, 0);
  while (hit >= 0) {
    let first = hit;
    while (bytes[first - 1] === GREATER) first -= 1;
    // At the very start it is a relay's own `>From ` line, not quoting.
    if (first > 0 && bytes[first - 1] === LF) {
      places.push(hit);
      deepest = Math.max(deepest, hit - first + 1);
    }
    hit = kernels.indexOf(bytes, NEEDLE, hit + NEEDLE.length);
  }
  return { places, deepest };
}

/** Counts lines that match `>+From `, and the most `>` before one. */
export function quotedFromLines(bytes: Uint8Array, kernels: Kernels) {
  const { places, deepest } = quotedLines(bytes, kernels);
  return { lines: places.length, deepest };
}

/**
 * The transform `mboxrdUnquote`: takes one `>` from each line that matches `>+From `.
 *
 * Right for mboxrd; a guess for mboxo, which does not quote lines that began with `>` already.
 * Gives the same array where nothing is quoted.
 */
export function unquoteMboxrd(bytes: Uint8Array, kernels: Kernels): Uint8Array {
  const { places } = quotedLines(bytes, kernels);
  if (places.length === 0) return bytes;
  const out = new Uint8Array(bytes.length - places.length);
  let from = 0;
  let length = 0;
  for (const place of places) {
    out.set(bytes.subarray(from, place), length);
    length += place - from;
    from = place + 1;
  }
  out.set(bytes.subarray(from), length);
  return out;
}
