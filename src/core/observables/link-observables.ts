import type { Kernels } from '../base/index.ts';
import { GATEWAY_DEPTH_MAX, unwrapLink } from './gateway.ts';
import { type HostReader, organisationOf } from './host-name.ts';
import type { HtmlAddress } from './html-addresses.ts';
import { SAME_SITE } from './link-services.data.ts';
import {
  type Finding,
  type Occurrence,
  occurrenceAt,
  type Place,
  type Spot,
} from './observable.ts';
import { dialledNumber } from './phone.ts';
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
    if (unwrapped === null) return { how: own, rows, target: current, leadsOn: null };
    last = [...last, `unwrapped:${unwrapped.gateway}`];
    const target = unwrapped.target === null ? null : readLink(unwrapped.target, hosts);
    if (target === null) {
      const named = unwrapped.host === null ? null : hosts(unwrapped.host);
      if (named?.kind === 'name') rows.push({ type: 'host', value: named.ascii, how: last });
      return { how: own, rows, target: current, leadsOn: { names: named?.ascii ?? null } };
    }
    current = target;
  }
}

const NOTHING: readonly string[] = [];
const PROTECTION: readonly string[] = ['link-protection'];

/** The page that a link stands in. */
export interface LinkPage {
  readonly spot: Spot;
  readonly base: Link | null;
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
  const seen = occurrenceAt(own, based ? ['base'] : [], link);
  if (read === null || read.scheme === 'cid' || isPicture(read)) return null;
  let end: End = { target: read, leadsOn: null };
  if (read.scheme === 'mailto' || read.scheme === 'tel' || read.scheme === 'sms') {
    fromDial(read, seen, sink);
    if (read.scheme !== 'mailto') return { read, seen };
  } else if (read.host !== null) end = fromLink(read, read.href, seen, sink);
  else sink.add({ type: 'url', value: read.href.slice(0, 300), occurrence: seen });
  if (link.label !== null) compareLabel(link.label, end, seen, sink);
  return { read, seen };
}

/** Where a link ends, as far as it shows. */
type End = Pick<Meaning, 'target' | 'leadsOn'>;

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
function fromDial(link: Link, seen: Occurrence, sink: Sink): void {
  const mark = link.path.indexOf('?');
  const target = mark < 0 ? link.path : link.path.slice(0, mark);
  if (link.scheme === 'mailto') addressees(target, seen, sink);
  else {
    const value = dialledNumber(percentDecoded(target) ?? target);
    if (value !== null) sink.add({ type: 'phone', value, occurrence: seen });
  }
  if (mark >= 0) fromDraft(link.path.slice(mark + 1, mark + 1 + DRAFT_LENGTH_MAX), seen, sink);
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
  for (const { type, value } of scanText(words, sink.kernels)) {
    if (type !== 'email') continue;
    sink.add({ type, value, occurrence: seen });
    addHost(value, 'in-address', seen, sink);
  }
}

/**
 * `www.board.example` on a link to elsewhere: the words are a claim about the target. Of a link that
 * leads on to a page that it does not show, nobody can say that the claim is false.
 */
function compareLabel(label: string, end: End, seen: Occurrence, sink: Sink): void {
  const place = seen.place === 'attachment' ? seen.place : 'link-text';
  const { at, offset, length } = seen;
  const spot: Spot = { place, at, offset, length };
  const through = siteOfEnd(end);
  const named = end.leadsOn?.names ?? null;
  const actual = named === null ? through : siteNamed(named);
  for (const sighting of scanText(label, sink.kernels, sink.hosts, sink.links)) {
    const { type, value } = sighting;
    if (type !== 'url' && type !== 'host' && type !== 'email') continue;
    sink.add({ type, value, occurrence: occurrenceAt(spot, []) });
    const claimed = type === 'url' ? siteOf(sink.links(value)) : siteNamed(value);
    if (claimed === null || through === null || claimed === through) continue;
    if (CITY.test(label.slice(sighting.start, sighting.end))) continue;
    const isOpen = end.leadsOn !== null && (named === null || claimed === actual);
    sink.add({
      type: isOpen ? 'link-detour' : 'link-mismatch',
      value: `${claimed} -> ${isOpen ? through : actual}`,
      occurrence: { ...seen, place },
    });
  }
}

/** `St. Springfield.IL`: an address without its blank, in Illinois and not in Israel. */
const CITY = /^[A-Z][a-z]{2,20}\.(?:A[LRZ]|C[AO]|DE|GA|I[DLN]|LA|M[ADENOST]|N[CE]|PA|S[CD]|TN|VA)$/;

const siteOfEnd = ({ target }: End): string | null =>
  target.scheme === 'mailto' ? siteNamed(target.path.split('?', 1)[0] ?? '') : siteOf(target);

const siteOf = (link: Link | null): string | null =>
  link?.host === null || link === null ? null : oneSite(link.host.registrable ?? link.host.ascii);

function siteNamed(hostOrAddress: string): string | null {
  const organisation = organisationOf(hostOrAddress);
  return organisation === null ? null : oneSite(organisation);
}

const oneSite = (name: string): string => SAME_SITE.get(name) ?? name;
