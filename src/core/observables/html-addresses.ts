/** One address in an HTML attribute, and the words a reader saw on it. */
export interface HtmlAddress {
  readonly element: string;
  readonly attribute: string;
  /** Entities decoded. */
  readonly target: string;
  /** What an `a` shows, blanks folded; null for other elements. */
  readonly label: string | null;
  /** Of the attribute's value in the source, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

export interface HtmlAddressReading {
  readonly links: readonly HtmlAddress[];
  /** The source with tags, comments, scripts and styles blanked out: places stay the same. */
  readonly shown: string;
  /** Addresses beyond `HTML_ADDRESSES_MAX`, not kept. */
  readonly uncounted: number;
}

/** Newsletters hold hundreds; more is a flood. */
export const HTML_ADDRESSES_MAX = 5000;
/** Longer labels are pictures of a page, not names of a target. */
const LABEL_LENGTH_MAX = 1000;

const ADDRESSES: ReadonlySet<string> = new Set([
  'href',
  'src',
  'action',
  'formaction',
  'background',
  'poster',
  'data',
  'srcset',
  'cite',
  'longdesc',
]);

interface Open {
  readonly link: Omit<HtmlAddress, 'label'>;
  label: string;
}

/**
 * Every address in the attributes of an HTML text, with the label of each `a`.
 *
 * Reads tags as a browser's tokenizer roughly does (WHATWG HTML section 13.2.5): comments are
 * skipped but for Outlook's conditional ones, script and style contents are skipped, quotes may be
 * missing. Nothing is rendered: hidden links are found like shown ones. Linear time.
 */
export function htmlAddresses(html: string): HtmlAddressReading {
  const links: HtmlAddress[] = [];
  let uncounted = 0;
  let shown = '';
  let open: Open | null = null;
  const keep = (link: HtmlAddress): void => {
    if (links.length < HTML_ADDRESSES_MAX) links.push(link);
    else uncounted += 1;
  };
  const close = (): void => {
    if (open !== null) keep({ ...open.link, label: folded(open.label) });
    open = null;
  };
  const say = (text: string): void => {
    if (open !== null && open.label.length < LABEL_LENGTH_MAX) open.label += text;
  };
  for (let at = 0; at < html.length; ) {
    const tag = html.indexOf('<', at);
    const text = html.slice(at, tag < 0 ? html.length : tag);
    shown += text;
    say(text.slice(0, LABEL_LENGTH_MAX));
    if (tag < 0) break;
    at = skipped(html, tag);
    if (at > tag) {
      shown += ' '.repeat(at - tag);
      continue;
    }
    const read = readTag(html, tag);
    at = Math.min(read.end, html.length);
    if (read.name === '/a' || read.name === 'a') close();
    for (const attribute of read.attributes) {
      if (attribute.name === 'alt') say(attribute.value);
      const target = addressIn(read.name, attribute);
      if (target === null) continue;
      const { start, end } = attribute;
      const link = { element: read.name, attribute: attribute.name, target, start, end };
      if (read.name === 'a' && attribute.name === 'href' && open === null)
        open = { link, label: '' };
      else keep({ ...link, label: null });
    }
    if (read.name === 'script' || read.name === 'style') at = rawEnd(html, at, read.name);
    shown += ' '.repeat(at - tag);
  }
  close();
  return { links, uncounted, shown };
}

const folded = (label: string): string =>
  decodeEntities(label)
    .replace(/[\s\u00a0\u200b-\u200d\u2060\ufeff]+/g, ' ')
    .trim();

/** End of a comment or declaration that starts here; `tag` itself where none does. */
function skipped(html: string, tag: number): number {
  if (html[tag + 1] !== '!' && html[tag + 1] !== '?') {
    return /[a-z/]/i.test(html[tag + 1] ?? '') ? tag : tag + 1;
  }
  if (!html.startsWith('<!--', tag)) return after(html, '>', tag);
  if (html.startsWith('<!--[if', tag)) return after(html, '>', tag);
  return after(html, '-->', tag + 2);
}

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

function readTag(
  html: string,
  tag: number,
): { name: string; attributes: readonly Attribute[]; end: number } {
  let at = tag + 1;
  while (at < html.length && at - tag < 40 && !/[\s>/]/.test(html[at] ?? '')) at += 1;
  if (html[tag + 1] === '/') {
    const name = /^\/[a-z0-9]+/i.exec(html.slice(tag + 1, tag + 20))?.[0] ?? '/';
    return { name: name.toLowerCase(), attributes: [], end: after(html, '>', at) };
  }
  const name = html.slice(tag + 1, at).toLowerCase();
  const attributes: Attribute[] = [];
  for (;;) {
    while (at < html.length && /[\s/]/.test(html[at] ?? '')) at += 1;
    if (at >= html.length || html[at] === '>') return { name, attributes, end: at + 1 };
    const from = at;
    while (at < html.length && !/[\s=>/]/.test(html[at] ?? '')) at += 1;
    if (at === from) at += 1;
    const attribute = html.slice(from, Math.min(at, from + 40)).toLowerCase();
    const value = valueAfter(html, at);
    at = value.next;
    if (attributes.length < ATTRIBUTES_MAX) {
      const { start, end } = value;
      attributes.push({
        name: attribute,
        value: decodeEntities(html.slice(start, end)),
        start,
        end,
      });
    }
  }
}

function valueAfter(html: string, from: number): { start: number; end: number; next: number } {
  let at = from;
  while (/[ \t\r\n\f]/.test(html[at] ?? '')) at += 1;
  if (html[at] !== '=') return { start: from, end: from, next: from };
  at += 1;
  while (/[ \t\r\n\f]/.test(html[at] ?? '')) at += 1;
  const quote = html[at];
  if (quote === '"' || quote === "'") {
    const close = html.indexOf(quote, at + 1);
    const end = close < 0 ? html.length : close;
    return { start: at + 1, end, next: end + 1 };
  }
  const start = at;
  while (at < html.length && !/[\s>]/.test(html[at] ?? '')) at += 1;
  return { start, end: at, next: at };
}

function addressIn(element: string, attribute: Attribute): string | null {
  const value = attribute.value.trim();
  if (ADDRESSES.has(attribute.name)) {
    const first = attribute.name === 'srcset' ? (value.split(/[\s,]/, 1)[0] ?? '') : value;
    return first === '' || first.startsWith('#') ? null : first;
  }
  if (element === 'meta' && attribute.name === 'content')
    return (
      /^\s*\d{0,9}\s*[;,]\s*url\s*=\s*['"]?(.*?)['"]?$/is.exec(value.slice(0, 8192))?.[1] ?? null
    );
  if (attribute.name !== 'style') return null;
  return /url\(\s*['"]?([^'")]{1,8192})/i.exec(value)?.[1] ?? null;
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

/** Character references that stand in addresses and labels; unknown ones stay as written. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,8}))(?:;|(?![\w=]))/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return NAMED[name] ?? whole;
      const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return point > 0 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff)
        ? String.fromCodePoint(point)
        : '\ufffd';
    },
  );
}
