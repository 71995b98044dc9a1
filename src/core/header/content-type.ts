import type { Kernels } from '../base/index.ts';
import { canonicalCharset, decodeCharset } from '../charset/index.ts';
import { decodeHeaderText, hexValue } from './encoded-word.ts';

/** A Content-Type or Content-Disposition field (RFC 2045 section 5.1, RFC 2183). */
export interface ContentHeader {
  /** Lower case, without comments: `text/plain`, `attachment`; empty where there is none. */
  readonly value: string;
  /**
   * By lower-case name, decoded; the first of equal names counts. What was written in RFC 2231 form
   * stands under `name*`, so that a file with two differing names shows both.
   */
  readonly parameters: ReadonlyMap<string, string>;
  /** Names that stand more than once: programs differ in which one they use. */
  readonly repeated: readonly string[];
}

/** Real fields have a handful. */
const PARAMETERS_MAX = 1_000;

/** A parameter under either form; the RFC 2231 form wins, as in mail clients. */
export const parameterOf = (header: ContentHeader, name: string): string | null =>
  header.parameters.get(`${name}*`) ?? header.parameters.get(name) ?? null;

/**
 * Reads the field's value and parameters from the Latin-1 view of its bytes: RFC 2045, the
 * continuations and charsets of RFC 2231, and what software writes instead (encoded words inside
 * quotes, unquoted names with blanks, missing semicolons, raw UTF-8). Never throws; linear time.
 */
export function parseContentHeader(raw: string, kernels: Kernels): ContentHeader {
  const { value, written } = scanContentHeader(raw);
  if (written.length === 0) return { value, parameters: NO_PARAMETERS, repeated: [] };
  const parameters = new Map<string, string>();
  const repeated: string[] = [];
  let sections: Map<string, Section[]> | null = null;
  for (const { name, text } of written) {
    const star = name.indexOf('*');
    if (star > 0) {
      sections ??= new Map();
      collectSection(sections, name, star, text);
    } else if (!parameters.has(name)) parameters.set(name, decodePlain(text, kernels));
    else if (!repeated.includes(name)) repeated.push(name);
  }
  if (sections !== null) {
    for (const [name, list] of sections) {
      const text = decodeSections(list, kernels);
      if (text !== '' || !parameters.has(name)) parameters.set(`${name}*`, text);
    }
  }
  return { value, parameters, repeated };
}

const NO_PARAMETERS: ReadonlyMap<string, string> = new Map();

interface Written {
  readonly name: string;
  /** Latin-1 view of the bytes, quotes and backslashes removed. */
  readonly text: string;
}

/** One piece of an RFC 2231 value: `name*3*=` is section 3, extended (percent-coded). */
interface Section {
  readonly index: number;
  readonly extended: boolean;
  readonly text: string;
}

function collectSection(
  sections: Map<string, Section[]>,
  name: string,
  star: number,
  text: string,
): void {
  const form = /^\*(?:(\d{1,6})(\*)?)?$/.exec(name.slice(star));
  if (form === null) return;
  const section = {
    index: Number(form[1] ?? 0),
    extended: form[1] === undefined || form[2] !== undefined,
    text,
  };
  const base = name.slice(0, star);
  const list = sections.get(base);
  if (list === undefined) sections.set(base, [section]);
  else list.push(section);
}

/**
 * RFC 2231 sections 3 and 4: joined in order of number; the first extended one names the charset.
 */
