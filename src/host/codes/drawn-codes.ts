import { htmlToText } from '../../core/html/index.ts';
import type { MessageContent } from '../../core/mail/index.ts';

/** A code drawn without a picture: rows of modules, dark where not 0. */
export interface DrawnCode {
  /** The part that it stands in. */
  readonly at: string;
  readonly width: number;
  readonly height: number;
  /** Row by row, one byte a module or half character. */
  readonly dark: Uint8Array;
}

/** Codes of one message that are drawn of characters or cells and are read. */
export const DRAWN_MAX = 10;
/**
 * Rows and columns of one: version 40 has 177 modules a side (ISO/IEC 18004), twice for wide ones.
 */
const SIDE_MAX = 400;
/** The smallest code has 21 modules a side. */
const SIDE_MIN = 21;
/** A body is searched this far. */
const TEXT_LENGTH_MAX = 1_000_000;

/** Codes made of block characters in a text, or of coloured cells in an HTML table. */
export function drawnCodes(bodies: MessageContent['bodies']): readonly DrawnCode[] {
  const found = bodies.flatMap(({ path: at, kind, text: whole }) => {
    const text = whole.slice(0, TEXT_LENGTH_MAX);
    const isPage = kind === 'html';
    const blocks = MAY_BE_BLOCKS.test(text)
      ? ofCharacters(isPage ? htmlToText(text) : text, at)
      : [];
    return [...blocks, ...(isPage ? ofCells(text, at) : [])];
  });
  return found.filter(isMixed).slice(0, DRAWN_MAX);
}

/** About half of a code is dark; a table of words or a bar is not. */
function isMixed({ dark }: DrawnCode): boolean {
  const share = dark.reduce((sum, one) => sum + one, 0) / dark.length;
  return share > 0.15 && share < 0.85;
}

const MAY_BE_BLOCKS =
  /[\u2580\u2584\u2588\u2b1b\u25a0]|&#(?:96\d\d|x25[89a])|&(?:block|uhblk|lhblk);/i;

/**
 * What a character paints: its left and right halves, each above and below; two columns, two rows.
 */
const PAINTS: ReadonlyMap<string, readonly [boolean, boolean]> = new Map([
  ['\u2588', [true, true]],
  ['\u2580', [true, false]],
  ['\u2584', [false, true]],
]);
/** As wide as high: black squares, and white ones. */
const SQUARES: ReadonlyMap<string, boolean> = new Map([
  ['\u2b1b', true],
  ['\u25a0', true],
  ['\u2b1c', false],
  ['\u25a1', false],
]);

/** A character cell is twice as high as wide: one column, two rows; a square takes two columns. */
function ofCharacters(text: string, at: string): readonly DrawnCode[] {
  const found: DrawnCode[] = [];
  let rows: string[] = [];
  const close = (): void => {
    const code = rows.length * 2 >= SIDE_MIN ? drawn(rows, at) : null;
    if (code !== null) found.push(code);
    rows = [];
  };
  for (const line of text.split('\n')) {
    if (/[\u2580\u2584\u2588\u2b1b\u25a0]/.test(line) && line.length <= SIDE_MAX) rows.push(line);
    else if (rows.length > 0) close();
    if (rows.length >= SIDE_MAX / 2) close();
  }
  close();
  return found;
}

function drawn(rows: readonly string[], at: string): DrawnCode | null {
  const painted = rows.map((row) =>
    [...row].flatMap((char): readonly (readonly [boolean, boolean])[] => {
      const square = SQUARES.get(char);
      if (square !== undefined)
        return [
          [square, square],
          [square, square],
        ];
      return [PAINTS.get(char) ?? [false, false]];
    }),
  );
  const width = Math.max(...painted.map((row) => row.length));
  if (width < SIDE_MIN || width > SIDE_MAX) return null;
  const dark = new Uint8Array(width * rows.length * 2);
  for (const [y, row] of painted.entries())
    for (const [x, [above, below]] of row.entries()) {
      if (above) dark[y * 2 * width + x] = 1;
      if (below) dark[(y * 2 + 1) * width + x] = 1;
    }
  return { at, width, height: rows.length * 2, dark };
}

const ROW = /<(tr|\/tr|td|th|table|\/table)\b([^>]{0,2000})>/gi;

/** Rows of as many cells each, painted in a dark colour or not. Tables in tables are no code. */
function ofCells(html: string, at: string): readonly DrawnCode[] {
  const found: DrawnCode[] = [];
  let rows: boolean[][] = [];
  let row: boolean[] = [];
  const closeRow = (): void => {
    if (row.length >= SIDE_MIN && row.length <= SIDE_MAX && rows.length < SIDE_MAX) rows.push(row);
    row = [];
  };
  const close = (): void => {
    closeRow();
    const width = rows[0]?.length ?? 0;
    if (rows.length >= SIDE_MIN && rows.every((one) => one.length === width))
      found.push({ at, width, height: rows.length, dark: Uint8Array.from(rows.flat(), Number) });
    rows = [];
  };
  for (const { 1: name = '', 2: inside = '' } of html.matchAll(ROW)) {
    if (/table$/i.test(name)) close();
    else if (/tr$/i.test(name)) closeRow();
    else for (let times = spanOf(inside); times > 0; times -= 1) row.push(isDark(inside));
  }
  close();
  return found;
}

const spanOf = (inside: string): number =>
  Math.min(SIDE_MAX, Number(/colspan\s*=\s*["']?(\d{1,3})/i.exec(inside)?.[1] ?? 1));

/** A background of little light: less than half in each part. */
function isDark(inside: string): boolean {
  const colour =
    /(?:bgcolor\s*=\s*["']?|background(?:-color)?\s*:\s*)\s*(#?\w{3,20}|rgb\([^)]{5,20}\))/i.exec(
      inside,
    )?.[1];
  if (colour === undefined) return false;
  const rgb = /^rgb\((\d{1,3})\D+(\d{1,3})\D+(\d{1,3})\)$/i.exec(colour)?.slice(1).map(Number);
  const hex = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(colour)?.[1];
  if (rgb !== undefined) return rgb.every((part) => part < 128);
  if (hex === undefined) return /^(?:black|navy|maroon|indigo|midnightblue|dark\w+)$/i.test(colour);
  const wide = hex.length === 6 ? hex : hex.replace(/./g, '$&$&');
  return [0, 2, 4].every((from) => Number.parseInt(wide.slice(from, from + 2), 16) < 128);
}
