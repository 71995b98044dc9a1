import type { Kernels, Limit } from '../base/index.ts';
import { type HtmlAddress, htmlAddresses } from './html-addresses.ts';
import { addHtmlLink, addSightings, type Sink } from './link-observables.ts';
import type { Occurrence, Spot } from './observable.ts';
import { scanText } from './scan-text.ts';
import { percentDecoded, readLink } from './url.ts';

/** Pages within pages that are opened: a frame in a page in a link. */
export const PAGE_DEPTH_MAX = 3;
/** Pages that are written out in the addresses of one body, opened. */
export const INNER_PAGES_MAX = 50;
/** Characters read of a page that is written out in an address. */
const INNER_PAGE_LENGTH_MAX = 1_000_000;

/** An HTML text, and where it stands. */
export interface HtmlPage {
  readonly html: string;
  /** Without an offset, places count in the page. */
  readonly spot: Spot;
  /** Where the page begins in what places count in. */
  readonly at: number;
  /** Links in its scripts count too: of a page that is opened from a file, they are run. */
  readonly scripts?: boolean;
}

/**
 * Everything that a page names: its addresses, its words, and the pages written out in addresses.
 */
export function addHtmlPage(page: HtmlPage, sink: Sink, limits: Limit[]): void {
  const reader = { sink, limits, left: INNER_PAGES_MAX, unread: 0 };
  readPage(page, 0, reader);
  if (page.scripts === true) addScripts(page, sink);
  if (reader.unread > 0)
    limits.push({
      code: 'inner-pages-over-limit',
      at: page.spot.at,
      text: `${reader.unread} pages written out in addresses were not searched for observables.`,
    });
}

/** Whole links only: a script's own words look like hosts and numbers. */
function addScripts({ html, spot }: HtmlPage, sink: Sink): void {
  const open = /<script\b/gi;
  const close = /<\/script/gi;
  for (let hit = open.exec(html); hit !== null; hit = open.exec(html)) {
    close.lastIndex = hit.index;
    const end = close.exec(html)?.index ?? html.length;
    const words = html.slice(hit.index, end).replaceAll('\\/', '/');
    const links = scanText(words, sink.kernels, sink.hosts).filter(({ type }) => type === 'url');
    addSightings(links, { ...spot, how: ['script'] }, sink);
    open.lastIndex = end;
  }
}

interface Reader {
  readonly sink: Sink;
  readonly limits: Limit[];
  left: number;
  unread: number;
}

function readPage({ html, spot, at }: HtmlPage, depth: number, reader: Reader): void {
  const { sink } = reader;
  const { links, uncounted, shown, base } = htmlAddresses(html);
  if (uncounted > 0)
    reader.limits.push({
      code: 'html-links-over-limit',
      at: spot.at,
      text: `${uncounted} further addresses in HTML attributes were not read.`,
    });
  const page = {
    spot,
    base: base === null ? null : readLink(base, sink.hosts),
    words: { shown, at },
  };
  for (const link of links) {
    const placed = at === 0 ? link : { ...link, start: at + link.start, end: at + link.end };
    if (link.attribute === 'srcdoc') {
      const name = `${spot.at} ${link.element} srcdoc`;
      openPage(link.target, { spot: heldBy(spot, name, placed), depth }, reader);
      continue;
    }
    const open = addHtmlLink(placed, page, sink);
    if (open?.read.scheme === 'data') openData(link.target, { seen: open.seen, depth }, reader);
  }
  const words = scanText(shown.text, sink.kernels, sink.hosts, sink.links);
  const sightings = words.map((sighting) => ({
    ...sighting,
    start: at + shown.place(sighting.start),
    end: at + shown.end(sighting.end),
  }));
  addSightings(sightings, spot, sink);
}

/** What stands in an attribute's value has the place of the whole value. */
const heldBy = (spot: Spot, at: string, { start, end }: HtmlAddress): Spot => ({
  ...spot,
  place: spot.place === 'attachment' ? 'attachment' : 'html-attribute',
  at,
  offset: spot.offset ?? start,
  length: spot.length ?? end - start,
});

function openData(
  target: string,
  { seen, depth }: { readonly seen: Occurrence; readonly depth: number },
  reader: Reader,
): void {
  const html = writtenPage(target, reader.sink.kernels);
  if (html !== null) openPage(html, { spot: opened(seen), depth }, reader);
}

const opened = (seen: Occurrence): Spot => ({ ...seen, how: [...seen.how, 'data-url'] });

function openPage(
  html: string,
  { spot, depth }: { readonly spot: Spot; readonly depth: number },
  reader: Reader,
): void {
  if (depth >= PAGE_DEPTH_MAX || reader.left === 0) {
    reader.unread += 1;
    return;
  }
  reader.left -= 1;
  readPage({ html, spot, at: 0 }, depth + 1, reader);
}

/** The page or drawing that a `data:` address is (RFC 2397); null for pictures and files. */
function writtenPage(target: string, kernels: Kernels): string | null {
  const type = PAGE.exec(target.slice(0, 300))?.[0];
  if (type === undefined) return null;
  const said = target.slice(type.length, type.length + INNER_PAGE_LENGTH_MAX);
  if (!/;\s*base64\s*,$/i.test(type)) return percentDecoded(said) ?? said;
  const plain = (percentDecoded(said) ?? said).replace(/-/g, '+').replace(/_/g, '/');
  const digits = kernels.encode(plain);
  const bytes = kernels.base64(digits, 0, digits.length);
  return kernels.utf8(bytes, 0, bytes.length);
}

const PAGE =
  /^\s*data:\s*(?:text\/(?:html|xml)|application\/xhtml\+xml|image\/svg\+xml)[^,]{0,200},/i;
