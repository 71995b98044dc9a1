import type { Kernels } from '../base/index.ts';
import { GATEWAY_DEPTH_MAX, unwrapLink } from './gateway.ts';
import { type HostReader, organisationOf } from './host-name.ts';
import type { HtmlAddress } from './html-addresses.ts';
import { type Finding, type Occurrence, occurrenceAt, type Spot } from './observable.ts';
import { phoneNumber, type Sighting, scanText } from './scan-text.ts';
import { type Link, readLink } from './url.ts';

/** Where findings go, and the byte work that reading them takes. */
export interface Sink {
  readonly kernels: Kernels;
  readonly add: (finding: Finding) => void;
  readonly hosts: HostReader;
}

/** Reports what a text names, with the hosts inside it and what gateways hide. */
export function addSightings(sightings: readonly Sighting[], spot: Spot, sink: Sink): void {
  for (const sighting of sightings) {
    const seen = occurrenceAt(spot, sighting.how, sighting);
    sink.add({ type: sighting.type, value: sighting.value, occurrence: seen });
    const link = sighting.type === 'url' ? readLink(sighting.value, sink.hosts) : null;
    if (link !== null) fromLink(link, seen, sink);
    if (sighting.type === 'email') addHost(sighting.value, 'in-address', seen, sink);
  }
}

function addHost(value: string, how: string, seen: Occurrence, sink: Sink): void {
  const host = sink.hosts(value.slice(value.lastIndexOf('@') + 1));
  if (host === null) return;
  const type = host.kind === 'name' ? 'host' : 'ip';
  sink.add({ type, value: host.ascii, occurrence: { ...seen, how: [...seen.how, how] } });
}

/** The host of a link, and what a gateway's link stands for, as far as it can be told. */
function fromLink(link: Link, seen: Occurrence, sink: Sink): Link {
  let [current, last] = [link, seen];
  for (let depth = 0; ; depth += 1) {
    if (current.host !== null) {
      const how = [...last.how, 'in-url', ...(current.hasUserInfo ? ['user-info'] : [])];
      const type = current.host.kind === 'name' ? 'host' : 'ip';
      sink.add({ type, value: current.host.ascii, occurrence: { ...last, how } });
    }
    const unwrapped = depth < GATEWAY_DEPTH_MAX ? unwrapLink(current, sink.kernels) : null;
    const target = unwrapped?.target == null ? null : readLink(unwrapped.target, sink.hosts);
    if (unwrapped === null || target === null) return current;
    last = { ...last, how: [...last.how, `unwrapped:${unwrapped.gateway}`] };
    sink.add({ type: 'url', value: target.href, occurrence: last });
    current = target;
  }
}

/** Reports one address of an HTML attribute, and a label that names another site. */
export function addHtmlLink(link: HtmlAddress, path: string, sink: Sink): void {
  const at = `${path} ${link.element} ${link.attribute}`;
  const isTarget = link.element === 'a' || link.element === 'area' || link.element === 'form';
  const spot: Spot = { place: isTarget ? 'link-target' : 'html-attribute', at };
  const seen = occurrenceAt(spot, [], link);
  const read = readLink(link.target, sink.hosts);
  if (read === null || read.scheme === 'cid' || isPicture(read)) return;
  if (read.scheme === 'mailto' || read.scheme === 'tel' || read.scheme === 'sms') {
    fromDial(read, seen, sink);
    if (read.scheme !== 'mailto') return;
  } else
    sink.add({
      type: 'url',
      value: read.host === null ? read.href.slice(0, 300) : read.href,
      occurrence: seen,
    });
  const target = read.host === null ? read : fromLink(read, seen, sink);
  if (link.label !== null) compareLabel(link.label, target, seen, sink);
}

/** A picture or font written out in the page leads nowhere; SVG and HTML may. */
const isPicture = ({ scheme, path }: Link): boolean =>
  scheme === 'data' && /^(?:image\/(?!svg)|font\/)/i.test(path.slice(0, 20));

function fromDial(link: Link, seen: Occurrence, sink: Sink): void {
  const target = link.path.split('?', 1)[0] ?? '';
  if (link.scheme === 'mailto') {
    for (const { type, value } of scanText(
      target.replace(/%40/gi, '@').slice(0, 2000),
      sink.kernels,
    )) {
      if (type !== 'email') continue;
      sink.add({ type, value, occurrence: seen });
      addHost(value, 'in-address', seen, sink);
    }
    return;
  }
  const value = phoneNumber(target) ?? (/^\d{3,15}$/.test(target) ? target : null);
  if (value !== null) sink.add({ type: 'phone', value, occurrence: seen });
}

/** `www.board.example` on a link to elsewhere: the words are a claim about the target. */
function compareLabel(label: string, target: Link, seen: Occurrence, sink: Sink): void {
  const spot: Spot = { place: 'link-text', at: seen.at, offset: seen.offset, length: seen.length };
  const actual =
    target.scheme === 'mailto'
      ? organisationOf(target.path.split('?', 1)[0] ?? '')
      : siteOf(target);
  for (const { type, value } of scanText(label, sink.kernels, sink.hosts)) {
    if (type !== 'url' && type !== 'host' && type !== 'email') continue;
    sink.add({ type, value, occurrence: occurrenceAt(spot, []) });
    const claimed = type === 'url' ? siteOf(readLink(value, sink.hosts)) : organisationOf(value);
    if (claimed !== null && actual !== null && claimed !== actual)
      sink.add({
        type: 'link-mismatch',
        value: `${claimed} -> ${actual}`,
        occurrence: { ...seen, place: 'link-text' },
      });
  }
}

const siteOf = (link: Link | null): string | null =>
  link?.host === null || link === null ? null : (link.host.registrable ?? link.host.ascii);
