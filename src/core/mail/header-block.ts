import type { Kernels } from '../base/index.ts';
import type { MailDefect } from './mail.ts';
import { HEADER_BYTES_MAX, HEADER_FIELDS_MAX } from './mail-limits.ts';

/** One field of a header block; all places count from the first of the bytes that were read. */
export interface RawField {
  /** As written, without blanks before the colon. */
  readonly name: string;
  readonly key: string;
  readonly offset: number;
  readonly valueAt: number;
  /** End of the last line, without its line break. */
  readonly end: number;
}

export interface HeaderBlock {
  readonly fields: readonly RawField[];
  /** First byte of the body: behind the empty line that ends the block. */
  readonly bodyAt: number;
  /** Latin-1 view of the bytes from `textAt` on, as far as fields stand. */
  readonly text: string;
  readonly textAt: number;
  /** Pure ASCII without `=?`: values need no decoding. */
  readonly plain: boolean;
  readonly defects: readonly MailDefect[];
  /** Bytes of the block that were not read as fields, and fields that were not listed. */
  readonly bytesCut: number;
  readonly fieldsCut: number;
}

/** How to read a block: where, under which line breaks, and what ends it early. */
export interface HeaderPlace {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** Lines end with a bare CR (old Macintosh). */
  readonly crLines: boolean;
  /** The block opens a message: a mark, a `From ` line and empty lines may stand before it. */
  readonly message: boolean;
  /** Tells whether the line at this place (it starts with `--`) is an open boundary's delimiter. */
  readonly isDelimiter: (at: number) => boolean;
}

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;
const COLON = 0x3a;
const DASH = 0x2d;

/**
 * Splits a header block into fields with their exact ranges (RFC 5322 section 2.2), order and
 * duplicates kept. What breaks the grammar is read anyway and told as a defect.
 */
export function readHeaderBlock(place: HeaderPlace, kernels: Kernels): HeaderBlock {
  return new BlockReader(place, kernels).read();
}

/** Old Macintosh mail: CR alone ends lines, so the first empty line comes before any LF. */
export function hasCrLines(bytes: Uint8Array, start: number, end: number): boolean {
  const limit = Math.min(end, start + 65_536);
  for (let at = start; at < limit; at += 1) {
    if (bytes[at] === LF) return false;
    if (bytes[at] === CR && bytes[at + 1] === CR && bytes[at + 2] !== LF) return true;
  }
  return false;
}

class BlockReader {
  readonly #place: HeaderPlace;
  readonly #kernels: Kernels;
  readonly #defects: MailDefect[] = [];
  /** Four numbers a field: offset, name end, value start, end. */
  readonly #marks: number[] = [];
  #fieldsCut = 0;
  /** First of the lines behind the last field that are no fields; -1: none. */
  #strayAt = -1;
  #allBits = 0;

  constructor(place: HeaderPlace, kernels: Kernels) {
    this.#place = place;
    this.#kernels = kernels;
  }

  read(): HeaderBlock {
    const { start, end, message } = this.#place;
    const first = message ? this.#skipLead(start) : start;
    const stop = Math.min(end, first + HEADER_BYTES_MAX);
    const linesEnd = this.#readLines(first, stop);
    const fieldsEnd = this.#marks.at(-1) ?? first;
    let bodyAt = linesEnd;
    let bytesCut = 0;
    // Without any field, what stands here is no header but the body.
    if (this.#marks.length === 0 && this.#strayAt >= 0) bodyAt = first;
    else if (linesEnd < 0 || (linesEnd === stop && stop < end)) {
      bodyAt = this.#endBeyond(fieldsEnd, stop);
      bytesCut = bodyAt - stop;
    } else if (this.#strayAt >= 0) {
      // Text without an empty line before it is the body, as far as nothing says otherwise.
      this.#defect('header-no-end', this.#strayAt);
      bodyAt = this.#strayAt;
    }
    const text = this.#kernels.latin1(this.#place.bytes, first, Math.max(first, fieldsEnd));
    const plain = this.#allBits < 0x80 && !text.includes('=?');
    if (this.#allBits >= 0x80) this.#defect('header-8bit', first);
    const nul = text.indexOf('\0');
    if (nul >= 0) this.#defect('header-nul', first + nul);
    return {
      fields: this.#fields(text, first),
      bodyAt,
      text,
      textAt: first,
      plain,
      defects: this.#defects,
      bytesCut,
      fieldsCut: this.#fieldsCut,
    };
  }

  #defect(code: string, at: number): void {
    if (this.#defects.length < 100) this.#defects.push({ code, at });
  }

  #fields(text: string, shift: number): RawField[] {
    const fields: RawField[] = [];
    const marks = this.#marks;
    for (let i = 0; i < marks.length; i += 4) {
      const offset = marks[i]!;
      const name = text.slice(offset - shift, marks[i + 1]! - shift);
      const key = name.toLowerCase();
      fields.push({ name, key, offset, valueAt: marks[i + 2]!, end: marks[i + 3]! });
    }
    return fields;
  }

  /** Past a byte order mark, empty lines before a field, and `From ` lines of mbox and UUCP. */
  #skipLead(start: number): number {
    const { bytes, end } = this.#place;
    let at = start;
    if (bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf && at + 3 <= end) {
      this.#defect('byte-order-mark', at);
      at += 3;
    }
    let line = at;
    while (line < end && (bytes[line] === LF || bytes[line] === CR)) line += 1;
    if (line > at && this.#looksLikeField(line)) {
      this.#defect('header-empty-lines', at);
      at = line;
    }
    for (;;) {
      const from = bytes[at] === 0x3e ? at + 1 : at;
      if (!this.#isFrom(from)) return at;
      this.#defect('envelope-from', at);
      const next = this.#lineEnd(at);
      if (next >= end) return end;
      at = next + 1;
    }
  }

  #isFrom(at: number): boolean {
    const { bytes, end } = this.#place;
    if (at + 5 > end || bytes[at] !== 0x46) return false;
    return this.#kernels.latin1(bytes, at, at + 5) === 'From ';
  }

