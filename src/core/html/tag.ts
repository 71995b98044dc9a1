import { decodeReferences, isLetter } from './character-reference.ts';

/** Places inside HTML source, found in one forward pass each (HTML section 13.2.5). */

/** White space of HTML (WHATWG Infra: ASCII whitespace), by its code. */
const isBlank = (code: number): boolean =>
  code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d || code === 0x0c;

const isNameCode = (code: number): boolean =>
  isLetter(code) || (code >= 48 && code <= 58) || code === 0x2d || code === 0x5f;

/** Past the name of a tag or attribute that begins at `from`. */
export function endOfName(html: string, from: number): number {
  let at = from;
  while (isNameCode(html.charCodeAt(at))) at++;
  return at;
}

/** Past the `>` that ends a tag; quoted values may hold one, and a stray quote opens nothing. */
export function endOfTag(html: string, from: number): number {
  let assigned = false;
  for (let i = from; i < html.length; i++) {
    const code = html.charCodeAt(i);
    if (code === 0x3e) return i + 1;
    if (code === 0x3d) assigned = true;
    else if (assigned && (code === 0x22 || code === 0x27)) {
      i = html.indexOf(code === 0x22 ? '"' : "'", i + 1);
      if (i < 0) break;
      assigned = false;
    } else if (!isBlank(code)) assigned = false;
  }
  return html.length;
}

/** HTML section 13.2.5.42: comments, doctype, `<![if ...]>` and processing instructions. */
export function endOfDeclaration(html: string, open: number): number {
  if (!html.startsWith('<!--', open)) return past(html, '>', open);
  if (html[open + 4] === '>') return open + 5;
  return past(html, '-->', open + 2);
}

/** Past the next `mark`, or the end. */
export function past(html: string, mark: string, from: number): number {
  const at = html.indexOf(mark, from);
  return at < 0 ? html.length : at + mark.length;
}

/** Past the closing tag of an element whose content is no markup; -1 where it is never closed. */
export function pastClosingTag(html: string, name: string, from: number): number {
  for (let at = html.indexOf('</', from); at >= 0; at = html.indexOf('</', at + 2)) {
    const end = at + 2 + name.length;
    if (isNameCode(html.charCodeAt(end))) continue;
    if (html.slice(at + 2, end).toLowerCase() === name) return past(html, '>', end);
  }
  return -1;
}

/** The value of one attribute in a tag's inside, references decoded; null where it is absent. */
export function attributeOf(attributes: string, wanted: string): string | null {
  let at = 0;
  while (at < attributes.length) {
    while (isBlank(attributes.charCodeAt(at)) || attributes.charCodeAt(at) === 0x2f) at++;
    const nameStart = at;
    at = endOfAttributeName(attributes, at);
    const name = attributes.slice(nameStart, at);
    const { start, end, next } = attributeValue(attributes, at);
    if (name.length === wanted.length && name.toLowerCase() === wanted)
      return decodeReferences(attributes.slice(start, end), true);
    at = next;
  }
  return null;
}

function endOfAttributeName(attributes: string, from: number): number {
  let at = from;
  for (; at < attributes.length; at++) {
    const code = attributes.charCodeAt(at);
    if (code === 0x3d || code === 0x2f || code === 0x3e || isBlank(code)) break;
  }
  return at === from ? at + 1 : at;
}

interface ValueRange {
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

function attributeValue(attributes: string, from: number): ValueRange {
  let at = from;
  while (isBlank(attributes.charCodeAt(at))) at++;
  if (attributes.charCodeAt(at) !== 0x3d) return { start: at, end: at, next: at };
  at++;
  while (isBlank(attributes.charCodeAt(at))) at++;
  const quote = attributes[at];
  if (quote === '"' || quote === "'") {
    const close = attributes.indexOf(quote, at + 1);
    const end = close < 0 ? attributes.length : close;
    return { start: at + 1, end, next: end + 1 };
  }
  let end = at;
  while (end < attributes.length && !isBlank(attributes.charCodeAt(end)) && attributes[end] !== '>')
    end++;
  return { start: at, end, next: end };
}
