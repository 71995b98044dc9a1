import { decodeEntities } from './html-entity.ts';

/** A half-open range of UTF-16 units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A link as the page shows it: the target, and the words a person clicks. */
export interface HtmlLink {
  readonly href: string;
  readonly label: string;
}

export interface HtmlReading {
  readonly text: string;
  readonly links: readonly HtmlLink[];
  /** Ranges of `text` that a mail client would not show (`display:none`, zero size, ...). */
  readonly hidden: readonly TextRange[];
}

export const htmlToText = (html: string): string => readHtml(html).text;

export const htmlLinks = (html: string): readonly HtmlLink[] => readHtml(html).links;

/**
 * What an HTML mail body says, as text: one pass, linear, no document tree.
 *
 * Blocks break lines, cells are set apart by a tab, list items begin with `- `, white space
 * collapses as in browsers (HTML and CSS Text section 4). Script, style, head, title and comments
 * are dropped. Hidden text stays in, marked: it is evidence, and often there to mislead filters.
 */
export function readHtml(html: string): HtmlReading {
  return new HtmlReader(html).read();
}

const LT = 0x3c;

class HtmlReader {
  readonly #html: string;
  readonly #out = new TextBuilder();
  readonly #links: HtmlLink[] = [];
  readonly #hidden: TextRange[] = [];
  #link: { href: string; start: number } | null = null;
  #hiddenTag: { name: string; depth: number; start: number } | null = null;
  #preformatted = 0;

  constructor(html: string) {
    this.#html = html;
  }

  read(): HtmlReading {
    const html = this.#html;
    let at = 0;
    while (at < html.length) {
      const open = html.indexOf('<', at);
      const end = open < 0 ? html.length : open;
      if (end > at) this.#text(at, end);
      if (open < 0) break;
      at = this.#markup(open);
    }
    this.#closeLink();
    this.#closeHidden();
    return { text: this.#out.finish(), links: this.#links, hidden: this.#hidden };
  }

  #text(start: number, end: number): void {
    const raw = this.#html.slice(start, end);
    const text = raw.includes('&') ? decodeEntities(raw) : raw;
    if (this.#preformatted > 0) this.#out.verbatim(text);
    else this.#out.flow(text);
  }

  /** Handles what begins with `<` at `open`; returns where it ends. */
  #markup(open: number): number {
    const html = this.#html;
    const next = html.charCodeAt(open + 1);
    if (next === 0x21 || next === 0x3f) return endOfDeclaration(html, open);
    const closing = next === 0x2f;
    const nameStart = closing ? open + 2 : open + 1;
    if (!isLetter(html.charCodeAt(nameStart))) {
      if (closing) return after(html, '>', open);
      this.#out.flow('<');
      return open + 1;
    }
    let nameEnd = nameStart + 1;
    while (isNameCode(html.charCodeAt(nameEnd))) nameEnd++;
    const name = html.slice(nameStart, nameEnd).toLowerCase();
    const end = endOfTag(html, nameEnd);
    if (closing) this.#close(name);
    else {
      const skipped = DROPPED.has(name) ? this.#endOfDropped(name, end) : -1;
      if (skipped >= 0) return skipped;
      this.#open(name, html.slice(nameEnd, end));
    }
    return end;
  }

  #endOfDropped(name: string, from: number): number {
    const close = indexOfClose(this.#html, name, from);
    return close < 0 ? (name === 'head' ? from : this.#html.length) : close;
  }

  #open(name: string, attributes: string): void {
    const hides = attributes !== '' && this.#hiddenTag === null && isHiding(attributes);
    const out = this.#out;
    const gap = BLOCKS.get(name);
    if (gap !== undefined) out.breakLine(gap);
    if (hides && !VOID.has(name)) this.#hiddenTag = { name, depth: 0, start: out.mark() };
    if (this.#hiddenTag?.name === name) this.#hiddenTag.depth++;
    if (name === 'br') out.lineBreak();
    else if (name === 'li') out.flow('- ');
    else if (name === 'td' || name === 'th') out.cell();
    else if (name === 'pre' || name === 'textarea') this.#preformatted++;
    else if (name === 'a') this.#openLink(attributes);
  }

  #close(name: string): void {
    const hidden = this.#hiddenTag;
    if (hidden?.name === name && --hidden.depth === 0) this.#closeHidden();
    const gap = BLOCKS.get(name);
    if (gap !== undefined) this.#out.breakLine(gap);
    if (name === 'a') this.#closeLink();
    else if (name === 'pre' || name === 'textarea')
      this.#preformatted = Math.max(0, this.#preformatted - 1);
  }

