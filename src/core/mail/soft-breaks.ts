/** A text with its soft breaks undone within words, and where its pieces stood before. */
export interface JoinedText {
  readonly text: string;
  /** Where each piece begins in `text`, the first at 0. */
  readonly starts: readonly number[];
  /** Where that stood in the text as it was sent. */
  readonly sources: readonly number[];
}

const SPACE = 0x20;
const LINE_FEED = 0x0a;
const QUOTE = 0x3e;

/**
 * Joins words that `format=flowed; delsp=yes` (RFC 3676 section 4) parts at a line's end: a long
 * link, a text without blanks. Lines end with LF.
 *
 * A break between words stays, for there a blank stands before the one that marks it: lines keep
 * their shape, by which forwards are found. Lines of other quote depth, signature separators and
 * empty lines are never joined (sections 4.3 and 4.5). Linear time.
 */
export function joinSoftBreaks(text: string): JoinedText {
  const starts = [0];
  const sources = [0];
  const pieces: string[] = [];
  let [from, length] = [0, 0];
  for (let at = text.indexOf(' \n'); at >= 0; at = text.indexOf(' \n', at + 2)) {
    const next = wordGoesOn(text, at);
    if (next < 0) continue;
    pieces.push(text.slice(from, at));
    length += at - from;
    from = next;
    starts.push(length);
    sources.push(from);
  }
  return pieces.length === 0
    ? { text, starts, sources }
    : { text: `${pieces.join('')}${text.slice(from)}`, starts, sources };
}

/** Where the word before the break at `at` goes on in the next line; -1 where it does not. */
function wordGoesOn(text: string, at: number): number {
  const line = text.lastIndexOf('\n', at - 1) + 1;
  const words = pastMarks(text, line);
  if (words >= at || text.charCodeAt(at - 1) === SPACE) return -1;
  if (text.slice(words, at) === '--') return -1;
  const next = pastMarks(text, at + 2);
  const depth = (begins: number): number => quoteDepth(text, begins);
  if (depth(line) !== depth(at + 2) || next >= text.length) return -1;
  const code = text.charCodeAt(next);
  return code === SPACE || code === LINE_FEED ? -1 : next;
}

function quoteDepth(text: string, line: number): number {
  let at = line;
  while (text.charCodeAt(at) === QUOTE) at += 1;
  return at - line;
}

/** Behind the quote marks, and the blank that space-stuffing puts there (section 4.4). */
function pastMarks(text: string, line: number): number {
  const at = line + quoteDepth(text, line);
  return text.charCodeAt(at) === SPACE ? at + 1 : at;
}
