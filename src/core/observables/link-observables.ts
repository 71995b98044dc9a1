import type { Kernels } from '../base/index.ts';
import { GATEWAY_DEPTH_MAX, unwrapLink } from './gateway.ts';
import { type HostReader, organisationOf } from './host-name.ts';
import type { HtmlAddress, HtmlLabel } from './html-addresses.ts';
import { SAME_SITE } from './link-services.data.ts';
import {
  type Finding,
  type Occurrence,
  occurrenceAt,
  type Place,
  type Spot,
} from './observable.ts';
import { dialledNumber, messengerNumber } from './phone.ts';
import { type PlacedText, placedText } from './placed-text.ts';
import { type Sighting, scanText } from './scan-text.ts';
import {
  type Link,
  type LinkReader,
  percentDecoded,
  queryValue,
  readLink,
  resolvedLink,
} from './url.ts';

/** Where findings go, and the byte work that reading them takes. */
export interface Sink {
  readonly kernels: Kernels;
  readonly add: (finding: Finding) => void;
  readonly hosts: HostReader;
  /** Remembers what the message's links are. */
  readonly links: LinkReader;
  /** What each of those stands for, noted once (`standsFor`). */
  readonly known: Map<Link, Meaning>;
}

/** What a link names beside itself, and where it leads in the end. */
interface Meaning {
  /** What is to be said of the link itself: `link-protection`. */
  readonly how: readonly string[];
  readonly rows: readonly (Pick<Finding, 'type' | 'value'> & Pick<Occurrence, 'how'>)[];
  readonly target: Link;
  /** The target only leads on, and does not show where to; `names` is the host that it says. */
  readonly leadsOn: { readonly names: string | null } | null;
  /** The telephone number that it calls or writes to. */
  readonly dialled: string | null;
}

/** Reports what a text names, with the hosts inside it and what gateways hide. */
export function addSightings(sightings: readonly Sighting[], spot: Spot, sink: Sink): void {
  for (const sighting of sightings) {
    const seen = occurrenceAt(spot, sighting.how, sighting);
    const link = sighting.type === 'url' ? sink.links(sighting.value) : null;
    if (link === null) sink.add({ type: sighting.type, value: sighting.value, occurrence: seen });
    else fromLink(link, sighting.value, seen, sink);
    if (sighting.type === 'email') addHost(sighting.value, 'in-address', seen, sink);
  }
}

function addHost(value: string, how: string, seen: Occurrence, sink: Sink): void {
  const host = sink.hosts(value.slice(value.lastIndexOf('@') + 1));
  if (host === null) return;
  const type = host.kind === 'name' ? 'host' : 'ip';
  sink.add({ type, value: host.ascii, occurrence: { ...seen, how: [...seen.how, how] } });
}

/** A link, its host, and what a gateway's link stands for, as far as it can be told. */
function fromLink(link: Link, value: string, seen: Occurrence, sink: Sink): Meaning {
  let meaning = sink.known.get(link);
  if (meaning === undefined) {
    meaning = standsFor(link, sink);
    sink.known.set(link, meaning);
  }
  sink.add({ type: 'url', value, occurrence: noted(seen, meaning.how) });
  for (const { type, value: named, how } of meaning.rows)
    sink.add({ type, value: named, occurrence: noted(seen, how) });
  return meaning;
}

function noted(seen: Occurrence, how: readonly string[]): Occurrence {
  if (how.length === 0) return seen;
  return { ...seen, how: seen.how.length === 0 ? how : [...seen.how, ...how] };
}

