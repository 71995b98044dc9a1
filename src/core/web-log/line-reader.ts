import type { Kernels } from '../base/index.ts';
import { readCommonLine } from './common-line.ts';
import { readJsonLine } from './json-line.ts';
import { createTimeReader } from './line-time.ts';
import { emptyRequest, type LogRequest } from './log-request.ts';
import { iisDefaultFields, readDirective, readW3cLine, type W3cState } from './w3c-line.ts';

/** A line longer than this is no request: servers cut the request line at 8 to 64 KB. */
export const LINE_BYTES_MAX = 262_144;

/** What was met in a log so far; grows while it is read. */
export interface LineCounts {
  lines: number;
  requests: number;
  /** Lines that are no request in any known form, too long ones included. */
  unread: number;
  tooLong: number;
  bytes: number;
}

/** Splits a stream of bytes into lines and reads each; holds no more than one line. */
export interface LineReader {
  /** Any piece of the file; lines may be cut anywhere. */
  add(bytes: Uint8Array): void;
  /** The file ends: what stands behind its last line end is a line too. */
  end(): void;
  readonly counts: LineCounts;
}

const NOTHING = new Uint8Array(0);

/**
 * Splits bytes into lines and reads each in the form that it has by itself: one file may mix them.
 * `each` gets one object that is filled again for every request.
 */
export function createLineReader(
  kernels: Pick<Kernels, 'latin1'>,
  each: (request: LogRequest) => void,
): LineReader {
  const request = emptyRequest();
  const readLine = createFormatReader(request);
  const counts: LineCounts = { lines: 0, requests: 0, unread: 0, tooLong: 0, bytes: 0 };
  let rest: Uint8Array = NOTHING;
  let skipping = false;

  const line = (text: string): void => {
    if (text === '') return;
    counts.lines += 1;
    if (text.length > LINE_BYTES_MAX) {
      counts.tooLong += 1;
      counts.unread += 1;
      return;
    }
    const kind = readLine(text);
    if (kind === 'request') {
      counts.requests += 1;
      each(request);
    } else if (kind === 'unread') counts.unread += 1;
  };
  const lines = (text: string): void => {
    let from = 0;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
      if (skipping) skipping = false;
      else line(text.slice(from, text.charCodeAt(at - 1) === 13 && at > from ? at - 1 : at));
      from = at + 1;
    }
  };

  return {
    counts,
    add(bytes) {
      counts.bytes += bytes.length;
      const last = bytes.lastIndexOf(10);
      if (last < 0) {
        rest = joined(rest, bytes);
      } else {
        const whole = joined(rest, bytes.subarray(0, last + 1));
        lines(kernels.latin1(whole, 0, whole.length));
        rest = bytes.slice(last + 1);
      }
      if (rest.length <= LINE_BYTES_MAX) return;
      if (!skipping) {
        counts.lines += 1;
        counts.tooLong += 1;
        counts.unread += 1;
      }
      skipping = true;
      rest = NOTHING;
    },
    end() {
      if (!skipping) line(kernels.latin1(rest, 0, rest.length).replace(/\r$/, ''));
      [rest, skipping] = [NOTHING, false];
    },
  };
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}

type LineKind = 'request' | 'directive' | 'unread';

/** Tells the form of a line by its first characters and reads it into `request`. */
function createFormatReader(request: LogRequest): (line: string) => LineKind {
  const times = createTimeReader();
  const w3c: W3cState = { fields: iisDefaultFields(), day: Number.NaN };
  const told = (read: boolean): LineKind => (read ? 'request' : 'unread');
  return (raw) => {
    const line = raw.startsWith('\u00ef\u00bb\u00bf') ? raw.slice(3) : raw;
    const first = line.charCodeAt(0);
    if (first === 123) return told(readJsonLine(line, request));
    if (first === 35) {
      readDirective(line, times, w3c);
      return 'directive';
    }
    if (looksLikeW3c(line, w3c)) return told(readW3cLine(line, w3c, times, request));
    return told(readCommonLine(line, times, request));
  };
}

/** `2020-10-21 ` or, where `#Date:` gave the day, `13:55:36 `. An IPv6 address has no `-` there. */
function looksLikeW3c(line: string, { fields, day }: W3cState): boolean {
  if (line.charCodeAt(4) === 45 && line.charCodeAt(7) === 45) return fields.date === 0;
  return fields.date < 0 && !Number.isNaN(day) && line.charCodeAt(2) === 58;
}

/**
 * Second of the first request in the head of a file, to put rotated pieces in order; null where
 * none can be read.
 */
export function firstSecond(kernels: Pick<Kernels, 'latin1'>, head: Uint8Array): number | null {
  let second: number | null = null;
  const reader = createLineReader(kernels, (request) => {
    second ??= request.second;
  });
  reader.add(head);
  reader.end();
  return second;
}
