/**
 * Who wrote an mbox separator line, told from its looks: the sender's form and the date's layout.
 *
 * One writer keeps one shape through a whole file, so a line of another shape is body text.
 */
export type SeparatorShape = `${SenderForm}/${DateLayout}`;

type SenderForm = 'thunderbird' | 'gmail' | 'eudora' | 'archive' | 'plain';
type DateLayout = 'asctime' | 'asctime-zone' | 'rfc822' | 'iso' | 'none';

/** RFC 5322 section 2.1.1: a line has at most 998 characters; a longer one separates nothing. */
export const MBOX_SEPARATOR_MAX = 1000;

const WEEKDAY = /^(?:mon|tue|wed|thu|fri|sat|sun),?$/i;
const MONTH = /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)$/i;
const DAY = /^(?:0?[1-9]|[12]\d|3[01])$/;
const TIME = /^(?:[01]?\d|2[0-3]):[0-5]\d(?::(?:[0-5]\d|60))?$/;
const YEAR = /^(?:19[7-9]\d|20\d\d)$/;
const ISO_DATE = /^(?:19[7-9]\d|20\d\d)-\d\d-\d\d(?:T\d\d:\d\d\S*)?$/;

/**
 * Reads `From sender date` (RFC 4155 appendix A, and what writers made of it).
 *
 * `line` starts with `From ` and has no line break. Null: no separator.
 */
export function separatorShape(line: string): SeparatorShape | null {
  if (line.length > MBOX_SEPARATOR_MAX) return null;
  const tokens = line
    .slice(5)
    .trim()
    .split(/[ \t]+/);
  const bare = tokens.length === 1 ? bareForm(tokens[0] ?? '') : null;
  if (bare !== null) return `${bare}/none`;
  // The sender is one word but for archives (`user at host`) and quoted local parts.
  const lastStart = Math.min(tokens.length - 1, 8);
  for (let start = 1; start <= lastStart; start += 1) {
    const layout = dateLayout(tokens, start);
    if (layout === null) continue;
    const sender = senderForm(tokens.slice(0, start));
    return sender === null ? null : `${sender}/${layout}`;
  }
  return null;
}

/**
 * Thunderbird has written `From ` alone since 2024; numbers of Gmail lose their date in other
 * tools.
 */
const bareForm = (sender: string): SenderForm | null =>
  sender === '' || sender === '-' ? 'thunderbird' : GMAIL.test(sender) ? 'gmail' : null;

const GMAIL = /^\d+@xxx$/;

function senderForm(tokens: readonly string[]): SenderForm | null {
  const [first = ''] = tokens;
  if (tokens.length === 3 && tokens[1]?.toLowerCase() === 'at') return 'archive';
  if (tokens.length > 1) return first.startsWith('"') ? 'plain' : null;
  if (first === '-') return 'thunderbird';
  if (first === '???@???') return 'eudora';
  if (GMAIL.test(first)) return 'gmail';
  return 'plain';
}

function dateLayout(tokens: readonly string[], start: number): DateLayout | null {
  const at = (index: number): string => tokens[start + index] ?? '';
  if (ISO_DATE.test(at(0))) return 'iso';
  const named = WEEKDAY.test(at(0)) ? 1 : 0;
  if (DAY.test(at(named)) && MONTH.test(at(named + 1)) && YEAR.test(at(named + 2))) {
    return TIME.test(at(named + 3)) ? 'rfc822' : null;
  }
  if (named === 0 || !MONTH.test(at(1)) || !DAY.test(at(2)) || !TIME.test(at(3))) return null;
  if (YEAR.test(at(4))) return at(5) === '' || at(5) === 'remote' ? 'asctime' : 'asctime-zone';
  return YEAR.test(at(5)) || YEAR.test(at(6)) ? 'asctime-zone' : null;
}