function standsFor(link: Link, { hosts, kernels }: Sink): Meaning {
  const rows: Meaning['rows'][number][] = [];
  let own: readonly string[] | null = null;
  let current = link;
  let last: readonly string[] = [];
  for (let depth = 0; ; depth += 1) {
    const unwrapped = depth < GATEWAY_DEPTH_MAX ? unwrapLink(current, kernels) : null;
    const mark = unwrapped?.protects === true ? PROTECTION : NOTHING;
    if (own === null) own = mark;
    else rows.push({ type: 'url', value: current.href, how: [...last, ...mark] });
    if (current.host !== null) {
      const how = [...last, 'in-url', ...(current.hasUserInfo ? ['user-info'] : []), ...mark];
      const type = current.host.kind === 'name' ? 'host' : 'ip';
      rows.push({ type, value: current.host.ascii, how });
    }
    if (unwrapped === null) {
      const dialled = messengerNumber(current);
      if (dialled !== null) rows.push({ type: 'phone', value: dialled, how: [...last, 'in-url'] });
      return { how: own, rows, target: current, leadsOn: null, dialled };
    }
    last = [...last, `unwrapped:${unwrapped.gateway}`];
    const target = unwrapped.target === null ? null : readLink(unwrapped.target, hosts);
    if (target === null) {
      const named = unwrapped.host === null ? null : hosts(unwrapped.host);
      if (named?.kind === 'name') rows.push({ type: 'host', value: named.ascii, how: last });
      const leadsOn = { names: named?.ascii ?? null };
      return { how: own, rows, target: current, leadsOn, dialled: null };
    }
    current = target;
  }
}

const NOTHING: readonly string[] = [];
const BASED: readonly string[] = ['base'];
const PROTECTION: readonly string[] = ['link-protection'];

/** The page that a link stands in. */
export interface LinkPage {
  readonly spot: Spot;
  readonly base: Link | null;
  /** What a page shows, where it has any. */
  readonly words?: PageWords;
}

/** The words of a page, and where its source begins in what places count in. */
interface PageWords {
  readonly shown: PlacedText;
  readonly at: number;
}

/**
 * Reports one address of an HTML attribute, and a label that names another site. Returns what the
 * address is, for whoever looks inside (`data:`); null where it leads nowhere.
 */
export function addHtmlLink(link: HtmlAddress, page: LinkPage, sink: Sink): OpenLink | null {
  const { spot } = page;
  const at = `${spot.at} ${link.element} ${link.attribute}`;
  const place = spot.place === 'html-text' ? placeOf(link) : spot.place;
  const whole = sink.links(link.target);
  const based = whole === null && page.base !== null;
  const read = based ? resolvedLink(link.target, page.base, sink.hosts) : whole;
  const own = spot.offset === undefined ? { place, at } : { ...spot, place, at };
  const seen = occurrenceAt(own, based ? BASED : (read?.how ?? NOTHING), link);
  if (read === null || read.scheme === 'cid' || isPicture(read)) return null;
  const end =
    read.host === null ? endOfOpaque(read, seen, sink) : fromLink(read, read.href, seen, sink);
  if (link.label !== null && page.words !== undefined)
    addLabel({ label: link.label, seen, end, spot, ...page.words }, sink);
  return { read, seen };
}

/** Where a link ends, as far as it shows. */
type End = Pick<Meaning, 'target' | 'leadsOn' | 'dialled'>;

/** Of a link without a host: who is written to or called, or what it is. */
function endOfOpaque(read: Link, seen: Occurrence, sink: Sink): End {
  const end = { target: read, leadsOn: null };
  if (read.scheme === 'mailto' || read.scheme === 'tel' || read.scheme === 'sms')
    return { ...end, dialled: fromDial(read, seen, sink) };
  sink.add({ type: 'url', value: read.href.slice(0, 300), occurrence: seen });
  const dialled = messengerNumber(read);
  if (dialled !== null)
    sink.add({ type: 'phone', value: dialled, occurrence: noted(seen, ['in-url']) });
  return { ...end, dialled };
}

interface OpenLink {
  readonly read: Link;
  readonly seen: Occurrence;
}

const TARGETS: ReadonlySet<string> = new Set(['a', 'area', 'form']);
/** Asked or loaded by the page itself, whoever clicks. */
const placeOf = ({ element, attribute }: HtmlAddress): Place =>
  TARGETS.has(element) && attribute !== 'ping' && attribute !== 'style'
    ? 'link-target'
    : 'html-attribute';

/** A picture or font written out in the page leads nowhere; SVG and HTML may. */
const isPicture = ({ scheme, path }: Link): boolean =>
  scheme === 'data' && /^(?:image\/(?!svg)|font\/)/i.test(path.slice(0, 20));

