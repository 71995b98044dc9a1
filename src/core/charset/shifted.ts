import type { Kernels } from '../base/index.ts';

/**
 * The seven-bit charsets of East Asian mail that switch planes inside the text.
 *
 * WHATWG Encoding refuses all but iso-2022-jp, and no JavaScript library decodes the Korean and
 * Chinese ones. The planes themselves are old friends: a two-byte character of KS X 1001 with both
 * high bits set is EUC-KR, one of GB 2312 is GBK, one of JIS X 0208 is EUC-JP, so the platform's
 * tables do the rest.
 */
export interface Run {
  readonly start: number;
  readonly end: number;
  readonly plane: Plane;
}

/** A character set that a stretch of bytes is written in; its bytes a character. */
export type Plane =
  | 'ascii'
  | 'kana'
  | 'latin-1'
  | 'greek'
  | 'jis'
  | 'jis-212'
  | 'gb'
  | 'ks'
  | 'cns';

export const bytesPerCharacter = (plane: Plane): 1 | 2 =>
  plane === 'ascii' || plane === 'kana' || plane === 'latin-1' || plane === 'greek' ? 1 : 2;

const ESC = 0x1b;
const SHIFT_OUT = 0x0e;
const SHIFT_IN = 0x0f;
const LF = 0x0a;
const TILDE = 0x7e;

/**
 * HZ (RFC 1843): `~{` opens GB 2312, `~}` closes it, `~~` is a tilde, `~` before a break is none.
 */
export function hzRuns(bytes: Uint8Array): readonly Run[] {
  const runs = new RunList(bytes.length);
  for (let i = 0; i < bytes.length; ) {
    const [code, next] = [bytes[i], bytes[i + 1]];
    // RFC 1843 section 2: a line ends the shift, whatever the writer forgot.
    if (code === LF && runs.plane !== 'ascii') runs.turn(i, i, 'ascii');
    else if (code === TILDE && isHzMark(next, runs.plane)) {
      const plane = next === 0x7b ? 'gb' : next === 0x7d ? 'ascii' : runs.plane;
      runs.turn(i, next === TILDE ? i + 1 : i + 2, plane);
      i += 2;
    } else i += code === LF ? 1 : bytesPerCharacter(runs.plane);
  }
  return runs.finish();
}

const isHzMark = (next: number | undefined, plane: Plane): boolean =>
  plane === 'ascii' ? next === 0x7b || next === TILDE || next === LF : next === 0x7d;

/**
 * ISO 2022 as mail uses it: ISO-2022-KR (RFC 1557), ISO-2022-JP-2 (RFC 1554), ISO-2022-CN
 * (RFC 1922). A line break returns to ASCII, whatever the writer forgot.
 *
 * `shifted` is the plane behind SHIFT OUT where the text designates none.
 */
export function iso2022Runs(bytes: Uint8Array, shifted: Plane): readonly Run[] {
  const runs = new RunList(bytes.length);
  const planes = { shifted, single: 'latin-1' as Plane };
  for (let i = 0; i < bytes.length; ) {
    const code = bytes[i]!;
    if (code === ESC) i = escapeAt(bytes, i, runs, planes);
    else if (code === SHIFT_OUT || code === SHIFT_IN) {
      runs.turn(i, i + 1, code === SHIFT_OUT ? planes.shifted : 'ascii');
      i++;
    } else {
      if (code === LF) runs.turn(i, i, 'ascii');
      i += code <= 0x20 ? 1 : bytesPerCharacter(runs.plane);
    }
  }
  return runs.finish();
}

/** Carries out the escape sequence at a place; returns where it ends. */
function escapeAt(
  bytes: Uint8Array,
  at: number,
  runs: RunList,
  planes: { shifted: Plane; single: Plane },
): number {
  const sequence = readEscape(bytes, at);
  if (sequence === null) return at + 1;
  const { length, into, plane } = sequence;
  const end = at + length;
  if (into === 'single shift') {
    const back = runs.plane;
    runs.turn(at, end, planes.single);
    runs.turn(end + 1, end + 1, back);
    return end + 1;
  }
  if (into === 'shifted') planes.shifted = plane;
  if (into === 'second') planes.single = plane;
  runs.turn(at, end, into === 'current' ? plane : runs.plane);
  return end;
}

interface Escape {
  readonly length: number;
  readonly into: 'current' | 'shifted' | 'second' | 'single shift';
  readonly plane: Plane;
}

