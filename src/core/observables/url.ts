import { type Host, type HostReader, readHost } from './host-name.ts';

/** What a URL names, without fetching anything. */
export interface Link {
  /** Lower-case scheme and host (A-labels), the rest as written. */
  readonly href: string;
  readonly scheme: string;
  readonly host: Host | null;
  /** `user:password@`: mostly a disguise (`https://bank.example@192.0.2.1/`). */
  readonly hasUserInfo: boolean;
  readonly port: string;
  readonly path: string;
  /** Without `?`. */
  readonly query: string;
  /** `no-scheme`: its scheme is ours; `as-browsers-read`: it stood in another spelling. */
  readonly how: readonly string[];
}

const AS_WRITTEN: readonly string[] = [];
const NO_SCHEME: readonly string[] = ['no-scheme'];
const RESPELT: readonly string[] = ['as-browsers-read'];

/** A longer URL is cut here; browsers take more, gateways and people do not write it. */
export const URL_LENGTH_MAX = 8192;

/** `readLink`, or one that remembers its answers: the same link for the same words. */
export type LinkReader = (text: string) => Link | null;

/** Different links that are remembered; a message that repeats more of them is no letter. */
const REMEMBERED_MAX = 5_000;

/**
 * Reads each link once: a page names the same few over and over. For one message: what it remembers
 * holds on to the message's text.
 */
export function rememberingLinkReader(hosts: HostReader): LinkReader {
  const known = new Map<string, Link | null>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const link = readLink(text, hosts);
    if (known.size < REMEMBERED_MAX) known.set(text, link);
    return link;
  };
}

const WITH_HOST: ReadonlySet<string> = new Set(['http', 'https', 'ftp', 'ftps', 'ws', 'wss']);
const SCHEME = /^([a-z][a-z0-9+.-]{0,30}):/i;

/** As nearly every link is written: nothing in it that readers could take in two ways. */
const USUAL =
  /^(https?):\/\/([A-Za-z0-9._-]+)((?:\/[^\s?#\\]*)?)((?:\?[^\s#\\]*)?)((?:#[^\s\\]*)?)$/;

function usualLink(found: RegExpExecArray, hosts: HostReader): Link {
  const [, scheme = '', name = '', path = '', query = '', mark = ''] = found;
  const host = hosts(name.toLowerCase());
  return {
    href: `${scheme}://${host?.ascii ?? name}${path}${query}${mark}`,
    how: host === null || host.ascii === name.toLowerCase() ? AS_WRITTEN : RESPELT,
    scheme,
    host,
    hasUserInfo: false,
    port: '',
    path,
    query: query.slice(1),
  };
}

/**
 * Reads an absolute URL; null for a relative one. `//host/` counts as https, `\` as `/` (WHATWG).
 */
export function readLink(text: string, hosts: HostReader = readHost): Link | null {
  const usual = text.length > URL_LENGTH_MAX ? null : USUAL.exec(text);
  if (usual !== null) return usualLink(usual, hosts);
  const cut = text.length > URL_LENGTH_MAX ? text.slice(0, URL_LENGTH_MAX) : text;
  const trimmed = (/[\t\n\r]/.test(cut) ? cut.replace(/[\t\n\r]/g, '') : cut).trim();
  const scheme = trimmed.startsWith('//') ? 'https' : SCHEME.exec(trimmed)?.[1]?.toLowerCase();
  if (scheme === undefined) return null;
  const rest = trimmed.startsWith('//') ? trimmed : trimmed.slice(scheme.length + 1);
  if (!WITH_HOST.has(scheme))
    return opaque(scheme, rest, cut.includes(rest) ? AS_WRITTEN : RESPELT);
  const body = rest.replace(/^[/\\]*/, '');
  const end = body.search(/[/\\?#]/);
  const authority = end < 0 ? body : body.slice(0, end);
  const tail = end < 0 ? '' : body.slice(end).replace(/^\\/, '/');
  const at = authority.lastIndexOf('@');
  const place = authority.slice(at + 1);
  const colon = place.lastIndexOf(':');
  const hasPort = colon >= 0 && /^\d*$/.test(place.slice(colon + 1));
  const name = hasPort ? place.slice(0, colon) : place;
  const port = hasPort ? place.slice(colon + 1) : '';
  const host = hosts(name.toLowerCase());
  if (host === null && name === '') return null;
  const shownHost = host === null ? name : host.kind === 'ipv6' ? `[${host.ascii}]` : host.ascii;
  const href = `${scheme}://${authority.slice(0, at + 1)}${shownHost}${port && `:${port}`}${tail}`;
  const [pathAndQuery = ''] = tail.split('#', 1);
  const mark = pathAndQuery.indexOf('?');
  return {
    href,
    how: spellingOf(href, trimmed, cut),
    scheme,
    host,
    hasUserInfo: at >= 0,
    port,
    path: mark < 0 ? pathAndQuery : pathAndQuery.slice(0, mark),
    query: mark < 0 ? '' : pathAndQuery.slice(mark + 1),
  };
}

/** What was done to the words to make the address of them. */
function spellingOf(href: string, trimmed: string, written: string): readonly string[] {
  const ours = trimmed.startsWith('//') ? NO_SCHEME : AS_WRITTEN;
  const said = ours === NO_SCHEME ? href.slice('https:'.length) : href;
  const isSaid = written.toLowerCase().includes(said.toLowerCase());
  return isSaid ? ours : [...ours, ...RESPELT];
}

/**
 * A relative address of a page whose base is known (RFC 3986 section 5.2); null for an absolute
 * one.
 */
export function resolvedLink(target: string, base: Link, hosts: HostReader): Link | null {
  if (base.host === null || SCHEME.test(target)) return null;
  const root = /^[^:]{1,31}:\/\/[^/\\?#]*/.exec(base.href)?.[0] ?? '';
  const folder = base.path.slice(0, base.path.lastIndexOf('/') + 1) || '/';
  const relative = target
    .replace(/[\t\n\r]/g, '')
    .trim()
    .replace(/\\/g, '/');
  const path = relative.startsWith('/') ? relative : `${folder}${relative}`;
  return readLink(`${root}${withoutDots(path)}`, hosts);
}

/** RFC 3986 section 5.2.4: `.` and `..` in the path, not in what follows it. */
function withoutDots(whole: string): string {
  const end = whole.search(/[?#]/);
  const path = end < 0 ? whole : whole.slice(0, end);
  if (!/\/\.{1,2}(?:\/|$)/.test(path)) return whole;
  const kept: string[] = [];
  const segments = path.split('/');
  for (const [at, segment] of segments.entries()) {
    const isLast = at === segments.length - 1;
    if (segment === '..' && kept.length > 1) kept.pop();
    if (segment !== '.' && segment !== '..') kept.push(segment);
    else if (isLast) kept.push('');
  }
  return kept.join('/') + (end < 0 ? '' : whole.slice(end));
}

const opaque = (scheme: string, rest: string, how: Link['how']): Link => ({
  href: `${scheme}:${rest}`,
  how,
  scheme,
  host: null,
  hasUserInfo: false,
  port: '',
  path: rest,
  query: '',
});

/** First value of a query parameter, percent signs decoded; null where absent or malformed. */
export function queryValue(query: string, name: string): string | null {
  for (const pair of query.split('&', 200)) {
    const equals = pair.indexOf('=');
    if (equals < 0 || pair.slice(0, equals).replace(/^amp;/, '') !== name) continue;
    return percentDecoded(pair.slice(equals + 1));
  }
  return null;
}

/** Percent-encoded UTF-8 (RFC 3986 section 2.1) as text; null where it is malformed. */
export function percentDecoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
