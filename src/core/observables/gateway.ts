import type { Kernels } from '../base/index.ts';
import { LEADING_HOSTS, LEADS_ON } from './link-services.data.ts';
import { type Link, percentDecoded, queryValue, readLink } from './url.ts';

/** Gateways inside gateways are opened this deep; a forward through three offices makes three. */
export const GATEWAY_DEPTH_MAX = 5;

/** A link that leads on to another: rewritten by a gateway, counted by a tracker, or shortened. */
export interface Unwrapped {
  /** Whose service it is: `safelinks`, `urldefense`; of trackers their domain. */
  readonly gateway: string;
  /** The recipient's own link protection: to block it breaks the office's mail. */
  readonly protects: boolean;
  /** What it stands for; null where only the service can tell. */
  readonly target: string | null;
  /** The host that it stands for, where the link says no more. */
  readonly host: string | null;
}

type Read = (link: Link, kernels: Kernels) => string | null;

interface Gateway {
  readonly name: string;
  readonly hosts: RegExp;
  readonly read: Read;
  /** Put before every link by the mail system of a recipient; its hosts do nothing else. */
  readonly protects?: true;
  /** Query parameter that names the host alone. */
  readonly host?: string;
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

const protection = (
  name: string,
  hosts: RegExp,
  read: Read,
  more: Pick<Gateway, 'host'> = {},
): Gateway => ({ name, hosts, read, protects: true, ...more });

const passage = (name: string, hosts: RegExp, read: Read): Gateway => ({ name, hosts, read });

/** Google's own under any country: other names below `google.` are anybody's. */
const GOOGLE = /^(?:www\.)?google\.(?:com|[a-z]{2}|com?\.[a-z]{2})$/;

/** Services that put themselves before a link: mail gateways, then redirectors of large sites. */
const GATEWAYS: readonly Gateway[] = [
  protection(
    'safelinks',
    /(?:^|\.)safelinks\.protection\.(?:outlook\.com|office365\.us|partner\.outlook\.cn)$/,
    parameter('url'),
  ),
  protection(
    'teams',
    /^statics\.teams\.cdn\.(?:office|live)\.net$|^statics\.gov\.teams\.microsoft\.us$/,
    onPath(/safelinks/, parameter('url')),
  ),
  protection('urldefense', /^urldefense(?:\.proofpoint)?\.(?:com|us)$/, urlDefense),
  protection('barracuda', /^linkprotect\.cudasvc\.com$/, parameter('a')),
  protection('sophos', /\.protection\.sophos\.com$/, sophos, { host: 'd' }),
  protection('trendmicro', /(?:^|[.-])(?:ctp|clicktime)\.trendmicro\.com$/, parameter('url')),
  protection('symantec', /^clicktime\.symantec\.com$/, parameter('u')),
  protection('cisco', /^secure-web\.cisco\.com$/, lastSegment),
  protection('fireeye', /^protect\d*\.(?:fireeye|trellix)\.com$/, parameter('u')),
  protection('avanan', /^url\.avanan\.click$|^protect[\w-]*\.checkpoint\.com$/, avanan),
  protection(
    'mimecast',
    /^(?:protect|url)-?[\w.-]*\.mimecast(?:protect)?\.com$/,
    parameter('url'),
    { host: 'domain' },
  ),
  protection('inky', /^(?!www\.)[\w.-]+\.inky\.com$/, parameter('url'), { host: 'domain' }),
  protection('trustwave', /^scanmail\.trustwave\.com$/, parameter('u')),
  protection('edgepilot', /^link\.edgepilot\.com$/, parameter('u')),
  protection('titanhq', /^linklock\.titanhq\.com$/, parameter('url')),
  protection('libraesva', /^urlsand\.(?:esvalabs|libraesva)\.com$/, parameter('u')),
  protection('zix', /^url\.emailprotection\.link$/, closed),
  passage('google', GOOGLE, onPath(/^\/url/, parameter('q', 'url'))),
  passage(
    'google-translate',
    /^translate\.google\.(?:com|[a-z]{2}|com?\.[a-z]{2})$/,
    onPath(/^\/(?:translate|website)/, parameter('u')),
  ),
  passage('google-translate', /\.translate\.goog$/, translated),
  passage('google-weblight', /^googleweblight\.com$/, parameter('u', 'lite_url')),
  passage('duckduckgo', /^duckduckgo\.com$/, onPath(/^\/l\//, parameter('uddg'))),
  passage('yahoo', /^r\.mail\.yahoo\.com$/, parameter('u')),
  passage('facebook', /^lm?\.facebook\.com$|^l\.instagram\.com$/, parameter('u')),
  passage('youtube', /^(?:www\.)?youtube\.com$/, onPath(/^\/redirect/, parameter('q'))),
  passage('linkedin', /^(?:www\.)?linkedin\.com$/, onPath(/^\/redir/, parameter('url'))),
  passage('slack', /^slack-redir\.net$/, parameter('url')),
  passage('bing', /^(?:www\.)?bing\.com$/, onPath(/^\/ck\/a/, bing)),
  passage('govdelivery', /^(?:links[\w-]*|public)\.govdelivery\.com$/, govDelivery),
  passage('amazon-ses', /\.awstrack\.me$/, counted),
  passage('postmark', /^(?:click|track)\.pstmrk\.it$/, postmark),
];

/** Any of them: most links are nobody's, and one pattern tells. */
const ANY_GATEWAY = new RegExp(GATEWAYS.map(({ hosts }) => `(?:${hosts.source})`).join('|'));

/** What a link that leads on stands for; null where no known service does. Never fetches. */
export function unwrapLink(link: Link, kernels: Kernels): Unwrapped | null {
  if (link.host?.kind !== 'name') return null;
  const { ascii, registrable } = link.host;
  if (ANY_GATEWAY.test(ascii)) {
    const gateway = GATEWAYS.find((row) => row.hosts.test(ascii));
    const read = gateway === undefined ? null : throughGateway(gateway, link, kernels);
    if (read !== null) return read;
  }
  if (registrable === null) return null;
  if (!LEADS_ON.test(registrable) && !LEADING_HOSTS.has(ascii)) return null;
  return { gateway: registrable, protects: false, target: null, host: null };
}

/**
 * Null where the link is a page of the service itself: of Google, only a link with a target leads
 * on.
 */
function throughGateway(
  { name, read, host, protects }: Gateway,
  link: Link,
  kernels: Kernels,
): Unwrapped | null {
  const said = read(link, kernels);
  const target = said !== null && readLink(said) !== null ? said : null;
  if (target === null && protects !== true && !ALWAYS_LEADS_ON.has(name)) return null;
  const alone = target === null && host !== undefined ? queryValue(link.query, host) : null;
  return { gateway: name, protects: protects === true, target, host: alone };
}

/** Trackers whose hosts do nothing else, whether or not the link says where it leads. */
const ALWAYS_LEADS_ON: ReadonlySet<string> = new Set(['govdelivery', 'amazon-ses', 'postmark']);

function onPath(path: RegExp, read: Read): Read {
  return (link, kernels) => (path.test(link.path) ? read(link, kernels) : null);
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

/** `evil-site--a-example.translate.goog/x` is a page of `evil.site-a.example`. */
function translated({ host, path, query }: Link): string {
  const label = host?.ascii.slice(0, -'.translate.goog'.length) ?? '';
  const name = label.replace(/--|-/g, (mark) => (mark === '-' ? '.' : '-'));
  const own = query.split('&').filter((pair) => !pair.startsWith('_x_tr_'));
  return `https://${name}${path}${own.join('') === '' ? '' : `?${own.join('&')}`}`;
}

/** Amazon SES, and who sends by it: `/CL0/https:%2F%2Fwww.a.example%2Fvote/1/...`. */
function counted({ path }: Link): string | null {
  const coded = /^\/C?L0\/([^/]+)/.exec(path)?.[1];
  return coded === undefined ? null : percentDecoded(coded);
}

/** GovDelivery's older links end with the address: `/track?type=click&...&&&101&&&https://...`. */
function govDelivery(link: Link): string | null {
  const last = link.query.lastIndexOf('&&&');
  return counted(link) ?? (last < 0 ? null : link.query.slice(last + 3));
}

/** `/3s/www.a.example%2Fpage/...`: without the scheme. */
function postmark({ path }: Link): string | null {
  const coded = /^\/\d?[a-z]?s\/([^/]+)/.exec(path)?.[1];
  const plain = coded === undefined ? null : percentDecoded(coded);
  return plain === null ? null : `https://${plain}`;
}
