/** A line of a body with its quote marks taken off. */
export interface TextLine {
  readonly start: number;
  /** Before the line break. */
  readonly end: number;
  /** How many `>` stand before it. */
  readonly depth: number;
  /** Without quote marks, trimmed, invisible marks dropped. */
  readonly text: string;
}

/** Longer bodies are read up to here: a forward's header stands near its top. */
export const FORWARD_TEXT_MAX = 2_000_000;

/** Lines of `text`; a break is LF, CRLF or CR. */
export const linesOf = (text: string): readonly TextLine[] => [...linesIn(text, !HIDES.test(text))];

/** The first lines of `text` that are not blank, at most so many, up to the next blank one. */
export function headOf(text: string, most: number): readonly TextLine[] {
  const lines: TextLine[] = [];
  for (const line of linesIn(text, false)) {
    if (line.text !== '') lines.push(line);
    if (lines.length === most || (line.text === '' && lines.length > 0)) break;
  }
  return lines;
}

/** One line after the other. `clear`: no mark that shows nothing stands in the text. */
export function* linesIn(text: string, clear: boolean): Iterable<TextLine> {
  const length = Math.min(text.length, FORWARD_TEXT_MAX);
  // Both searches go forward only: a break that lies ahead is not looked for again.
  let [feed, carriage] = [-1, -1];
  for (let start = 0; start < length; ) {
    if (feed < start) feed = placeOf(text, '\n', start);
    if (carriage < start) carriage = placeOf(text, '\r', start);
    const end = Math.min(feed, carriage, length);
    yield readLine(text, start, end, clear);
    start = end + (end === carriage && feed === end + 1 ? 2 : 1);
  }
}

function placeOf(text: string, character: string, from: number): number {
  const at = text.indexOf(character, from);
  return at < 0 ? Number.POSITIVE_INFINITY : at;
}

function readLine(text: string, start: number, end: number, clear: boolean): TextLine {
  const { depth, at } = quoteMarks(text, start, end, Number.POSITIVE_INFINITY);
  const content = text.slice(at, end);
  return { start, end, depth, text: (clear ? content : visible(content)).trim() };
}

/** A stretch of a line as a line of its own. */
export const pieceOf = (text: string, start: number, end: number, depth: number): TextLine => ({
  ...{ start, end, depth },
  text: visible(text.slice(start, end)).trim(),
});

/** Without the given characters at either end; a pattern would take quadratic time on long runs. */
export function trimmed(text: string, characters: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && characters.includes(text[start]!)) start++;
  while (end > start && characters.includes(text[end - 1]!)) end--;
  return text.slice(start, end);
}

/** Past at most `most` quote marks and the blank that follows each. */
export function quoteMarks(
  text: string,
  start: number,
  end: number,
  most: number,
): { readonly depth: number; readonly at: number } {
  let depth = 0;
  let at = start;
  for (let i = start; i < end && depth < most; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x3e) {
      depth++;
      at = text.charCodeAt(i + 1) === 0x20 ? i + 2 : i + 1;
    } else if (code !== 0x20 && code !== 0x09) break;
  }
  return { depth, at: Math.min(at, end) };
}

/** Without marks that show nothing; a no-break space is a blank. */
export const visible = (text: string): string =>
  text.replace(INVISIBLE, '').replaceAll('\u00a0', ' ');

/** Direction marks, joiners and byte order marks that clients strew between label and value. */
const HIDES = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\u00a0]/;
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]/g;
