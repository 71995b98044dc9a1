import { isSummaryRow } from '../forward/index.ts';
import { looksLikeMail } from '../mail/index.ts';

/**
 * Fields that a mail had before anybody saved it: one of them, so that typed words do not count.
 */
const TRACE =
  /^(?:received|return-path|message-id|delivered-to|dkim-signature|authentication-results|arc-seal|x-apparently-to|x-originating-ip)[ \t]*:/i;
const FIELD = /^[\x21-\x39\x3b-\x7e]{1,76}:/;

/** Lines of words that a program or a person puts above a source: a title, an address, a note. */
const LEAD_LINES_MAX = 12;
const LEAD_LENGTH_MAX = 1_000;
const HEAD_LENGTH = 16_384;

/** Eight rows, their values perhaps on lines of their own, a title, and the page's buttons. */
const SUMMARY_LINES_MAX = 40;
/** A subject and a list of recipients stand in it too. */
const SUMMARY_LENGTH_MAX = 8_000;

/**
 * Where the source of a mail begins in a text that shows one, a few lines of words or the summary
 * of Gmail's "Show original" above it aside; -1 where none does.
 */
export function sourceStart(text: string): number {
  const lines = text.slice(0, HEAD_LENGTH).split('\n');
  const isSummed = hasSummary(lines.slice(0, SUMMARY_LINES_MAX));
  const linesMax = isSummed ? SUMMARY_LINES_MAX : LEAD_LINES_MAX;
  const lengthMax = isSummed ? SUMMARY_LENGTH_MAX : LEAD_LENGTH_MAX;
  let start = 0;
  for (const [at, line] of lines.entries()) {
    if (at > linesMax || start > lengthMax) return -1;
    if (FIELD.test(line) && isHeader(lines.slice(at))) return start;
    start += line.length + 1;
  }
  return -1;
}

/** Whether lines hold a row of the summary of Gmail's "Show original". */
export const hasSummary = (lines: readonly string[]): boolean => lines.some(isSummaryRow);

function isHeader(lines: readonly string[]): boolean {
  const trimmed = lines.map((line) => line.replace(/\r+$/, ''));
  const end = trimmed.indexOf('');
  const block = end < 0 ? trimmed : trimmed.slice(0, end);
  // Its rows From, To and Subject are no header fields.
  if (hasSummary(block)) return false;
  return block.some((line) => TRACE.test(line)) && looksLikeMail(block);
}