/** Who is written to or called, and what a link has the reader write (RFC 6068, RFC 5724). */
function fromDial(link: Link, seen: Occurrence, sink: Sink): string | null {
  const mark = link.path.indexOf('?');
  const target = mark < 0 ? link.path : link.path.slice(0, mark);
  const isMail = link.scheme === 'mailto';
  const dialled = isMail ? null : dialledNumber(percentDecoded(target) ?? target);
  if (isMail) addressees(target, seen, sink);
  else if (dialled !== null) sink.add({ type: 'phone', value: dialled, occurrence: seen });
  if (mark >= 0) fromDraft(link.path.slice(mark + 1, mark + 1 + DRAFT_LENGTH_MAX), seen, sink);
  return dialled;
}

/** A longer draft of a letter is no link that a mail program opens. */
const DRAFT_LENGTH_MAX = 8192;

function fromDraft(query: string, seen: Occurrence, sink: Sink): void {
  for (const name of ['to', 'cc', 'bcc']) addressees(queryValue(query, name) ?? '', seen, sink);
  for (const name of ['subject', 'body']) {
    const words = queryValue(query, name);
    if (words === null || words === '') continue;
    const how = [...seen.how, 'draft'];
    addSightings(scanText(words, sink.kernels, sink.hosts), { ...seen, how }, sink);
  }
}

function addressees(target: string, seen: Occurrence, sink: Sink): void {
  if (target === '') return;
  const words = target.replace(/%40/gi, '@').slice(0, 2000);
  for (const { type, value } of scanText(words, sink.kernels, sink.hosts)) {
    if (type !== 'email') continue;
    sink.add({ type, value, occurrence: seen });
    addHost(value, 'in-address', seen, sink);
  }
}

/** A link of a page with the words on it. */
interface Labelled extends PageWords {
  readonly spot: Spot;
  readonly label: HtmlLabel;
  /** The link's own place. */
  readonly seen: Occurrence;
  readonly end: End;
}

/**
 * `www.board.example` on a link to elsewhere: the words are a claim about the target. Of a link
 * that leads on to a page that it does not show, nobody can say that the claim is false.
 */
function addLabel(link: Labelled, sink: Sink): void {
  const { label, seen, end, shown, at } = link;
  const place = seen.place === 'attachment' ? seen.place : 'link-text';
  const words = shown.text.slice(label.from, label.to);
  const spot: Spot = { ...link.spot, place, at: seen.at };
  const found = named(words, end, sink).map((sighting) => {
    const start = at + shown.place(label.from + sighting.start);
    const placed = { start, end: at + shown.end(label.from + sighting.end) };
    return { sighting, words, occurrence: occurrenceAt(spot, sighting.how, placed) };
  });
  for (const picture of label.pictures) {
    const placed = { start: at + picture.start, end: at + picture.end };
    const alt: Spot = { ...spot, at: `${link.spot.at} ${picture.element} alt` };
    for (const sighting of named(picture.words, end, sink)) {
      const occurrence = occurrenceAt(alt, sighting.how, placed);
      found.push({ sighting, words: picture.words, occurrence });
    }
  }
  for (const claim of found) compareSite(claim, end, sink);
  compareNumbers(found, end, sink);
}

