import type { Kernels } from '../base/index.ts';
import { kindOf, kindOfName, NO_FIELD_YET } from './field-kind.ts';
import type { MailDefect } from './mail.ts';
import { HEADER_BYTES_MAX, HEADER_FIELDS_MAX } from './mail-limits.ts';
import type { HeaderBlock, RawField } from './raw-field.ts';

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
const GREATER = 0x3e;

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

type Open<Row> = { -readonly [Name in keyof Row]: Row[Name] };

class BlockReader {
  readonly #place: HeaderPlace;
  readonly #kernels: Kernels;
  readonly #defects: MailDefect[] = [];
  readonly #fields: Open<RawField>[] = [];
  readonly #first = [...NO_FIELD_YET];
  #fieldsCut = 0;
  /** A line ended in several CR. */
  #carriages = false;
  /** First of the lines behind the last field that are no fields; -1: none. */
  #strayAt = -1;
  /** The boundary that the block's own Content-Type names; null: none was seen, '': it has none. */
  #own: string | null = null;
  /** Fields before this one were searched for it. */
  #searched = 0;
  /** Place in the text of the line before, if it is a name without a colon; -1: it is none. */
  #nameAt = -1;
  /** Latin-1 view from `#textAt` on; it grows until it holds the whole block. */
  #text = '';
  #textAt = 0;
  /** First CR at or behind the line that was looked at last. */
  #carriageAt = -1;

  constructor(place: HeaderPlace, kernels: Kernels) {
    this.#place = place;
    this.#kernels = kernels;
  }

  read(): HeaderBlock {
    const { start, end, message } = this.#place;
    const first = message ? this.#skipLead(start) : start;
    const stop = Math.min(end, first + HEADER_BYTES_MAX);
    this.#textAt = first;
    this.#look(stop, message ? 4096 : 1024);
    const linesEnd = this.#readLines(stop);
    let bodyAt = linesEnd < 0 ? stop : linesEnd;
    let bytesCut = 0;
    // Without any field, what stands here is no header but the body.
    if (this.#fields.length === 0 && this.#strayAt >= 0) bodyAt = first;
    else if (linesEnd < 0 && stop < end) {
      bodyAt = this.#endBeyond(stop);
      bytesCut = bodyAt - stop;
    } else if (this.#strayAt >= 0) {
      // Text without an empty line before it is the body, as far as nothing says otherwise.
      const isBody = bodyAt >= end || !this.#foreignToBase64(this.#strayAt);
      this.#defect(isBody ? 'header-no-end' : 'header-no-colon', this.#strayAt);
      if (isBody) bodyAt = this.#strayAt;
    }
    const ascii = this.#isAscii(first);
    return {
      fields: this.#fields,
      first: this.#first,
      bodyAt,
      text: this.#text,
      textAt: first,
      ascii,
      plain: ascii && !this.#inFields(this.#text.indexOf('=?'), first),
      controls: this.#mayHoldBreaks(),
      defects: this.#defects,
      bytesCut,
      fieldsCut: this.#fieldsCut,
    };
  }

  /** A line that no body in base64 begins with, where the body is in base64. */
  #foreignToBase64(at: number): boolean {
    const field = this.#fields[this.#first[TRANSFER_ENCODING] ?? -1];
    if (field === undefined) return false;
    const encoding = this.#text.slice(field.valueAt - this.#textAt, field.end - this.#textAt);
    const line = this.#text.slice(at - this.#textAt, this.#lineEnd(at) - this.#textAt);
    return /^\s*base64\s*$/i.test(encoding) && !/^[A-Za-z0-9+/=]*\s*$/.test(line);
  }

  #isAscii(first: number): boolean {
    const nul = this.#text.indexOf('\0');
    if (this.#inFields(nul, first)) this.#defect('header-nul', first + nul);
    const fields = this.#place.bytes.subarray(first, this.#fields.at(-1)?.end ?? first);
    if (this.#kernels.isAscii(fields)) return true;
    this.#defect('header-8bit', first + this.#text.search(/[\x80-\xff]/));
    return false;
  }

  #inFields(at: number, first: number): boolean {
    return at >= 0 && at < (this.#fields.at(-1)?.end ?? first) - first;
  }

  #mayHoldBreaks(): boolean {
    const cut = this.#defects.length >= HEADER_DEFECTS_MAX;
    const unusual = this.#carriages || this.#place.crLines;
    return cut || unusual || this.#defects.some(({ code }) => BREAKS.has(code));
  }