  #lineEnd(at: number): number {
    const { bytes, end, crLines } = this.#place;
    const found = bytes.indexOf(crLines ? CR : LF, at);
    return found < 0 || found > end ? end : found;
  }

  #looksLikeField(at: number): boolean {
    const { bytes, end } = this.#place;
    const head = this.#kernels.latin1(bytes, at, Math.min(end, at + 80));
    return /^[\x21-\x39\x3b-\x7e]+[ \t]*:|^>?From /.test(head);
  }

  /** Gives the first byte behind the block, or `stop` where it does not end before. */
  #readLines(first: number, stop: number): number {
    const { bytes, crLines } = this.#place;
    const breaker = crLines ? CR : LF;
    let lineAt = first;
    let colonAt = -1;
    let carriage = -1;
    let bits = 0;
    for (let at = first; at < stop; at += 1) {
      const byte = bytes[at]!;
      bits |= byte;
      if (byte === breaker) {
        if (this.#line(lineAt, colonAt, at, carriage)) {
          this.#allBits = bits;
          return this.#ended ? at + 1 : lineAt;
        }
        lineAt = at + 1;
        colonAt = -1;
        carriage = -1;
      } else if (byte === COLON) {
        if (colonAt < 0) colonAt = at;
      } else if (byte === CR) {
        if (carriage < 0) carriage = at;
      }
    }
    this.#allBits = bits;
    if (lineAt < stop && this.#line(lineAt, colonAt, stop, carriage)) {
      return this.#ended ? stop : lineAt;
    }
    return stop;
  }

  #ended = false;

  /** Takes one line; true where it ends the block (`#ended`: by being empty). */
  #line(lineAt: number, colonAt: number, breakAt: number, carriage: number): boolean {
    const { bytes, isDelimiter } = this.#place;
    let end = breakAt;
    while (end > lineAt && bytes[end - 1] === CR) end -= 1;
    if (end === lineAt) {
      this.#ended = true;
      return true;
    }
    const first = bytes[lineAt]!;
    if (first === DASH && bytes[lineAt + 1] === DASH && isDelimiter(lineAt)) {
      this.#defect('header-no-end', lineAt);
      return true;
    }
    if (carriage >= 0 && carriage < end) this.#defect('header-bare-cr', carriage);
    if (first === SPACE || first === TAB) this.#extend(lineAt, end);
    else if (colonAt < 0 || !this.#field(lineAt, colonAt, end)) this.#stray(lineAt, end);
    return false;
  }

  #extend(lineAt: number, end: number): void {
    if (this.#marks.length === 0) this.#stray(lineAt, end);
    else if (this.#strayAt < 0 && this.#fieldsCut === 0) this.#marks[this.#marks.length - 1] = end;
  }

  #field(lineAt: number, colonAt: number, end: number): boolean {
    const { bytes } = this.#place;
    let nameEnd = colonAt;
    while (nameEnd > lineAt && (bytes[nameEnd - 1] === SPACE || bytes[nameEnd - 1] === TAB)) {
      nameEnd -= 1;
    }
    if (nameEnd === lineAt) return false;
    for (let at = lineAt; at < nameEnd; at += 1) {
      if (bytes[at]! <= SPACE || bytes[at]! >= 0x7f) return false;
    }
    if (nameEnd < colonAt) this.#defect('header-space-before-colon', lineAt);
    if (this.#strayAt >= 0) {
      this.#defect('header-no-colon', this.#strayAt);
      this.#strayAt = -1;
    }
    if (this.#marks.length >= 4 * HEADER_FIELDS_MAX) this.#fieldsCut += 1;
    else this.#marks.push(lineAt, nameEnd, colonAt + 1, end);
    return true;
  }

  /** A line that is no field: the rest of a field that ended in `;`, or for later to decide. */
  #stray(lineAt: number, end: number): void {
    const last = this.#marks.at(-1);
    if (last !== undefined && this.#strayAt < 0 && this.#place.bytes[last - 1] === 0x3b) {
      this.#defect('header-bad-fold', lineAt);
      this.#extend(lineAt, end);
    } else if (this.#strayAt < 0) this.#strayAt = lineAt;
  }

  /** Where a block that is too long to be read ends: behind its first empty line. */
  #endBeyond(fieldsEnd: number, stop: number): number {
    const { bytes, end, crLines } = this.#place;
    const from = Math.max(fieldsEnd, stop - 3);
    const needles = crLines ? [EMPTY_CR] : [EMPTY_LF, EMPTY_CRLF];
    let nearest = end;
    for (const needle of needles) {
      const hit = this.#kernels.indexOf(bytes.subarray(0, nearest), needle, from);
      if (hit >= 0) nearest = Math.min(nearest, hit + needle.length);
    }
    return nearest;
  }
}

const EMPTY_LF = Uint8Array.of(LF, LF);
const EMPTY_CRLF = Uint8Array.of(LF, CR, LF);
const EMPTY_CR = Uint8Array.of(CR, CR);
