import { wholeNumber } from './common-line.ts';
import { clockSeconds, type TimeReader } from './line-time.ts';
import { type LogRequest, SIZE_UNKNOWN } from './log-request.ts';

/** Field names of the W3C extended format, in lower case, each with its place in a line. */
export interface W3cFields {
  readonly date: number;
  readonly time: number;
  readonly address: number;
  readonly method: number;
  readonly stem: number;
  readonly query: number;
  readonly status: number;
  readonly bytes: number;
  readonly agent: number;
}

/** What IIS 7 and later write unless told otherwise; stands in where a piece lost its head. */
const IIS_DEFAULT =
  'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) ' +
  'cs(Referer) sc-status sc-substatus sc-win32-status time-taken';

export const iisDefaultFields = (): W3cFields => readFields(IIS_DEFAULT);

/**
 * Reads what follows `#Fields:`. W3C working draft WD-logfile-960323; IIS and CloudFront write it.
 */
function readFields(text: string): W3cFields {
  const names = text.trim().toLowerCase().split(/\s+/, 100);
  const place = (...wanted: string[]): number =>
    Math.max(-1, ...wanted.map((name) => names.indexOf(name)).filter((at) => at >= 0));
  return {
    date: place('date'),
    time: place('time'),
    address: place('c-ip'),
    method: place('cs-method'),
    stem: place('cs-uri-stem', 'cs-uri'),
    query: place('cs-uri-query'),
    status: place('sc-status'),
    bytes: place('sc-bytes'),
    agent: place('cs(user-agent)'),
  };
}

/** State of a W3C log between its lines. */
export interface W3cState {
  fields: W3cFields;
  /** `#Date:` of the head, for logs whose lines hold the time only. */
  day: number;
}

/** A line that begins with `#`: keeps what it says for the lines behind it. */
export function readDirective(line: string, times: TimeReader, state: W3cState): void {
  if (line.startsWith('#Fields:')) state.fields = readFields(line.slice(8));
  else if (line.startsWith('#Date:')) {
    const day = times.isoDay(line, 7);
    if (!Number.isNaN(day)) state.day = day;
  }
}

/** Reads one line of values, split by blanks or tabs, into `into`; false where it is none. */
export function readW3cLine(
  line: string,
  state: W3cState,
  times: TimeReader,
  into: LogRequest,
): boolean {
  const { fields } = state;
  const values = line.split(line.includes('\t') ? '\t' : ' ');
  const value = (at: number): string => values[at] ?? '-';
  const day = fields.date < 0 ? state.day : times.isoDay(value(fields.date), 0);
  const second = day + clockSeconds(value(fields.time), 0);
  const status = wholeNumber(value(fields.status), 0);
  if (Number.isNaN(second) || !(status >= 100 && status <= 999)) return false;
  const query = value(fields.query);
  const size = wholeNumber(value(fields.bytes), 0);
  const agent = value(fields.agent);
  into.second = second;
  into.status = status;
  into.address = value(fields.address);
  into.method = value(fields.method);
  into.target = query === '-' ? value(fields.stem) : `${value(fields.stem)}?${query}`;
  into.bytes = Number.isNaN(size) ? SIZE_UNKNOWN : size;
  // IIS writes blanks as "+", CloudFront as "%20".
  into.agent = agent === '-' ? '' : agent.replace(/\+|%20|%2520/g, ' ');
  return true;
}