/** Without any of these, words name no site, defanged or not; without digits, no number. */
const MAY_NAME = /[.@[(\uff0e\u3002\uff61]|:\/\//;
const DIGITS = /\d\d/;

function named(words: string, { dialled }: End, sink: Sink): readonly Sighting[] {
  if (!MAY_NAME.test(words) && (dialled === null || !DIGITS.test(words))) return [];
  return scanAsSeen(words, sink).filter(
    ({ type }) => SITES.has(type) || (type === 'phone' && dialled !== null),
  );
}

const SITES: ReadonlySet<Sighting['type']> = new Set(['url', 'host', 'email']);

/** What shows nothing, in words of a link; and full-width ASCII with its full stops. */
const UNSEEN = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;
const WIDE = /[\uff01-\uff5e\u3002\uff61]/g;

/** The words as a reader sees them, which is what is claimed of the link. */
function scanAsSeen(words: string, { kernels, hosts, links }: Sink): readonly Sighting[] {
  const isHidden = UNSEEN.test(words);
  const narrow = words.replace(WIDE, (wide) => {
    const code = wide.charCodeAt(0);
    return code === 0x3002 || code === 0xff61 ? '.' : String.fromCharCode(code - 0xfee0);
  });
  if (!isHidden && narrow === words) return scanText(words, kernels, hosts, links);
  const seen = withoutUnseen(narrow);
  return scanText(seen.text, kernels, hosts, links).map((sighting) => {
    const [start, end] = [seen.place(sighting.start), seen.end(sighting.end)];
    const written = words.slice(start, end);
    if (written === seen.text.slice(sighting.start, sighting.end))
      return { ...sighting, start, end };
    const how = UNSEEN.test(written) ? ['hidden-character', 'as-shown'] : ['as-browsers-read'];
    return { ...sighting, start, end, how: [...sighting.how, ...how] };
  });
}

function withoutUnseen(words: string): PlacedText {
  const [pieces, starts, sources]: [string[], number[], number[]] = [[], [], []];
  let [at, length] = [0, 0];
  for (const piece of words.split(UNSEEN)) {
    starts.push(length);
    sources.push(at);
    pieces.push(piece);
    length += piece.length;
    at += piece.length + 1;
  }
  return placedText(pieces.join(''), starts, sources);
}

/** What the words of a link name, and where. */
interface Claim {
  readonly sighting: Sighting;
  readonly words: string;
  readonly occurrence: Occurrence;
}

function compareSite({ sighting, words, occurrence }: Claim, end: End, sink: Sink): void {
  const { type, value, start, end: stop } = sighting;
  sink.add({ type, value, occurrence });
  if (type === 'phone') return;
  const claimed = type === 'url' ? siteOf(sink.links(value)) : organisationOf(value);
  const through = siteOfEnd(end);
  if (claimed === null || through === null || isOneSite(claimed, through)) return;
  if (SAME_SITE.get(end.target.host?.ascii ?? '') === claimed) return;
  if (CITY.test(words.slice(start, stop))) return;
  const names = end.leadsOn?.names ?? null;
  const actual = (names === null ? null : organisationOf(names)) ?? through;
  const isOpen = end.leadsOn !== null && (actual === through || isOneSite(claimed, actual));
  sink.add({
    type: isOpen ? 'link-detour' : 'link-mismatch',
    value: `${claimed} -> ${isOpen ? through : actual}`,
    occurrence,
  });
}

/**
 * `202-555-0111` over a link that calls another number: none of the numbers shown is the one
 * called.
 */
function compareNumbers(found: readonly Claim[], { dialled }: End, sink: Sink): void {
  const shown = found.filter(({ sighting }) => sighting.type === 'phone');
  const [first] = shown;
  if (dialled === null || first === undefined) return;
  if (shown.some(({ sighting }) => isOneNumber(sighting.value, dialled))) return;
  const value = `${first.sighting.value} -> ${dialled}`;
  sink.add({ type: 'link-mismatch', value, occurrence: first.occurrence });
}

/** All digits that both have: a link may dial without the country's or the area's code. */
function isOneNumber(shown: string, dialled: string): boolean {
  const [a, b] = [subscriber(shown), subscriber(dialled)];
  const length = Math.min(a.length, b.length);
  return a === b || (length >= LOCAL_DIGITS && a.slice(-length) === b.slice(-length));
}

/**
 * Without `+`, a leading 0 of national dialling, and the digit that mobile numbers of Mexico (1)
 * and Argentina (9) have behind the country's code in some spellings.
 */
const subscriber = (number: string): string =>
  number.replace(/^\+?0*/, '').replace(/^(?:(52)1|(54)9)(?=\d{10}$)/, '$1$2');

/** Of a local number in North America; fewer are a number of their own (911). */
const LOCAL_DIGITS = 7;

/** `St. Springfield.IL`: an address without its blank, in Illinois and not in Israel. */
const CITY = /^[A-Z][a-z]{2,20}\.(?:A[LRZ]|C[AO]|DE|GA|I[DLN]|LA|M[ADENOST]|N[CE]|PA|S[CD]|TN|VA)$/;

const siteOfEnd = ({ target }: End): string | null =>
  target.scheme === 'mailto' ? organisationOf(target.path.split('?', 1)[0] ?? '') : siteOf(target);

const siteOf = (link: Link | null): string | null =>
  link?.host === null || link === null ? null : (link.host.registrable ?? link.host.ascii);

const isOneSite = (a: string, b: string): boolean =>
  (SAME_SITE.get(a) ?? a) === (SAME_SITE.get(b) ?? b);
