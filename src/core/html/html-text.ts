import { Backdrop } from './backdrop.ts';
import { decodeReferences, isLetter } from './character-reference.ts';
import type { Hiding } from './hidden-by.ts';
import { looksOf, undoes } from './hiding.ts';
import { SourcePlaces } from './source-places.ts';
import { NO_SHEET, type StyleSheet, styleSheetOf } from './style-sheet.ts';
import { attributeOf, endOfDeclaration, endOfName, endOfTag, past, pastClosingTag } from './tag.ts';
import { TextBuilder } from './text-builder.ts';

/** A half-open range of UTF-16 units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A link as the page shows it: the target, and the words a person clicks. */
export interface HtmlLink {
  readonly href: string;
  /** White space collapsed; an image's alternative text where there are no words. */
  readonly label: string;
}

/** An HTML body as words; places count in UTF-16 units of `text`. */
export interface HtmlReading {
  readonly text: string;
  readonly links: readonly HtmlLink[];
  /** Ranges of `text` that a mail client would not show (`display:none`, zero size, ...). */
  readonly hidden: readonly TextRange[];
  /**
   * Where to cut the source so that the words from a place of `text` on, and the tags that were
   * opened for them, lie behind. `text`'s place must be the start of a line.
   */
  readonly cut: (at: number) => number;
}

/** `readHtml` for callers that want the words only. */
export const htmlToText = (html: string): string => new HtmlReader(html, 'words').read().text;

/** `readHtml` for callers that want the links only. */
export const htmlLinks = (html: string): readonly HtmlLink[] => readHtml(html).links;

/**
 * What an HTML mail body says, as text: one pass, linear, no document tree.
 *
 * Blocks break lines, cells are set apart by a tab, list items begin with `- `, white space
 * collapses as in browsers. Script, style, title and comments are dropped. Hidden text stays in,
 * marked: it is evidence, and often there to mislead filters. Never throws. `until`: reading stops
 * when the text has passed this place. `isWholePage`: false for a stretch, whose background is
 * unknown.
 */
export function readHtml(
  html: string,
  until: number = Number.POSITIVE_INFINITY,
  isWholePage = true,
): HtmlReading {
  return new HtmlReader(html, 'all', isWholePage).read(until);
}

/** `readHtml` for callers that want the text and what of it is hidden: no links, no places. */
export const readHiding = (
  html: string,
  isWholePage: boolean,
): Pick<HtmlReading, 'text' | 'hidden'> => new HtmlReader(html, 'hiding', isWholePage).read();

class HtmlReader {
  readonly #html: string;
  readonly #out: TextBuilder;
  readonly #links: HtmlLink[] = [];
  readonly #hidden: TextRange[] = [];
  /** Elements found to have no end: looking again would make hostile input quadratic. */
  readonly #unclosed = new Set<string>();
  #link: { href: string; mark: number; alternative: string } | null = null;
  #hiding: { name: string; depth: number; start: number; hiding: Hiding } | null = null;
  #preformatted = 0;
  /** First ampersand at or behind the text that was taken last. */
  #ampersand = -1;

  /** Neither links nor hidden ranges are wanted: attributes are not read. */
  readonly #wordsOnly: boolean;
  /** Null for callers that want neither links nor places. */
  readonly #places: SourcePlaces | null;
  /** Rules of the page's style sheets, wherever they stand in it. */
  readonly #sheet: StyleSheet | null;
  readonly #backdrop: Backdrop;

  constructor(html: string, wanted: 'words' | 'hiding' | 'all', isWholePage = true) {
    this.#html = html;
    this.#out = new TextBuilder(wanted === 'all');
    this.#wordsOnly = wanted === 'words';
    const read = this.#wordsOnly ? NO_SHEET : styleSheetOf(html);
    this.#sheet = read.sheet;
    this.#backdrop = new Backdrop(read.paints || !isWholePage ? null : PAGE_COLOUR);
    this.#places = wanted === 'all' ? new SourcePlaces(html) : null;
  }

