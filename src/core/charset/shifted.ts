import type { Kernels } from '../base/index.ts';

/**
 * The seven-bit charsets of East Asian mail that switch planes inside the text.
 *
 * WHATWG Encoding refuses all but iso-2022-jp, and no JavaScript library decodes the Korean and
 * Chinese ones. The planes themselves are old friends: a two-byte character of KS X 1001 with both
 * high bits set is EUC-KR, one of GB 2312 is GBK, so the platform's tables do the rest.
 */

const ESC = 0x1b;
const SHIFT_OUT = 0x0e;
const SHIFT_IN = 0x0f;

/** Decodes a run of two-byte characters after their high bits were set. */
type Plane = 'euc-kr' | 'gbk' | 'euc-jp' | 'big5';

/** One stretch of the bytes under one plane; `plane` null is ASCII. Control bytes are in no run. */
export interface Run {
  readonly start: number;
  readonly end: number;
  readonly plane: Plane | null;
}

/** HZ (RFC 1843): `~{` opens GB 2312, `~}` closes it, `~~` is a tilde, `~` before a break is none. */
export function hzRuns(bytes: Uint8Array): readonly Run[] {
  const runs = new RunList();
  let plane: Plane | null = null;
  let start = 0;
  let i = 0;
  while (i < bytes.length) {
    const code = bytes[i];
    const next = bytes[i + 1];
    // RFC 1843 section 2: a line ends the shift, whatever the writer forgot.
    if (code === 0x0a && plane !== null) {
      runs.add(start, i, plane);
      [plane, start] = [null, i];
    }
    if (code === 0x7e && isHzMark(next, plane)) {
      runs.add(start, i, plane);
      if (next === 0x7b) plane = 'gbk';
      if (next === 0x7d) plane = null;
      start = next === 0x7e ? i + 1 : i + 2;
      i += 2;
    } else i += plane === null || code === 0x0a ? 1 : 2;
  }
  runs.add(start, bytes.length, plane);
  return runs.all;
}

const isHzMark = (next: number | undefined, plane: Plane | null): boolean =>
  plane === null ? next === 0x7b || next === 0x7e || next === 0x0a : next === 0x7d;

/** ISO-2022-KR (RFC 1557): a designation once, then SO and SI; a line break returns to ASCII. */
export function iso2022KrRuns(bytes: Uint8Array): readonly Run[] {
  const runs = new RunList();
  let plane: Plane | null = null;
  let start = 0;
  for (let i = 0; i < bytes.length; i++) {
    const code = bytes[i];
    const designation = code === ESC && matches(bytes, i + 1, KR_DESIGNATION);
    if (code !== SHIFT_OUT && code !== SHIFT_IN && code !== 0x0a && !designation) continue;
    runs.add(start, i, plane);
    if (code === SHIFT_OUT) plane = 'euc-kr';
    if (code === SHIFT_IN || code === 0x0a) plane = null;
    start = code === 0x0a ? i : i + (designation ? 4 : 1);
    if (designation) i += 3;
  }
  runs.add(start, bytes.length, plane);
  return runs.all;
}

/** ESC $ ) C */
const KR_DESIGNATION = Uint8Array.of(0x24, 0x29, 0x43);

/** Text of the runs, one after the other. */
export function decodeRuns(bytes: Uint8Array, runs: readonly Run[], kernels: Kernels): string {
  let text = '';
  for (const run of runs) text += decodeRun(bytes, run, kernels);
  return text;
}

export function decodeRun(bytes: Uint8Array, run: Run, kernels: Kernels): string {
  if (run.plane === null) return kernels.utf8(bytes, run.start, run.end);
  const raised = bytes.slice(run.start, run.end);
  // Line breaks and blanks stand between characters in sloppy mail: only graphic bytes are raised.
  for (let i = 0; i < raised.length; i++) if (raised[i]! > 0x20) raised[i]! |= 0x80;
  return kernels.decode(run.plane, raised) ?? kernels.latin1(bytes, run.start, run.end);
}

function matches(bytes: Uint8Array, at: number, wanted: Uint8Array): boolean {
  for (let i = 0; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) return false;
  return true;
}

class RunList {
  readonly all: Run[] = [];
  add(start: number, end: number, plane: Plane | null): void {
    if (end > start) this.all.push({ start, end, plane });
  }
}
