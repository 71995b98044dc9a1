import { FORWARD_LABELS, LABEL_LENGTH_MAX } from '../forward/index.ts';

/**
 * The stretches of a text that its author wrote, as pairs of offsets `[start, end, start, end,
 * ...]`.
 *
 * Quote marks (`>`) at the head of a line are left out, as are the header lines that a mail program
 * prints above a forwarded message (two or more together, in any language of `core/forward`),
 * the line that announces them, and "message clipped" notes. Blank lines stay out too; a pair
 * never spans a line break.
 */
export function keptLines(text: string): readonly number[] {
  const lines = allLines(text);
  dropForwardingBlocks(text, lines);
  let kept = 0;
  for (let i = 0; i < lines.length; i += 2) {
    const start = lines[i] ?? 0;
    const end = lines[i + 1] ?? 0;
    if (end <= start || isClippedNote(text, start, end)) continue;
    lines[kept++] = start;
    lines[kept++] = end;
  }
  lines.length = kept;
  return lines;
}

const LINE_FEED = 10;
const RETURN = 13;
const SPACE = 32;
const TAB = 9;
const QUOTE = 62;
const COLON = 58;
const WIDE_COLON = 0xff1a;
const STAR = 42;

/** Every line without its quote marks, blanks and line end; an empty line is an empty pair. */
function allLines(text: string): number[] {
  const lines: number[] = [];
  let from = 0;
  while (from <= text.length) {
    let next = text.indexOf('\n', from);
    if (next < 0) next = text.length;
    let start = from;
    let end = next;
    while (start < end && isLead(text.charCodeAt(start))) start++;
    while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
    lines.push(start, end);
    from = next + 1;
  }
  return lines;
}

const isBlank = (unit: number): boolean =>
  unit === SPACE || unit === TAB || unit === RETURN || unit === LINE_FEED || unit === 0xa0;

const isLead = (unit: number): boolean => unit === QUOTE || isBlank(unit);

/** Empties the pairs of header lines that stand together, and of the line that announces them. */
function dropForwardingBlocks(text: string, lines: number[]): void {
  let i = 0;
  while (i < lines.length) {
    if (!isHeaderLine(text, lines[i] ?? 0, lines[i + 1] ?? 0)) {
      i += 2;
      continue;
    }
    const block = headerBlock(text, lines, i);
    if (block.headers >= 2) {
      dropAnnouncement(text, lines, i);
      for (let k = i; k < block.end; k += 2) lines[k + 1] = lines[k] ?? 0;
    }
    i = block.end;
  }
}

/** Some mail programs put a blank line between the header lines. */
const BLANK_LINES_BETWEEN_MAX = 1;

function headerBlock(
  text: string,
  lines: readonly number[],
  first: number,
): { readonly headers: number; readonly end: number } {
  let headers = 1;
  let end = first + 2;
  let blank = 0;
  for (let i = end; i < lines.length && blank <= BLANK_LINES_BETWEEN_MAX; i += 2) {
    const start = lines[i] ?? 0;
    const stop = lines[i + 1] ?? 0;
    if (stop <= start) blank++;
    else if (isHeaderLine(text, start, stop)) {
      headers++;
      blank = 0;
      end = i + 2;
    } else break;
  }
  return { headers, end };
}

function isHeaderLine(text: string, start: number, end: number): boolean {
  const stop = Math.min(end, start + LABEL_LENGTH_MAX);
  for (let i = start; i < stop; i++) {
    const unit = text.charCodeAt(i);
    if (unit === COLON || unit === WIDE_COLON) return FORWARD_LABELS.has(nameIn(text, start, i));
  }
  return false;
}

function nameIn(text: string, start: number, colon: number): string {
  let from = start;
  let to = colon;
  while (from < to && text.charCodeAt(from) === STAR) from++;
  while (to > from && (text.charCodeAt(to - 1) === STAR || isBlank(text.charCodeAt(to - 1)))) to--;
  return text.slice(from, to).toLowerCase();
}

const ANNOUNCEMENT_MAX = 80;

/** `---------- Forwarded message ---------`, `Begin forwarded message:`, in any language. */
function dropAnnouncement(text: string, lines: number[], block: number): void {
  let i = block - 2;
  while (i >= 0 && lines[i] === lines[i + 1] && block - i <= 6) i -= 2;
  const start = lines[i];
  const end = lines[i + 1];
  if (start === undefined || end === undefined || end - start > ANNOUNCEMENT_MAX) return;
  const line = text.slice(start, end);
  if (/^[-_=*–—]{2}/.test(line) || /[:：]$/.test(line)) lines[i + 1] = start;
}

const CLIPPED = /^\[(?:message clipped|message truncated|quoted text hidden)\]/i;

const isClippedNote = (text: string, start: number, end: number): boolean =>
  text.charCodeAt(start) === 91 && CLIPPED.test(text.slice(start, Math.min(end, start + 30)));
