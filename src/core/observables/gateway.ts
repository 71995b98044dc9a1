import type { Kernels } from '../base/index.ts';
import { type Link, percentDecoded, queryValue, readLink } from './url.ts';

/** Gateways inside gateways are opened this deep; a forward through three offices makes three. */
export const GATEWAY_DEPTH_MAX = 5;

/** A link that a recipient's mail gateway rewrote. */
export interface Unwrapped {
  /** Whose service rewrote the link: `safelinks`, `urldefense`. */
  readonly gateway: string;
  /** What it stands for; null where only the gateway can tell. */
  readonly target: string | null;
}

interface Gateway {
  readonly name: string;
  readonly hosts: RegExp;
  readonly read: (link: Link, kernels: Kernels) => string | null;
}

const parameter =
  (...names: readonly string[]) =>
  (link: Link): string | null => {
    for (const name of names) {
      const value = queryValue(link.query, name);
      if (value !== null && value !== '') return value;
    }
    return null;
  };

const closed = (): null => null;

/** Services that put themselves before a link: mail gateways, then redirectors of large sites. */
const GATEWAYS: readonly Gateway[] = [
  {
    name: 'safelinks',
    hosts: /(?:^|\.)safelinks\.protection\.(?:outlook|office365)\.\w+$/,
    read: parameter('url'),
  },
  { name: 'urldefense', hosts: /^urldefense(?:\.proofpoint)?\.(?:com|us)$/, read: urlDefense },
  { name: 'barracuda', hosts: /^linkprotect\.cudasvc\.com$/, read: parameter('a') },
  { name: 'sophos', hosts: /\.protection\.sophos\.com$/, read: sophos },
  {
    name: 'trendmicro',
    hosts: /(?:^|[.-])(?:ctp|clicktime)\.trendmicro\.com$/,
    read: parameter('url'),
  },
  { name: 'symantec', hosts: /^clicktime\.symantec\.com$/, read: parameter('u') },
  { name: 'cisco', hosts: /^secure-web\.cisco\.com$/, read: lastSegment },
  { name: 'fireeye', hosts: /^protect\d*\.(?:fireeye|trellix)\.com$/, read: parameter('u') },
  { name: 'avanan', hosts: /^url\.avanan\.click$|\.checkpoint\.com$/, read: avanan },
  {
    name: 'mimecast',
    hosts: /^(?:protect|url)-?[\w.-]*\.mimecast(?:protect)?\.com$/,
    read: parameter('url'),
  },
  {
    name: 'google',
    hosts: /^(?:www\.)?google\.[a-z.]+$/,
    read: onPath('/url', parameter('q', 'url')),
  },
  { name: 'facebook', hosts: /^lm?\.facebook\.com$|^l\.instagram\.com$/, read: parameter('u') },
  { name: 'youtube', hosts: /^(?:www\.)?youtube\.com$/, read: onPath('/redirect', parameter('q')) },
  {
    name: 'linkedin',
    hosts: /^(?:www\.)?linkedin\.com$/,
    read: onPath('/redir', parameter('url')),
  },
  { name: 'slack', hosts: /^slack-redir\.net$/, read: parameter('url') },
  { name: 'bing', hosts: /^(?:www\.)?bing\.com$/, read: onPath('/ck/a', bing) },
  { name: 'sendgrid', hosts: /\.ct\.sendgrid\.net$/, read: closed },
  {
    name: 'short-link',
    hosts:
      /^(?:bit\.ly|t\.co|tinyurl\.com|goo\.gl|ow\.ly|is\.gd|cutt\.ly|rb\.gy|rebrand\.ly|buff\.ly)$/,
    read: closed,
  },
];

/** Any of them: most links are nobody's, and one pattern tells. */
const ANY_GATEWAY = new RegExp(GATEWAYS.map(({ hosts }) => `(?:${hosts.source})`).join('|'));

