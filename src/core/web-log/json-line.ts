import { type LogRequest, SIZE_UNKNOWN } from './log-request.ts';

/**
 * Names under which servers, CDNs and firewalls write one fact, best first; a dot goes one level
 * down. nginx and Apache (by custom), Caddy, Traefik, Cloudflare Logpush, AWS WAF, Google Cloud
 * load balancers, Elastic Common Schema.
 */
const NAMES = {
  time: [
    'time',
    'timestamp',
    '@timestamp',
    'ts',
    'time_iso8601',
    'time_local',
    'datetime',
    'EdgeStartTimestamp',
    'StartUTC',
    'msec',
    'date',
  ],
  address: [
    'remote_addr',
    'client_ip',
    'clientip',
    'ClientIP',
    'remote_ip',
    'ip',
    'client',
    'c-ip',
    'ClientHost',
    'httpRequest.clientIp',
    'httpRequest.remoteIp',
    'request.client_ip',
    'request.remote_ip',
    'request.remote_addr',
    'client.ip',
    'source.ip',
    'host',
    'remoteAddr',
  ],
  method: [
    'request_method',
    'method',
    'ClientRequestMethod',
    'RequestMethod',
    'httpRequest.httpMethod',
    'httpRequest.requestMethod',
    'request.method',
    'http.request.method',
    'verb',
    'cs-method',
  ],
  target: [
    'request_uri',
    'uri',
    'ClientRequestURI',
    'RequestPath',
    'httpRequest.uri',
    'httpRequest.requestUrl',
    'request.uri',
    'url.original',
    'url',
    'path',
    'target',
    'request',
    'ClientRequestPath',
    'url.path',
    'cs-uri-stem',
  ],
  query: [
    'args',
    'query_string',
    'query',
    'httpRequest.args',
    'ClientRequestQuery',
    'url.query',
    'cs-uri-query',
  ],
  status: [
    'status',
    'status_code',
    'response',
    'code',
    'EdgeResponseStatus',
    'DownstreamStatus',
    'httpRequest.status',
    'http.response.status_code',
    'sc-status',
    'statusCode',
    'responseCodeSent',
  ],
  bytes: [
    'body_bytes_sent',
    'bytes_sent',
    'bytes',
    'size',
    'EdgeResponseBodyBytes',
    'EdgeResponseBytes',
    'DownstreamContentSize',
    'httpRequest.responseSize',
    'http.response.body.bytes',
    'http.response.bytes',
    'response_size',
    'sc-bytes',
    'length',
  ],
  agent: [
    'http_user_agent',
    'user_agent',
    'userAgent',
    'agent',
    'ClientRequestUserAgent',
    'request_User-Agent',
    'httpRequest.userAgent',
    'user_agent.original',
    'request.headers.User-Agent',
    'ua',
    'cs(User-Agent)',
  ],
} as const satisfies Record<string, readonly string[]>;

type Row = { readonly [name: string]: unknown };

type Fact = keyof typeof NAMES;
type Path = readonly string[];

const pathsOf = (fact: Fact): readonly Path[] => NAMES[fact].map((name) => name.split('.'));

const PATHS: { readonly [fact in Fact]: readonly Path[] } = {
  time: pathsOf('time'),
  address: pathsOf('address'),
  method: pathsOf('method'),
  target: pathsOf('target'),
  query: pathsOf('query'),
  status: pathsOf('status'),
  bytes: pathsOf('bytes'),
  agent: pathsOf('agent'),
};

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null;

/** The first name that holds a text or number, or a list of which the first is one. */
function find(row: Row, fact: Fact): string | number | null {
  for (const path of PATHS[fact]) {
    let value: unknown = row;
    for (const name of path)
      value = isRow(value) && Object.hasOwn(value, name) ? value[name] : undefined;
    if (Array.isArray(value)) value = value[0];
    if (typeof value === 'number' || (typeof value === 'string' && value !== '')) return value;
  }
  return null;
}

/** AWS WAF lists headers as `{"name","value"}` rows. */
function listedAgent(row: Row): string {
  const request = row['httpRequest'];
  const headers = isRow(request) ? request['headers'] : null;
  if (!Array.isArray(headers)) return '';
  const header: unknown = headers.find(
    (each: unknown) => isRow(each) && String(each['name']).toLowerCase() === 'user-agent',
  );
  return isRow(header) ? String(header['value']) : '';
}

/** Reads one JSON object as a request into `into`; false where it is none. */
export function readJsonLine(line: string, into: LogRequest): boolean {
  const row = parseRow(line);
  if (row === null) return false;
  const second = secondsOf(find(row, 'time'));
  const status = find(row, 'status') ?? (row['action'] === 'BLOCK' ? 403 : null);
  const target = find(row, 'target');
  if (Number.isNaN(second) || target === null) return false;
  const [method, path] = requestWords(String(target), find(row, 'method'));
  const query = path.includes('?') ? null : find(row, 'query');
  const size = find(row, 'bytes');
  into.second = second;
  // A firewall that let a request pass does not know the answer: no status, no size.
  into.status = status === null ? 0 : Number(status);
  into.address = String(find(row, 'address') ?? '');
  into.method = method;
  into.target = query === null || query === '-' ? path : `${path}?${query}`;
  into.bytes = size === null || !(Number(size) >= 0) ? SIZE_UNKNOWN : Number(size);
  into.agent = String(find(row, 'agent') ?? listedAgent(row));
  if (into.agent === '-') into.agent = '';
  return into.status === 0 || (into.status >= 100 && into.status <= 999);
}

function parseRow(line: string): Row | null {
  try {
    const row: unknown = JSON.parse(line);
    return isRow(row) ? row : null;
  } catch {
    return null;
  }
}

/** nginx's `$request` holds `GET /path HTTP/1.1` in one text. */
function requestWords(target: string, method: string | number | null): readonly [string, string] {
  const words = /^([A-Z]{3,10}) (\S+)(?: HTTP\/[\d.]+)?$/.exec(target);
  if (words !== null) return [words[1] ?? '', words[2] ?? ''];
  return [String(method ?? ''), target];
}

/** Any clock that such logs write: RFC 3339, the common format, or seconds to nanoseconds. */
function secondsOf(time: string | number | null): number {
  if (time === null) return Number.NaN;
  const number = typeof time === 'number' ? time : /^\d{9,19}(?:\.\d+)?$/.test(time) ? +time : null;
  if (number === null) return Math.floor(Date.parse(zoned(String(time))) / 1000);
  let seconds = number;
  while (seconds > 1e11) seconds /= 1000;
  return seconds > 7e8 ? Math.floor(seconds) : Number.NaN;
}

/** A form that `Date.parse` reads the same everywhere; a time without a zone is UTC. */
function zoned(time: string): string {
  const text = time.replace(/^(\d\d)\/(\w{3})\/(\d{4}):(\d\d:\d\d:\d\d)/, '$1 $2 $3 $4');
  return /(?:[zZ]|[+-]\d\d:?\d\d|GMT|UTC)$/.test(text) ? text : `${text}Z`;
}