/** Escape sequences behind ESC, as Latin-1 text. */
const ESCAPES: Readonly<Record<string, Omit<Escape, 'length'>>> = {
  '(B': { into: 'current', plane: 'ascii' },
  '(J': { into: 'current', plane: 'ascii' },
  '(I': { into: 'current', plane: 'kana' },
  $B: { into: 'current', plane: 'jis' },
  '$@': { into: 'current', plane: 'jis' },
  $A: { into: 'current', plane: 'gb' },
  '$(C': { into: 'current', plane: 'ks' },
  '$(D': { into: 'current', plane: 'jis-212' },
  '$)A': { into: 'shifted', plane: 'gb' },
  '$)C': { into: 'shifted', plane: 'ks' },
  '$)G': { into: 'shifted', plane: 'cns' },
  '.A': { into: 'second', plane: 'latin-1' },
  '.F': { into: 'second', plane: 'greek' },
  N: { into: 'single shift', plane: 'latin-1' },
};

function readEscape(bytes: Uint8Array, at: number): Escape | null {
  for (let length = 1; length <= 3; length++) {
    const sequence = String.fromCharCode(...bytes.subarray(at + 1, at + 1 + length));
    const known = ESCAPES[sequence];
    if (known !== undefined) return { length: length + 1, ...known };
  }
  return null;
}

/** Text of the runs, one after the other. */
export function decodeRuns(bytes: Uint8Array, runs: readonly Run[], kernels: Kernels): string {
  let text = '';
  for (const run of runs) text += decodeRun(bytes, run, kernels);
  return text;
}

function decodeRun(bytes: Uint8Array, { start, end, plane }: Run, kernels: Kernels): string {
  switch (plane) {
    case 'ascii':
      return kernels.latin1(bytes, start, end).replace(/[\u0080-\u00ff]/g, '\ufffd');
    case 'kana':
      return halfWidthKana(bytes.subarray(start, end));
    case 'jis':
      return decodePlane('euc-jp', bytes.subarray(start, end), kernels);
    case 'jis-212':
      return decodePlane('euc-jp', withPrefix(0x8f, bytes.subarray(start, end)), kernels);
    case 'gb':
      return decodePlane('gbk', bytes.subarray(start, end), kernels);
    case 'ks':
      return decodePlane('euc-kr', bytes.subarray(start, end), kernels);
    case 'latin-1':
      return decodePlane('windows-1252', bytes.subarray(start, end), kernels);
    case 'greek':
      return decodePlane('iso-8859-7', bytes.subarray(start, end), kernels);
    case 'cns':
      return '\ufffd'.repeat(Math.ceil((end - start) / 2));
  }
}

/**
 * Line breaks and blanks stand between characters in sloppy mail: only graphic bytes are raised.
 * Works on a copy made here: `slice` of a Node Buffer would share the evidence's bytes.
 */
function decodePlane(charset: string, bytes: Uint8Array, kernels: Kernels): string {
  const raised = Uint8Array.from(bytes, (byte) => (byte > 0x20 ? byte | 0x80 : byte));
  return kernels.decode(charset, raised) ?? '\ufffd'.repeat(Math.ceil(bytes.length / 2));
}

function withPrefix(prefix: number, bytes: Uint8Array): Uint8Array {
  const prefixed = new Uint8Array(Math.ceil(bytes.length / 2) * 3);
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    if (i % 2 === 0) prefixed[length++] = prefix;
    prefixed[length++] = bytes[i]!;
  }
  return prefixed.subarray(0, length);
}

/** JIS X 0201: 0x21 to 0x5F are U+FF61 to U+FF9F. */
const halfWidthKana = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) =>
    String.fromCharCode(
      byte >= 0x21 && byte <= 0x5f ? 0xff40 + byte : byte <= 0x20 ? byte : 0xfffd,
    ),
  ).join('');

class RunList {
  readonly #runs: Run[] = [];
  readonly #length: number;
  #start = 0;
  plane: Plane = 'ascii';

  constructor(length: number) {
    this.#length = length;
  }

  /** The plane so far ends at `end`; what stands from `start` on is in another. */
  turn(end: number, start: number, plane: Plane): void {
    this.#add(Math.min(end, this.#length));
    this.#start = Math.min(start, this.#length);
    this.plane = plane;
  }

  finish(): readonly Run[] {
    this.#add(this.#length);
    return this.#runs;
  }

  #add(end: number): void {
    if (end > this.#start) this.#runs.push({ start: this.#start, end, plane: this.plane });
  }
}