  #openLink(attributes: string): void {
    this.#closeLink();
    const href = attributeOf(attributes, 'href');
    if (href !== null) this.#link = { href: href.trim(), start: this.#out.mark() };
  }

  #closeLink(): void {
    if (this.#link === null) return;
    const { href, start } = this.#link;
    this.#links.push({ href, label: this.#out.since(start).trim() });
    this.#link = null;
  }

  #closeHidden(): void {
    if (this.#hiddenTag === null) return;
    const { start } = this.#hiddenTag;
    const end = this.#out.mark();
    if (end > start) this.#hidden.push({ start, end });
    this.#hiddenTag = null;
  }
}

/** Builds text with collapsed white space; breaks and blanks wait until something follows them. */
class TextBuilder {
  #text = '';
  #breaks = 0;
  #blank = '';

  mark(): number {
    return this.#text.length;
  }

  since(start: number): string {
    return this.#text.slice(start);
  }

  breakLine(breaks: number): void {
    if (this.#text !== '') this.#breaks = Math.max(this.#breaks, breaks);
    this.#blank = '';
  }

  lineBreak(): void {
    if (this.#breaks > 0) this.#breaks++;
    else this.#breaks = 1;
    this.#blank = '';
  }

  cell(): void {
    if (this.#breaks === 0 && this.#text !== '') this.#blank = '\t';
  }

  verbatim(text: string): void {
    this.#settle();
    this.#text += text.replace(/\r\n?/g, '\n');
  }

  /** Runs of white space become one blank; none at the start of a line. */
  flow(text: string): void {
    const collapsed = text.replace(/[ \t\r\n\f]+/g, ' ');
    if (collapsed === '' || collapsed === ' ') {
      if (collapsed !== '' && this.#breaks === 0 && this.#text !== '') this.#blank ||= ' ';
      return;
    }
    const leads = collapsed.charCodeAt(0) === 0x20;
    const trails = collapsed.charCodeAt(collapsed.length - 1) === 0x20;
    if (leads && this.#breaks === 0 && this.#text !== '') this.#blank ||= ' ';
    this.#settle();
    this.#text += collapsed.slice(leads ? 1 : 0, trails ? -1 : undefined);
    if (trails) this.#blank = ' ';
  }

  #settle(): void {
    if (this.#breaks > 0) this.#text += '\n'.repeat(Math.min(this.#breaks, 2));
    else this.#text += this.#blank;
    this.#breaks = 0;
    this.#blank = '';
  }

  finish(): string {
    return this.#text;
  }
}

const DROPPED: ReadonlySet<string> = new Set([
  'script',
  'style',
  'head',
  'title',
  'template',
  'noembed',
  'noframes',
  'xml',
]);
const VOID: ReadonlySet<string> = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'source',
  'track',
  'wbr',
]);

/** Line breaks around an element: 1 ends the line, 2 leaves an empty one. */
const BLOCKS: ReadonlyMap<string, number> = new Map([
  ...['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'ul', 'ol', 'dl', 'pre', 'table'].map(
    (name): [string, number] => [name, 2],
  ),
  ...[
    ...['address', 'article', 'aside', 'body', 'center', 'dd', 'details', 'dir', 'div', 'dt'],
    ...['fieldset', 'figcaption', 'figure', 'footer', 'form', 'header', 'hr', 'html', 'legend'],
    ...['li', 'main', 'menu', 'nav', 'option', 'section', 'summary', 'tr', 'caption', 'tbody'],
  ].map((name): [string, number] => [name, 1]),
]);

/** The value of one attribute in a tag's inside, entities decoded; null where it is absent. */
export function attributeOf(attributes: string, wanted: string): string | null {
  let at = 0;
  while (at < attributes.length) {
    while (at < attributes.length && isSpaceOrSlash(attributes.charCodeAt(at))) at++;
    const nameStart = at;
    while (at < attributes.length && !isNameEnd(attributes.charCodeAt(at))) at++;
    if (at === nameStart) at++;
    const name = attributes.slice(nameStart, at).toLowerCase();
    const { value, end } = attributeValue(attributes, at);
    if (name === wanted) return decodeEntities(value);
    at = end;
  }
  return null;
}

function attributeValue(attributes: string, from: number): { value: string; end: number } {
  let at = from;
  while (isBlank(attributes.charCodeAt(at))) at++;
  if (attributes[at] !== '=') return { value: '', end: at };
  at++;
  while (isBlank(attributes.charCodeAt(at))) at++;
  const quote = attributes[at];
  if (quote === '"' || quote === "'") {
    const close = attributes.indexOf(quote, at + 1);
    const end = close < 0 ? attributes.length : close;
    return { value: attributes.slice(at + 1, end), end: end + 1 };
  }
  let end = at;
  while (end < attributes.length && !isBlank(attributes.charCodeAt(end)) && attributes[end] !== '>')
    end++;
  return { value: attributes.slice(at, end), end };
}

const isLetter = (code: number): boolean => {
  const lower = code | 0x20;
  return lower >= 97 && lower <= 122;
};
const isBlank = (code: number): boolean =>
  code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d || code === 0x0c;
const isSpaceOrSlash = (code: number): boolean => isBlank(code) || code === 0x2f;
const isNameEnd = (code: number): boolean =>
  isBlank(code) || code === 0x2f || code === 0x3d || code === 0x3e;
const isNameCode = (code: number): boolean =>
  isLetter(code) || (code >= 48 && code <= 58) || code === 0x2d || code === 0x5f;

const after = (html: string, mark: string, from: number): number => {
  const at = html.indexOf(mark, from);
  return at < 0 ? html.length : at + mark.length;
};

/** HTML section 13.2.5.42: comments, doctype, `<![if ...]>` and processing instructions. */
function endOfDeclaration(html: string, open: number): number {
  if (!html.startsWith('<!--', open)) return after(html, '>', open);
  if (html[open + 4] === '>') return open + 5;
  const end = html.indexOf('-->', open + 4);
  return end < 0 ? html.length : end + 3;
}

/** Past the `>` that ends a tag; quoted values may hold one. */
function endOfTag(html: string, from: number): number {
  let quote = 0;
  for (let i = from; i < html.length; i++) {
    const code = html.charCodeAt(i);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === 0x3e) return i + 1;
    else if ((code === 0x22 || code === 0x27) && opensValue(html, i)) quote = code;
    else if (code === LT && isLetter(html.charCodeAt(i + 1))) return i;
  }
  return html.length;
}

/** A stray quote mark inside a tag opens nothing. */
function opensValue(html: string, quoteAt: number): boolean {
  let at = quoteAt - 1;
  while (isBlank(html.charCodeAt(at))) at--;
  return html[at] === '=';
}

function indexOfClose(html: string, name: string, from: number): number {
  for (let at = html.indexOf('</', from); at >= 0; at = html.indexOf('</', at + 2)) {
    if (html.slice(at + 2, at + 2 + name.length).toLowerCase() !== name) continue;
    if (isNameCode(html.charCodeAt(at + 2 + name.length))) continue;
    return after(html, '>', at);
  }
  return -1;
}

function isHiding(attributes: string): boolean {
  const lower = attributes.toLowerCase();
  if (!lower.includes('style') && !lower.includes('hidden')) return false;
  if (attributeOf(lower, 'hidden') !== null) return true;
  const style = attributeOf(lower, 'style')?.replace(/\s+/g, '') ?? '';
  return HIDING_STYLES.some((rule) => style.startsWith(rule) || style.includes(`;${rule}`));
}

const HIDING_STYLES: readonly string[] = [
  'display:none',
  'visibility:hidden',
  'mso-hide:all',
  'opacity:0;',
  'font-size:0;',
  'font-size:0px',
  'font-size:0pt',
  'max-height:0',
];
