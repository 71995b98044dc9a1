import type { Kernels } from '../base/index.ts';

/** What a line that starts with `--` is to the open multiparts. */
export interface Delimiter {
  /** Position in the list of open boundaries. */
  readonly level: number;
  readonly closing: boolean;
}

/** Bytes up to `end`, and whether a bare CR ends their lines. */
export interface LineSource {
  readonly bytes: Uint8Array;
  readonly end: number;
  readonly crLines: boolean;
}

const LF = 0x0a;
const CR = 0x0d;
const DASH = 0x2d;
const SPACE = 0x20;
const TAB = 0x09;
const LF_DASHES = Uint8Array.of(LF, DASH, DASH);
const CR_DASHES = Uint8Array.of(CR, DASH, DASH);
/** Below this distance between `--` lines a loop beats the call into native code. */
const DENSE_BYTES = 64;
const LOOP_BYTES = 2_048;

/**
 * The boundaries of the multiparts that are open at one place, outermost first (RFC 2046
 * section 5.1.1), and the search for the lines that delimit them.
 */
export class Boundaries {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  readonly #breaker: number;
  readonly #needle: Uint8Array;
  readonly #kernels: Kernels;
  readonly #open: { readonly boundary: Uint8Array; readonly shared: number }[] = [];
  #lastHit = -DENSE_BYTES;

  constructor({ bytes, end, crLines }: LineSource, kernels: Kernels) {
    this.#bytes = end < bytes.length ? bytes.subarray(0, end) : bytes;
    this.#end = end;
    this.#breaker = crLines ? CR : LF;
    this.#needle = crLines ? CR_DASHES : LF_DASHES;
    this.#kernels = kernels;
  }

  get count(): number {
    return this.#open.length;
  }

  open(boundary: Uint8Array): void {
    const outer = this.#open.at(-1)?.boundary ?? NONE;
    this.#open.push({ boundary, shared: sharedLength(outer, boundary) });
  }

  /** Closes all from `level` inward. */
  closeFrom(level: number): void {
    this.#open.length = level;
  }

  /** Whether one open boundary begins with another: readers differ in what they take then. */
  hasPrefix(boundary: Uint8Array): boolean {
    return this.#open.some(
      ({ boundary: open }) =>
        open.length !== boundary.length &&
        sharedLength(open, boundary) === Math.min(open.length, boundary.length),
    );
  }

  /** Start of the next line at or after line start `from` that begins with `--`; -1: none. */
  nextDashLine(from: number): number {
    const bytes = this.#bytes;
    if (bytes[from] === DASH && bytes[from + 1] === DASH && from + 2 <= this.#end) return from;
    let at = Math.max(0, from - 1);
    if (from - this.#lastHit < DENSE_BYTES) {
      const stop = Math.min(this.#end - 2, at + LOOP_BYTES);
      for (; at < stop; at += 1) {
        if (bytes[at + 1] !== DASH || bytes[at] !== this.#breaker || bytes[at + 2] !== DASH)
          continue;
        this.#lastHit = at;
        return at + 1;
      }
    }
    const hit = this.#kernels.indexOf(bytes, this.#needle, at);
    this.#lastHit = hit;
    return hit < 0 ? -1 : hit + 1;
  }

  /** First place behind the line at `at`, its line break included. */
  lineEnd(at: number): number {
    const bytes = this.#bytes;
    let end = at;
    while (end < this.#end && bytes[end] !== this.#breaker) end += 1;
    return Math.min(this.#end, end + 1);
  }

  /**
   * Matches the `--` line at `at`. A whole-line match counts before one with text behind it, a
   * longer boundary before a shorter, an inner before an outer.
   *
   * Neighbours that begin alike are not compared twice: a line costs its length and the depth.
   */
  match(at: number): Delimiter | null {
    let best: Delimiter | null = null;
    let bestScore = 0;
    let matched = 0;
    for (let level = this.#open.length - 1; level >= 0; level -= 1) {
      const { boundary } = this.#open[level]!;
      const inner = this.#open[level + 1]?.shared ?? 0;
      if (level === this.#open.length - 1) matched = this.#matchLength(boundary, at + 2, 0);
      else if (matched > inner) matched = inner;
      else if (matched === inner) matched = this.#matchLength(boundary, at + 2, matched);
      if (matched < boundary.length) continue;
      const tail = this.#tail(at + 2 + boundary.length);
      if (tail === null) continue;
      const score = boundary.length + (tail.whole ? 100_000 : 0);
      if (score <= bestScore) continue;
      best = { level, closing: tail.closing };
      bestScore = score;
    }
    return best;
  }

  /** How far the bytes at `at` agree with `boundary`, which they do up to `from`. */
  #matchLength(boundary: Uint8Array, at: number, from: number): number {
    let length = from;
    while (length < boundary.length && this.#bytes[at + length] === boundary[length]) length += 1;
    return length;
  }

  /** What follows a boundary on its line; null where it is the start of another word. */
  #tail(from: number): { readonly closing: boolean; readonly whole: boolean } | null {
    const bytes = this.#bytes;
    const closing = bytes[from] === DASH && bytes[from + 1] === DASH;
    let at = closing ? from + 2 : from;
    const afterMark = at;
    while (at < this.#end && (bytes[at] === SPACE || bytes[at] === TAB || bytes[at] === CR)) {
      if (bytes[at] === this.#breaker) break;
      at += 1;
    }
    if (at >= this.#end || bytes[at] === this.#breaker) return { closing, whole: true };
    // `--b--text` still closes, `--b text` still delimits; `--bx` is another boundary's business.
    return closing || at > afterMark ? { closing, whole: false } : null;
  }
}

const NONE = new Uint8Array(0);

function sharedLength(a: Uint8Array, b: Uint8Array): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
  return length;
}