  #defect(code: string, at: number): void {
    if (this.#defects.length < HEADER_DEFECTS_MAX) this.#defects.push({ code, at });
  }

  #look(stop: number, length: number): void {
    const end = Math.min(stop, this.#textAt + length);
    this.#text = this.#kernels.latin1(this.#place.bytes, this.#textAt, end);
    this.#carriageAt = -1;
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
    while (this.#isFrom(bytes[at] === GREATER ? at + 1 : at)) {
      this.#defect('envelope-from', at);
      const next = this.#lineEnd(at);
      if (next >= end) return end;
      at = next + 1;
    }
    return at;
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

  /** Gives the first byte behind the block; -1 where it does not end before `stop`. */
  #readLines(stop: number): number {
    const breaker = this.#place.crLines ? '\r' : '\n';
    const textAt = this.#textAt;
    let line = 0;
    let next = -1;
    for (;;) {
      next = this.#text.indexOf(breaker, line);
      if (next < 0 && textAt + this.#text.length < stop) {
        this.#look(stop, Math.max(8 * this.#text.length, 4096));
        continue;
      }
      const lineEnd = next < 0 ? this.#text.length : next;
      if (next < 0 && line === lineEnd) return stop === this.#place.end ? stop : -1;
      const ended = this.#line(line, lineEnd);
      if (ended !== null)
        return textAt + (ended === 'empty' ? Math.min(lineEnd + 1, this.#text.length) : line);
      if (next < 0) return stop === this.#place.end ? stop : -1;
      line = next + 1;
    }
  }

  /** Takes one line; tells whether it ends the block by being empty or a delimiter. */
  #line(line: number, breakAt: number): 'empty' | 'delimiter' | null {
    const text = this.#text;
    let end = breakAt;
    while (end > line && text.charCodeAt(end - 1) === CR) end -= 1;
    if (end === line) return 'empty';
    if (breakAt - end > 1) this.#carriages = true;
    const first = text.charCodeAt(line);
    const at = this.#textAt + line;
    const dashes = first === DASH && text.charCodeAt(line + 1) === DASH;
    if (dashes && (this.#place.isDelimiter(at) || this.#opensOwnPart(line, end))) {
      this.#defect('header-no-end', at);
      return 'delimiter';
    }
    this.#seekBareCr(line, end);
    if (first === SPACE || first === TAB) this.#extend(line, end);
    else if (!this.#field(line, end)) this.#stray(line, end);
    return null;
  }

  /** The delimiter of the very multipart whose header this is: its empty line is missing. */
  #opensOwnPart(line: number, end: number): boolean {
    for (; this.#own === null && this.#searched < this.#fields.length; this.#searched += 1) {
      const { kind, valueAt, end: valueEnd } = this.#fields[this.#searched]!;
      if (kind !== CONTENT_TYPE) continue;
      this.#own = boundaryIn(this.#text.slice(valueAt - this.#textAt, valueEnd - this.#textAt));
    }
    const own = this.#own ?? '';
    if (own === '' || !this.#text.startsWith(own, line + 2)) return false;
    return /^(?:--)?[ \t]*$/.test(this.#text.slice(line + 2 + own.length, end));
  }

  #seekBareCr(line: number, end: number): void {
    if (this.#carriageAt < line) {
      const found = this.#text.indexOf('\r', line);
      this.#carriageAt = found < 0 ? Number.POSITIVE_INFINITY : found;
    }
    if (this.#carriageAt >= end) return;
    this.#defect('header-bare-cr', this.#textAt + this.#carriageAt);
  }

  #extend(line: number, end: number): void {
    const last = this.#fields.at(-1);
    if (this.#nameAt >= 0 && this.#foldedColon(line, end)) return;
    if (last === undefined) {
      if (this.#strayAt >= 0 || !this.#indented(line, end)) this.#stray(line, end);
    } else if (this.#strayAt < 0 && this.#fieldsCut === 0) {
      last.end = this.#textAt + end;
      last.folded = true;
    }
  }

  /**
   * The first line of a message is a field, even if it is indented: there is nothing it continues.
   */
  #indented(line: number, end: number): boolean {
    const at = this.#pastBlanks(line, end);
    if (!this.#place.message || !this.#field(at, end)) return false;
    this.#defect('header-bad-fold', this.#textAt + line);
    return true;
  }

  /** A name alone on its line with its colon on the next (RFC 5322 section 4.5.8, unfolded). */
  #foldedColon(line: number, end: number): boolean {
    const colon = this.#pastBlanks(line, end);
    const name = this.#nameAt;
    this.#nameAt = -1;
    const isColon = colon < end && this.#text.charCodeAt(colon) === COLON;
    if (!isColon || this.#strayAt !== this.#textAt + name) return false;
    this.#strayAt = -1;
    return this.#field(name, end);
  }

  #pastBlanks(line: number, end: number): number {
    let at = line;
    while (at < end && this.#isBlank(this.#text.charCodeAt(at))) at += 1;
    return at;
  }

  #isBlank(code: number): boolean {
    return code === SPACE || code === TAB;
  }

  #field(line: number, end: number): boolean {
    const text = this.#text;
    this.#nameAt = -1;
    let colon = line;
    let code = text.charCodeAt(colon);
    while (colon < end && code > SPACE && code < 0x7f && code !== COLON) {
      colon += 1;
      code = text.charCodeAt(colon);
    }
    const nameEnd = colon;
    while (colon < end && (this.#isBlank(code) || code === CR || code === LF)) {
      colon += 1;
      code = text.charCodeAt(colon);
    }
    if (nameEnd === line || colon >= end || code !== COLON) {
      if (colon >= end && nameEnd > line) this.#nameAt = line;
      return false;
    }
    const offset = this.#textAt + line;
    if (nameEnd < colon) this.#defect('header-space-before-colon', offset);
    if (this.#strayAt >= 0) {
      this.#defect('header-no-colon', this.#strayAt);
      this.#strayAt = -1;
    }
    if (this.#fields.length >= HEADER_FIELDS_MAX) this.#fieldsCut += 1;
    else {
      const name = text.slice(line, nameEnd);
      const kind = this.#isExtension(line) ? -1 : kindOfName(name);
      if (kind >= 0 && this.#first[kind]! < 0) this.#first[kind] = this.#fields.length;
      const valueAt = this.#textAt + colon + 1;
      this.#fields.push({ name, kind, offset, valueAt, end: this.#textAt + end, folded: false });
    }
    return true;
  }

  #isExtension(line: number): boolean {
    return (
      (this.#text.charCodeAt(line) | 0x20) === 0x78 && this.#text.charCodeAt(line + 1) === DASH
    );
  }

  /** A line that is no field: the rest of a field that ended in `;`, or for later to decide. */
  #stray(line: number, end: number): void {
    const last = this.#fields.at(-1);
    const at = this.#textAt + line;
    if (last !== undefined && this.#strayAt < 0 && this.#place.bytes[last.end - 1] === 0x3b) {
      this.#defect('header-bad-fold', at);
      last.end = this.#textAt + end;
      last.folded = true;
    } else if (this.#strayAt < 0) this.#strayAt = at;
  }

  /** Where a block that is too long to be read ends: behind its first empty line. */
  #endBeyond(stop: number): number {
    const { bytes, end, crLines } = this.#place;
    const needles = crLines ? [EMPTY_CR] : [EMPTY_LF, EMPTY_CRLF];
    let nearest = end;
    for (const needle of needles) {
      const hit = this.#kernels.indexOf(bytes.subarray(0, nearest), needle, stop - 3);
      if (hit >= 0) nearest = Math.min(nearest, hit + needle.length);
    }
    return nearest;
  }
}

const CONTENT_TYPE = kindOf('content-type');
const TRANSFER_ENCODING = kindOf('content-transfer-encoding');

const boundaryIn = (contentType: string): string =>
  /boundary\s{0,9}=\s{0,9}"?([^"\r\n;]{1,200})/i.exec(contentType)?.[1]?.trimEnd() ?? '';

const BREAKS: ReadonlySet<string> = new Set(['header-nul', 'header-bare-cr', 'header-bad-fold']);
/** A broken block tells the same story on every line; the first hundred are enough. */
const HEADER_DEFECTS_MAX = 100;
const EMPTY_LF = Uint8Array.of(LF, LF);
const EMPTY_CRLF = Uint8Array.of(LF, CR, LF);
const EMPTY_CR = Uint8Array.of(CR, CR);