/** What a rewritten link stands for; null where no known service rewrote it. Never fetches. */
export function unwrapLink(link: Link, kernels: Kernels): Unwrapped | null {
  const host = link.host?.kind === 'name' ? link.host.ascii : null;
  if (host === null || !ANY_GATEWAY.test(host)) return null;
  const gateway = GATEWAYS.find((row) => row.hosts.test(host));
  if (gateway === undefined) return null;
  const target = gateway.read(link, kernels);
  const isLink = target !== null && readLink(target) !== null;
  if (!isLink && gateway.read !== closed && !ALWAYS_REWRITES.has(gateway.name)) return null;
  return { gateway: gateway.name, target: isLink ? target : null };
}

/** Their hosts do nothing else; of the rest (a search page of Google), only a link with a target is one. */
const ALWAYS_REWRITES: ReadonlySet<string> = new Set([
  'safelinks',
  'urldefense',
  'barracuda',
  'sophos',
  'cisco',
  'avanan',
  'mimecast',
]);

function onPath(
  prefix: string,
  read: (link: Link, kernels: Kernels) => string | null,
): Gateway['read'] {
  return (link, kernels) => (link.path.startsWith(prefix) ? read(link, kernels) : null);
}

/** v1 `?u=` percent, v2 `?u=` with `-` for `%` and `_` for `/`, v3 in the path. */
function urlDefense(link: Link, kernels: Kernels): string | null {
  if (link.path.startsWith('/v3/')) return urlDefenseV3(link, kernels);
  const value = /(?:^|&)u=([^&]*)/.exec(link.query)?.[1];
  if (value === undefined) return null;
  if (!link.path.startsWith('/v2/')) return percentDecoded(value);
  return percentDecoded(value.replace(/-/g, '%').replace(/_/g, '/'));
}

/**
 * `/v3/__URL__;BASE64!!...`: each `*` of URL stands for one character of the decoded base64, and
 * `**` with a letter for a run of them (`A` is 2, then `B` 3, to `_`, 65).
 */
function urlDefenseV3(link: Link, kernels: Kernels): string | null {
  const start = link.href.indexOf('/v3/__') + 6;
  const end = link.href.indexOf('__;', start);
  if (start < 6 || end < 0) return null;
  const encoded = link.href.slice(start, end).replace(/^(https?:\/)(?=[^/])/, '$1/');
  const stop = link.href.indexOf('!', end);
  const taken = fromBase64(link.href.slice(end + 3, stop < 0 ? undefined : stop), kernels);
  let used = 0;
  return encoded.replace(/\*(?:\*([A-Za-z0-9_-]))?/g, (_, run?: string) => {
    const length = run === undefined ? 1 : RUN_LETTERS.indexOf(run) + 2;
    used += length;
    return taken.slice(used - length, used);
  });
}

const RUN_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function fromBase64(text: string, kernels: Kernels): string {
  const bytes = kernels.encode(text.replace(/-/g, '+').replace(/_/g, '/'));
  const decoded = kernels.base64(bytes, 0, bytes.length);
  return kernels.utf8(decoded, 0, decoded.length);
}

function sophos(link: Link, kernels: Kernels): string | null {
  const value = queryValue(link.query, 'u');
  return value === null ? null : fromBase64(value, kernels);
}

function bing(link: Link, kernels: Kernels): string | null {
  const value = queryValue(link.query, 'u');
  return value?.startsWith('a1') === true ? fromBase64(value.slice(2), kernels) : null;
}

function lastSegment(link: Link): string | null {
  const segment = link.path.slice(link.path.lastIndexOf('/') + 1);
  return percentDecoded(segment);
}

/** `/v2/___URL___.signature`. */
function avanan(link: Link): string | null {
  const start = link.href.indexOf('___');
  const end = link.href.indexOf('___', start + 3);
  return start < 0 || end < 0 ? null : link.href.slice(start + 3, end);
}