  read(until: number = Number.POSITIVE_INFINITY): HtmlReading {
    const html = this.#html;
    for (let at = 0; at < html.length; ) {
      if (this.#places !== null && this.#out.length > until) break;
      const open = html.indexOf('<', at);
      const end = open < 0 ? html.length : open;
      if (end > at) this.#text(at, end);
      at = open < 0 ? html.length : this.#markup(open);
    }
    this.#closeLink();
    this.#show();
    const places = this.#places;
    return {
      text: this.#out.toString(),
      links: this.#links,
      hidden: this.#hidden,
      cut: (at) => places?.cut(at) ?? 0,
    };
  }

  #text(start: number, end: number): void {
    const html = this.#html;
    if (this.#ampersand < start) {
      const found = html.indexOf('&', start);
      this.#ampersand = found < 0 ? html.length : found;
    }
    if (this.#preformatted > 0) {
      if (this.#places === null) this.#out.verbatim(decodeReferences(html.slice(start, end)));
      else this.#verbatimLines(start, end, this.#places);
      return;
    }
    if (this.#ampersand >= end) this.#out.flow(html, start, end);
    else this.#out.words(decodeReferences(html.slice(start, end)));
    if (this.#places !== null) this.#place(start, this.#places);
  }

  /** Line by line, so that each has its place. */
  #verbatimLines(start: number, end: number, places: SourcePlaces): void {
    for (let at = start; at < end; ) {
      const next = Math.min(past(this.#html, '\n', at), end);
      this.#out.verbatim(decodeReferences(this.#html.slice(at, next)));
      this.#place(at, places);
      at = next;
    }
  }

  /** Blanks are no words: whatever markup is around them stays with what stands before. */
  #place(source: number, places: SourcePlaces): void {
    if (!this.#out.pushedBlank) places.add(this.#out.pushedAt, source);
  }

  /** Handles what begins with `<` at `open`; returns where it ends. */
  #markup(open: number): number {
    const html = this.#html;
    const next = html.charCodeAt(open + 1);
    if (isLetter(next)) return this.#openingTag(open + 1);
    if (next === 0x21 || next === 0x3f) return endOfDeclaration(html, open);
    if (next === 0x2f) {
      if (!isLetter(html.charCodeAt(open + 2))) return past(html, '>', open);
      const nameEnd = endOfName(html, open + 3);
      this.#close(html.slice(open + 2, nameEnd));
      return past(html, '>', nameEnd);
    }
    this.#text(open, open + 1);
    return open + 1;
  }

  #openingTag(nameStart: number): number {
    const html = this.#html;
    const nameEnd = endOfName(html, nameStart + 1);
    const end = endOfTag(html, nameEnd);
    const name = html.slice(nameStart, nameEnd);
    const tag = tagOf(name);
    if (tag.dropped !== null && !this.#unclosed.has(name)) {
      const close = pastClosingTag(html, name.toLowerCase(), end);
      if (close >= 0) return close;
      if (tag.dropped === 'to the end') return html.length;
      this.#unclosed.add(name);
    }
    if (this.#wordsOnly) this.#openForWords(tag);
    else this.#open(name, tag, html.slice(nameEnd, end));
    return end;
  }

  #openForWords({ breaks, does }: Tag): void {
    if (breaks > 0) this.#out.block(breaks);
    if (does !== null && does !== 'link' && does !== 'image') this.#act(does, '');
  }

  #open(name: string, tag: Tag, attributes: string): void {
    if (tag.breaks > 0) this.#out.block(tag.breaks);
    if (attributes.length > 6 || this.#sheet !== null) this.#hide(name, tag, attributes);
    else {
      if (this.#hiding?.name === name) this.#hiding.depth++;
      this.#backdrop.open(name);
    }
    if (tag.does !== null) this.#act(tag.does, attributes);
  }

  #act(does: NonNullable<Tag['does']>, attributes: string): void {
    if (does === 'break') this.#out.lineBreak();
    else if (does === 'item') this.#out.words('- ');
    else if (does === 'cell') this.#out.blank('\t');
    else if (does === 'verbatim') this.#preformatted++;
    else if (does === 'link') {
      if (this.#places !== null) this.#openLink(attributes);
    } else if (this.#link !== null) this.#link.alternative ||= attributeOf(attributes, 'alt') ?? '';
  }

  #close(name: string): void {
    const tag = tagOf(name);
    if (this.#hiding?.name === name && --this.#hiding.depth === 0) this.#show();
    if (!this.#wordsOnly) this.#backdrop.close(name);
    if (tag.breaks > 0) this.#out.block(tag.breaks);
    if (tag.does === 'link') this.#closeLink();
    else if (tag.does === 'verbatim') this.#preformatted = Math.max(0, this.#preformatted - 1);
  }

  #hide(name: string, tag: Tag, attributes: string): void {
    const weak = this.#hiding === null ? 'whole' : this.#hiding.hiding;
    if (weak !== 'whole' && undoes(weak, name, attributes, this.#sheet)) this.#show();
    if (tag.empty) return;
    const { hiding, background } = looksOf(name, attributes, this.#sheet, this.#backdrop.colour);
    this.#backdrop.open(name, background);
    if (this.#hiding !== null) {
      if (this.#hiding.name === name) this.#hiding.depth++;
      return;
    }
    // The colours of the page are what nearly every element inside has its own of.
    if (hiding === null || (hiding === 'colour' && tag.page)) return;
    this.#hiding = { name, depth: 1, start: this.#out.length, hiding };
  }

  #show(): void {
    if (this.#hiding === null) return;
    const { start } = this.#hiding;
    const end = this.#out.length;
    if (end > start) this.#hidden.push({ start, end });
    this.#hiding = null;
  }

  #openLink(attributes: string): void {
    this.#closeLink();
    const href = attributeOf(attributes, 'href');
    if (href !== null) this.#link = { href: href.trim(), mark: this.#out.mark, alternative: '' };
  }

  #closeLink(): void {
    if (this.#link === null) return;
    const { href, mark, alternative } = this.#link;
    const label = this.#out.since(mark).trim().replace(/\s+/g, ' ');
    this.#links.push({ href, label: label || alternative });
    this.#link = null;
  }
}

/** Mail programs show a page on white where it states nothing else. */
const PAGE_COLOUR = 'ffffff';

interface Tag {
  /** Line breaks around the element: 1 ends the line, 2 leaves an empty one. */
  readonly breaks: 0 | 1 | 2;
  readonly does: 'break' | 'item' | 'cell' | 'verbatim' | 'link' | 'image' | null;
  /** Content is no text; what of an element that is never closed. */
  readonly dropped: 'to the end' | 'if closed' | null;
  readonly empty: boolean;
  /** The whole page. */
  readonly page: boolean;
}

/** All of one shape: the engine compiles tighter code for what reads them. */
const tag = (said: Partial<Tag>): Tag => ({
  breaks: said.breaks ?? 0,
  does: said.does ?? null,
  dropped: said.dropped ?? null,
  empty: said.empty ?? false,
  page: said.page ?? false,
});

const OTHER = tag({});
const LINE = tag({ breaks: 1 });

/** In lower and in upper case: a name has to be folded only where it is written in both. */
const named = (names: string, one: Tag): [string, Tag][] =>
  `${names} ${names.toUpperCase()}`.split(' ').map((name) => [name, one]);

const TAGS: ReadonlyMap<string, Tag> = new Map([
  ...named('p h1 h2 h3 h4 h5 h6 blockquote ul ol dl table', tag({ breaks: 2 })),
  ...named('body html', tag({ breaks: 1, page: true })),
  ...named('address article aside center dd details dir div dt fieldset figcaption', LINE),
  ...named('figure footer form header html legend main menu nav option section summary', LINE),
  ...named('tr caption thead tbody tfoot', LINE),
  ...named('script style title noembed noframes', tag({ dropped: 'to the end' })),
  ...named('xml template', tag({ dropped: 'if closed' })),
  ...named('area base col embed input link meta source track wbr', tag({ empty: true })),
  ...named('b i u s em strong small big sub sup tt font span code', OTHER),
  ...named('br', tag({ does: 'break', empty: true })),
  ...named('hr', tag({ breaks: 1, empty: true })),
  ...named('img', tag({ does: 'image', empty: true })),
  ...named('li', tag({ breaks: 1, does: 'item' })),
  ...named('td th', tag({ does: 'cell' })),
  ...named('pre', tag({ breaks: 2, does: 'verbatim' })),
  ...named('textarea', tag({ breaks: 1, does: 'verbatim' })),
  ...named('a', tag({ does: 'link' })),
]);

const tagOf = (name: string): Tag => TAGS.get(name) ?? TAGS.get(name.toLowerCase()) ?? OTHER;