function decodeSections(sections: readonly Section[], kernels: Kernels): string {
  const ordered = sections.toSorted((a, b) => a.index - b.index);
  const prefix = ordered[0]?.extended ? /^([^']*)'([^']*)'/.exec(ordered[0].text) : null;
  const bytes: number[] = [];
  // Some programs count from 1.
  const first = ordered[0]?.index === 1 ? 1 : 0;
  let expected = first;
  for (const section of ordered) {
    if (section.index !== expected) continue;
    const text = expected === first ? section.text.slice(prefix?.[0].length ?? 0) : section.text;
    pushBytes(bytes, text, section.extended);
    expected++;
  }
  const value = Uint8Array.from(bytes);
  const charset = canonicalCharset(prefix?.[1] ?? '');
  const text = charset === '' ? null : decodeCharset(charset, value, kernels);
  return (text ?? unlabelled(value, kernels)).replace(/[\r\n\0]+/g, ' ');
}

function pushBytes(bytes: number[], text: string, percent: boolean): void {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const high = percent && code === 0x25 ? hexValue(text.charCodeAt(i + 1)) : -1;
    const low = high < 0 ? -1 : hexValue(text.charCodeAt(i + 2));
    if (low >= 0) {
      bytes.push(high * 16 + low);
      i += 2;
    } else bytes.push(code);
  }
}

function decodePlain(latin1: string, kernels: Kernels): string {
  if (!latin1.includes('=?') && !/[^ -~]/.test(latin1)) return latin1;
  const bytes = new Uint8Array(latin1.length);
  for (let i = 0; i < latin1.length; i++) bytes[i] = latin1.charCodeAt(i);
  return unlabelled(bytes, kernels);
}

/** No field is UTF-16: two bytes that begin as its mark would hide a file's ending. */
const unlabelled = (bytes: Uint8Array, kernels: Kernels): string =>
  (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
    ? kernels.latin1(bytes, 0, bytes.length)
    : decodeHeaderText(bytes, kernels);

const QUOTE = 0x22;
const OPEN = 0x28;
const CLOSE = 0x29;
const SEMICOLON = 0x3b;
const EQUALS = 0x3d;
const BACKSLASH = 0x5c;

const isSpace = (code: number): boolean =>
  code === 0x20 || code === 0x09 || code === 0x0d || code === 0x0a;

function scanContentHeader(text: string): { value: string; written: readonly Written[] } {
  const written: Written[] = [];
  let value = '';
  let at = 0;
  const start = skipBlanks(text, 0);
  if (text.charCodeAt(start) === QUOTE) {
    const { content, end } = quotedValue(text, start + 1);
    [value, at] = [content.trim().toLowerCase(), skipBlanks(text, end)];
    if (text.charCodeAt(at) === SEMICOLON) at++;
  }
  for (
    let first = value === '';
    at < text.length && written.length < PARAMETERS_MAX;
    first = false
  ) {
    at = skipBlanks(text, at);
    const nameEnd = endOfName(text, at);
    const name = text.slice(at, nameEnd).toLowerCase();
    const next = skipBlanks(text, nameEnd);
    if (name !== '' && text.charCodeAt(next) === EQUALS) {
      const { content, end } = parameterValue(text, next + 1, name);
      written.push({ name, text: content });
      at = end;
    } else {
      if (first) value = name;
      // A value with blanks in it: what stands before the first one counts.
      at = next === nameEnd && text.charCodeAt(next) !== SEMICOLON ? next + 1 : next;
    }
    at = skipBlanks(text, at);
    if (text.charCodeAt(at) === SEMICOLON) at++;
  }
  return { value, written };
}

/** Past white space and comments (RFC 2045 section 5.1 allows them between tokens). */
function skipBlanks(text: string, from: number): number {
  let at = from;
  let depth = 0;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === OPEN) depth++;
    else if (code === CLOSE && depth > 0) depth--;
    else if (code === BACKSLASH && depth > 0) at++;
    else if (depth === 0 && !isSpace(code)) break;
  }
  return at;
}

function endOfName(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isSpace(code) || code === SEMICOLON || code === EQUALS) break;
    if (code === OPEN || code === QUOTE) break;
  }
  return at;
}

function parameterValue(
  text: string,
  from: number,
  name: string,
): { content: string; end: number } {
  const at = skipSpaces(text, from);
  if (text.charCodeAt(at) === QUOTE) return quotedValue(text, at + 1);
  // Programs write `name=my report (1).pdf` without quotes; other values hold no blanks.
  const toSemicolon = name.startsWith('name') || name.startsWith('filename');
  let end = at;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === SEMICOLON || (!toSemicolon && isSpace(code))) break;
  }
  return { content: text.slice(at, end).trimEnd(), end };
}

function quotedValue(text: string, from: number): { content: string; end: number } {
  let content = '';
  let done = from;
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) return { content: content + text.slice(done, i), end: i + 1 };
    // A backslash before anything but these two is a Windows path, not an escape.
    const next = code === BACKSLASH ? text.charCodeAt(i + 1) : 0;
    const escapes = next === QUOTE || next === BACKSLASH;
    if (escapes || code === 0x0d || code === 0x0a) {
      content += text.slice(done, i);
      done = i + 1;
      if (escapes) i++;
    }
  }
  return { content: content + text.slice(done), end: text.length };
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (at < text.length && isSpace(text.charCodeAt(at))) at++;
  return at;
}
