/** How many combining marks one letter may carry before the rest is shown as a count. */
export const COMBINING_MARKS_MAX = 4;

const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{DI}\u2800]/u;
const UNSEEN_OR_STACKED = new RegExp(`${UNSEEN.source}|\\p{M}{${COMBINING_MARKS_MAX + 1},}`, 'gu');

/** A stretch of text as it stands, or a visible mark for what cannot be seen or would mislead. */
export type DisplayPiece = { readonly text: string } | { readonly mark: string };

/**
 * Splits text from outside into what a reader can see and marks for what a reader cannot.
 *
 * Marked as `[U+202E]`: control characters, bidirectional controls, zero-width and other ignorable
 * characters, lone surrogates, private use. Line breaks and tabs become one blank. Emoji and text
 * variation selectors (U+FE0E, U+FE0F) stay. Linear time.
 */
export function displayPieces(text: string): readonly DisplayPiece[] {
  const pieces: DisplayPiece[] = [];
  const line = text.replace(/\r\n?|\n|\t/g, ' ');
  let from = 0;
  for (const hit of line.matchAll(UNSEEN_OR_STACKED)) {
    if (hit[0] === '\uFE0E' || hit[0] === '\uFE0F') continue;
    const points = Array.from(hit[0]);
    const kept = points.length > 1 ? points.slice(0, COMBINING_MARKS_MAX) : [];
    const plain = line.slice(from, hit.index) + kept.join('');
    if (plain !== '') pieces.push({ text: plain });
    pieces.push({ mark: markFor(hit[0], points.length - kept.length) });
    from = hit.index + hit[0].length;
  }
  if (from < line.length) pieces.push({ text: line.slice(from) });
  return pieces;
}

function markFor(unseen: string, unshown: number): string {
  if (/^\p{M}{2}/u.test(unseen)) return `[${unshown} more accents]`;
  const point = unseen.codePointAt(0) ?? 0;
  return `[U+${point.toString(16).toUpperCase().padStart(4, '0')}]`;
}

/**
 * One line that is safe on a terminal and in a page's text: see `displayPieces`. Not HTML-escaped.
 */
export function printable(text: string): string {
  return displayPieces(text)
    .map((piece) => ('text' in piece ? piece.text : piece.mark))
    .join('');
}

/** With something behind the colon: `no file: it was left out` is a sentence. */
const SCHEMES_WITHOUT_SLASHES = /\b(mailto|javascript|data|tel|sms|vbscript|blob|file):(?=\S)/gi;

/**
 * Makes addresses unclickable and unpasteable: `hxxps[:]//mail[.]example/a`,
 * `info[at]mail[.]example`, `192[.]0[.]2[.]1`. Decimals and ordinary prose stay. Twice is the same
 * as once. Linear time.
 */
export function defang(text: string): string {
  return text.replace(/\S+/gu, defangWord);
}

function defangWord(word: string): string {
  if (!/[.:@]/.test(word)) return word;
  const addressed = word
    // Browsers read one slash, or the other, as two.
    .replace(/htt(?=ps?:[/\\])/gi, 'hxx')
    .replace(/(?<=hxxps?):(?=[/\\])/gi, '[:]')
    .replace(/:\/\//g, '[:]//')
    .replace(SCHEMES_WITHOUT_SLASHES, '$1[:]')
    .replace(/(?<=\S)@(?=\S)/gu, '[at]');
  const isAddress = addressed !== word || hasHostShape(word);
  return isAddress ? addressed.replace(/(?<=[\p{L}\p{N}_\-\]])\.(?=[\p{L}\p{N}_])/gu, '[.]') : word;
}

const hasHostShape = (word: string): boolean =>
  /[\p{L}\p{N}_-]\.\p{L}{2}/u.test(word) || /\d\.\d+\.\d+\.\d/.test(word);
