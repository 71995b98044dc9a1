import { styleTargets, targetsIn } from './address-attributes.ts';
import { type PlacedText, placedText } from './placed-text.ts';
import { isOfWord, wordBreaks } from './word-breaks.ts';

/** One address in an HTML attribute, and the words a reader saw on it. */
export interface HtmlAddress {
  readonly element: string;
  readonly attribute: string;
  /** Entities decoded. */
  readonly target: string;
  /** What an `a` shows; null for other elements. */
  readonly label: HtmlLabel | null;
  /** Of the attribute's value in the source, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/** The words on a link: a stretch of the page's words, and those that stand for its pictures. */
export interface HtmlLabel {
  /** In `HtmlAddressReading.shown`. */
  readonly from: number;
  readonly to: number;
  /** `alt` of pictures: entities decoded, with the place of the attribute's value in the source. */
  readonly pictures: readonly HtmlLabelPicture[];
}

interface HtmlLabelPicture {
  readonly element: string;
  readonly words: string;
  readonly start: number;
  readonly end: number;
}

/** The addresses of one page, and its words as a person sees them. */
export interface HtmlAddressReading {
  readonly links: readonly HtmlAddress[];
  /**
   * The source without tags, comments, scripts and styles, with a blank where a page parts words.
   */
  readonly shown: PlacedText;
  /** What relative addresses count from (`<base href>`); null where the page does not say. */
  readonly base: string | null;
  /** Addresses beyond `HTML_ADDRESSES_MAX`, not kept. */
  readonly uncounted: number;
}

/** Newsletters hold hundreds; more is a flood. */
const HTML_ADDRESSES_MAX = 5000;
/** Longer labels are pictures of a page, not names of a target. */
const LABEL_LENGTH_MAX = 1000;

/** More pictures on one link are slices of a page. */
const LABEL_PICTURES_MAX = 50;

interface Open {
  readonly link: Omit<HtmlAddress, 'label'>;
  readonly from: number;
  readonly pictures: HtmlLabelPicture[];
}

/**
 * Every address in the attributes of an HTML text, with the label of each `a`.
 *
 * Reads tags as a browser's tokenizer roughly does (WHATWG HTML section 13.2.5): comments are
 * skipped but for Outlook's conditional ones, script and style contents are skipped, quotes may be
 * missing. Nothing is rendered: hidden links are found like shown ones. Linear time.
 */
export function htmlAddresses(html: string): HtmlAddressReading {
  const shown = shownPieces(html);
  const found = addressLedger(shown.length);
  for (let at = 0; at < html.length; ) {
    const tag = html.indexOf('<', at);
    const text = html.slice(at, tag < 0 ? html.length : tag);
    if (text !== '') shown.add(text, at);
    if (tag < 0) break;
    at = skipped(html, tag);
    if (at > tag) continue;
    const read = readTag(html, tag);
    at = read.end;
    found.tag(read);
    if (read.name !== 'script' && read.name !== 'style') continue;
    const end = rawEnd(html, at, read.name);
    if (read.name === 'style') found.style(html.slice(at, end), at);
    at = end;
  }
  return { ...found.close(), shown: shown.text() };
}

/**
 * Gathers what stands between tags, character references decoded, blanks where words are parted.
 */
function shownPieces(html: string): {
  add(text: string, at: number): void;
  length(): number;
  text(): PlacedText;
} {
  const breaks = wordBreaks(html);
  const [pieces, starts, sources]: [string[], number[], number[]] = [[], [], []];
  const ends = new Map<number, number>();
  let [length, end] = [0, 0];
  const put = (piece: string, at: number): void => {
    starts.push(length);
    sources.push(at);
    pieces.push(piece);
    length += piece.length;
  };
  const decode = (text: string, at: number): void => {
    let last = 0;
    REFERENCE.lastIndex = 0;
    for (let hit = REFERENCE.exec(text); hit !== null; hit = REFERENCE.exec(text)) {
      const decoded = decodedReference(hit[0], hit[1], hit[2], hit[3]);
      if (decoded === hit[0]) continue;
      if (hit.index > last) put(text.slice(last, hit.index), at + last);
      last = hit.index + hit[0].length;
      ends.set(starts.length, at + last);
      put(decoded, at + hit.index);
    }
    if (last < text.length) put(text.slice(last), at + last);
  };
  return {
    add(text, at) {
      if (pieces.length > 0) {
        const joins = isOfWord(html.charCodeAt(end - 1)) && isOfWord(text.charCodeAt(0));
        if (!joins || breaks(end, at)) {
          pieces.push(' ');
          length += 1;
        }
      }
      end = at + text.length;
      if (text.includes('&')) decode(text, at);
      else put(text, at);
    },
    length: () => length,
    text: () => placedText(pieces.join(''), starts, sources, ends),
  };
}

/** Gathers addresses tag by tag; an `a` waits for its label. `shownLength`: of the words so far. */
function addressLedger(shownLength: () => number): {
  tag(read: Tag): void;
  style(css: string, at: number): void;
  close(): Omit<HtmlAddressReading, 'shown'>;
} {
  const links: HtmlAddress[] = [];
  let uncounted = 0;
  let open: Open | null = null;
  let base: string | null = null;
  const keep = (link: HtmlAddress): void => {
    if (links.length < HTML_ADDRESSES_MAX) links.push(link);
    else uncounted += 1;
  };
  const closeLabel = (): void => {
    if (open !== null) {
      const { link, from, pictures } = open;
      const to = Math.min(shownLength(), from + LABEL_LENGTH_MAX);
      keep({ ...link, label: { from, to, pictures } });
    }
    open = null;
  };
  const addTargets = (element: string, { name: of, value, start, end }: Attribute): void => {
    for (const target of targetsIn(element, of, value)) {
      const link = { element, attribute: of, target, start, end };
      const isLink = element === 'a' && (of === 'href' || of === 'xlink:href');
      if (isLink && open === null) open = { link, from: shownLength(), pictures: [] };
      else keep({ ...link, label: null });
      if (element === 'base' && of === 'href') base ??= target;
    }
    if (of === 'srcdoc') keep({ element, attribute: of, target: value, start, end, label: null });
  };
  return {
    tag({ name, attributes }) {
      if (name === '/a' || name === 'a') closeLabel();
      for (const attribute of attributes) {
        if (attribute.name === 'alt' && open !== null) addPicture(open.pictures, name, attribute);
        addTargets(name, attribute);
      }
    },
    style(css, at) {
      for (const { target, start, end } of styleTargets(css))
        keep({
          element: 'style',
          attribute: 'url',
          target,
          start: at + start,
          end: at + end,
          label: null,
        });
    },
    close() {
      closeLabel();
      return { links, uncounted, base };
    },
  };
}

function addPicture(
  pictures: HtmlLabelPicture[],
  element: string,
  { value, start, end }: Attribute,
): void {
  if (pictures.length < LABEL_PICTURES_MAX)
    pictures.push({ element, words: value.slice(0, LABEL_LENGTH_MAX), start, end });
}

/** End of a comment or declaration that starts here; `tag` itself where none does. */
function skipped(html: string, tag: number): number {
  if (html[tag + 1] !== '!' && html[tag + 1] !== '?') {
    return beginsTag(html.charCodeAt(tag + 1)) ? tag : tag + 1;
  }
  if (!html.startsWith('<!--', tag)) return after(html, '>', tag);
  if (html.startsWith('<!--[if', tag)) return after(html, '>', tag);
  return after(html, '-->', tag + 2);
}

/** A letter or a slash. */
const beginsTag = (code: number): boolean =>
  code === 47 || ((code | 0x20) >= 97 && (code | 0x20) <= 122);

function after(html: string, mark: string, from: number): number {
  const at = html.indexOf(mark, from);
  return at < 0 ? html.length : at + mark.length;
}

function rawEnd(html: string, from: number, name: string): number {
  const close = new RegExp(`</${name}`, 'gi');
  close.lastIndex = from;
  return close.exec(html)?.index ?? html.length;
}

interface Attribute {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** An element with more attributes is an attack on readers. */
const ATTRIBUTES_MAX = 200;

/** Words of the attributes that matter; a tag without any of them is passed over. */
const HINT = /href|src|action|background|poster|data|cite|longdesc|url|alt/i;

interface Tag {
  readonly name: string;
  readonly attributes: readonly Attribute[];
  readonly end: number;
}

const TAG_NAME = /\/?[a-z][^\s>/]{0,40}/iy;
/** Attributes that name something are no shorter: `src=x`. */
const INSIDE_LENGTH_MIN = 5;

function readTag(html: string, tag: number): Tag {
  TAG_NAME.lastIndex = tag + 1;
  const name = (TAG_NAME.exec(html)?.[0] ?? '').toLowerCase();
  const from = tag + 1 + name.length;
  const end = tagEnd(html, from);
  const isBare = end - from < INSIDE_LENGTH_MIN || name.startsWith('/');
  const inside = isBare ? '' : html.slice(from, end);
  const attributes = isBare || !HINT.test(inside) ? NONE : readAttributes(inside, from);
  return { name, attributes, end: Math.min(end + 1, html.length) };
}

const NONE: readonly Attribute[] = [];

/** Place of the `>` that closes a tag: one in a quoted value does not. */
function tagEnd(html: string, from: number): number {
  for (let at = from; at < html.length; at += 1) {
    const code = html.charCodeAt(at);
    if (code === 62) return at;
    if ((code !== 34 && code !== 39) || !isAssigned(html, from, at)) continue;
    at = html.indexOf(code === 34 ? '"' : "'", at + 1);
    if (at < 0) break;
  }
  return html.length;
}

/** A quote opens a value behind an equals sign, with some blanks at most between them. */
const isAssigned = (html: string, from: number, quote: number): boolean =>
  quote > from &&
  (html.charCodeAt(quote - 1) === 61 ||
    /=\s{1,9}$/.test(html.slice(Math.max(from, quote - 10), quote)));

const ATTRIBUTE = /[\s/]*([^\s=>/]+|=)(?:\s*=\s*(?:"([^"]*)"?|'([^']*)'?|([^\s>]*)))?/y;

function readAttributes(inside: string, offset: number): readonly Attribute[] {
  const attributes: Attribute[] = [];
  ATTRIBUTE.lastIndex = 0;
  while (attributes.length < ATTRIBUTES_MAX) {
    const hit = ATTRIBUTE.exec(inside);
    if (hit === null) break;
    const raw = hit[2] ?? hit[3] ?? hit[4] ?? '';
    const quoted = hit[2] !== undefined || hit[3] !== undefined;
    const closes = quoted && (hit[0].endsWith('"') || hit[0].endsWith("'")) ? 1 : 0;
    const end = offset + hit.index + hit[0].length - closes;
    attributes.push({
      name: (hit[1] ?? '').slice(0, 40).toLowerCase(),
      value: decodeEntities(raw),
      start: end - raw.length,
      end,
    });
  }
  return attributes;
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  sol: '/',
  bsol: '\\',
  period: '.',
  colon: ':',
  commat: '@',
  equals: '=',
  quest: '?',
  num: '#',
  percnt: '%',
  lowbar: '_',
  hyphen: '-',
  Tab: '\t',
  NewLine: '\n',
  shy: '\u00ad',
  zwnj: '\u200c',
  zwj: '\u200d',
};

const REFERENCE = /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,8}))(?:;|(?![\w=]))/gi;

/** Character references that stand in addresses and labels; unknown ones stay as written. */
const decodeEntities = (text: string): string =>
  text.includes('&') ? text.replace(REFERENCE, decodedReference) : text;

/** A hit of `REFERENCE` with its groups. */
function decodedReference(whole: string, hex?: string, decimal?: string, name?: string): string {
  if (name !== undefined) return NAMED[name] ?? whole;
  const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return point > 0 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff)
    ? String.fromCodePoint(point)
    : '\ufffd';
}
