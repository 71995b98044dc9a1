import { COMMON_TIME_LENGTH, type TimeReader } from './line-time.ts';
import type { LogRequest } from './log-request.ts';

/**
 * Reads one line of the common or combined format, as Apache and nginx write it, into `into`:
 * `address ident user [time] "request" status bytes "referrer" "agent" ...`.
 *
 * The virtual-host form with the host first is read too; fields behind the agent are skipped.
 * False where the line is none. Source: Apache mod_log_config, nginx ngx_http_log_module.
 */
export function readCommonLine(line: string, times: TimeReader, into: LogRequest): boolean {
  const bracket = line.indexOf('[');
  if (bracket < 2) return false;
  const second = times.common(line, bracket + 1);
  const open = line.indexOf('"', bracket + COMMON_TIME_LENGTH - 6);
  if (Number.isNaN(second) || open < 0) return false;
  const close = closingQuote(line, open + 1);
  if (close < 0 || !readRequest(line, open + 1, close, into)) return false;
  const status = wholeNumber(line, close + 2);
  if (!(status >= 100 && status <= 999)) return false;
  into.second = second;
  into.status = status;
  into.address = clientOf(line, bracket);
  const sizeAt = line.indexOf(' ', close + 2) + 1;
  const size = sizeAt === 0 ? Number.NaN : wholeNumber(line, sizeAt);
  // "-" stands for no body at all (Apache %b).
  into.bytes = Number.isNaN(size) ? 0 : size;
  into.agent = agentOf(line, close);
  return true;
}

function readRequest(line: string, from: number, end: number, into: LogRequest): boolean {
  const afterMethod = line.indexOf(' ', from);
  // TLS sent to a plain port, or nothing: a line of the log without a request.
  if (afterMethod < 0 || afterMethod >= end) {
    into.method = '';
    into.target = '';
    return true;
  }
  const beforeProtocol = line.lastIndexOf(' ', end - 1);
  into.method = line.slice(from, afterMethod);
  into.target = line.slice(afterMethod + 1, beforeProtocol > afterMethod ? beforeProtocol : end);
  return true;
}

function clientOf(line: string, bracket: number): string {
  const first = line.indexOf(' ');
  const second = line.indexOf(' ', first + 1);
  const third = line.indexOf(' ', second + 1);
  const fourth = third < 0 ? -1 : line.indexOf(' ', third + 1);
  // Four words before the time: the virtual host stands first.
  if (fourth > 0 && fourth < bracket) return line.slice(first + 1, second);
  return line.slice(0, first);
}

function agentOf(line: string, requestEnd: number): string {
  const referrer = line.indexOf('"', requestEnd + 1);
  if (referrer < 0) return '';
  const referrerEnd = closingQuote(line, referrer + 1);
  const agent = referrerEnd < 0 ? -1 : line.indexOf('"', referrerEnd + 1);
  if (agent < 0) return '';
  const agentEnd = closingQuote(line, agent + 1);
  const text = line.slice(agent + 1, agentEnd < 0 ? line.length : agentEnd);
  return text === '-' ? '' : text;
}

/** A quote that no backslash keeps inside; -1 where the line ends first. */
function closingQuote(line: string, from: number): number {
  let at = line.indexOf('"', from);
  while (at > from && isEscaped(line, at, from)) at = line.indexOf('"', at + 1);
  return at;
}

function isEscaped(line: string, quote: number, from: number): boolean {
  let slashes = 0;
  for (let at = quote - 1; at >= from && line.charCodeAt(at) === 92; at--) slashes += 1;
  return slashes % 2 === 1;
}

/** Decimal digits at `at`, up to the next blank; NaN where there are none. */
export function wholeNumber(text: string, at: number): number {
  let value = 0;
  let end = at;
  for (; end < text.length && end - at < 12; end++) {
    const digit = text.charCodeAt(end) - 48;
    if (!(digit >= 0 && digit <= 9)) break;
    value = value * 10 + digit;
  }
  return end === at ? Number.NaN : value;
}
