import { isUtf8 } from 'node:buffer';

/** DuckDB's own limit for a line; a longer one is no row of a roll. */
export const ROW_BYTES_MAX = 2_000_000;

/** Where the cells of one row stand. Valid until the next row is taken. */
export interface RowCells {
  /** The bytes that the places are in. */
  bytes: Buffer;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** 1 where a cell stood in quotes, 2 where it holds doubled quotes too. */
  readonly quotes: Uint8Array;
  /** Place of the row's first byte in the file. */
  offset: number;
}

export interface RowShape {
  readonly delimiter: string;
  readonly quoted: boolean;
  readonly width: number;
  readonly header: boolean;
  readonly encoding: 'utf-8' | 'latin-1';
}

/** What is wrong with a row, and the place in the file where it begins. */
export interface RowTrouble {
  readonly offset: number;
  readonly found: { readonly cells: number } | 'torn' | 'encoding';
}

export interface RowScanner {
  /**
   * Takes the whole rows of `bytes`, the last one with `last` only, and says how many bytes those
   * are.
   */
  feed(bytes: Buffer, last: boolean): number | RowTrouble;
}

const QUOTE = 34;
const LINE_FEED = 10;
const RETURN = 13;
const MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const UNFINISHED = -1;
const TORN = -2;

interface CellScan {
  readonly row: RowCells;
  /** Cells of the row that was scanned last. */
  cells: number;
  /** Place behind the row that begins at `from`, its line feed included; UNFINISHED or TORN. */
  rowEnd(bytes: Buffer, from: number, last: boolean): number;
}

/** Place of the delimiter or line feed that ends a plain cell, or the end of the bytes. */
function plainEnd(bytes: Buffer, from: number, delimiter: number): number {
  const end = bytes.length;
  let at = from;
  while (at < end && bytes[at] !== delimiter && bytes[at] !== LINE_FEED) at += 1;
  return at;
}

function openCellScan({ width, quoted, delimiter: sign }: RowShape): CellScan {
  const delimiter = sign.charCodeAt(0);
  const starts = new Int32Array(width);
  const ends = new Int32Array(width);
  const quotes = new Uint8Array(width);
  const set = (cell: number, start: number, end: number, quote: number): void => {
    if (cell >= width) return;
    starts[cell] = start;
    ends[cell] = end;
    quotes[cell] = quote;
  };
  /** Place behind the closing quote, UNFINISHED or TORN. */
  const quotedEnd = (bytes: Buffer, from: number, last: boolean): number => {
    let at = bytes.indexOf(QUOTE, from + 1);
    let doubled = 1;
    for (; at !== -1 && bytes[at + 1] === QUOTE; at = bytes.indexOf(QUOTE, at + 2)) doubled = 2;
    if (at === -1) return last ? TORN : UNFINISHED;
    if (at + 1 === bytes.length && !last) return UNFINISHED;
    set(scan.cells, from + 1, at, doubled);
    const next = bytes[at + 1];
    if (next === RETURN) return bytes[at + 2] === LINE_FEED || last ? at + 2 : UNFINISHED;
    return next === undefined || next === delimiter || next === LINE_FEED ? at + 1 : TORN;
  };
  const cellEnd = (bytes: Buffer, from: number, last: boolean): number => {
    if (quoted && bytes[from] === QUOTE) return quotedEnd(bytes, from, last);
    const at = plainEnd(bytes, from, delimiter);
    if (at === bytes.length && !last) return UNFINISHED;
    const returned = at > from && bytes[at] !== delimiter && bytes[at - 1] === RETURN;
    set(scan.cells, from, returned ? at - 1 : at, 0);
    return at;
  };
  const scan: CellScan = {
    row: { bytes: Buffer.alloc(0), starts, ends, quotes, offset: 0 },
    cells: 0,
    rowEnd: (bytes, from, last) => {
      scan.cells = 0;
      for (let at = from; ; at += 1) {
        at = cellEnd(bytes, at, last);
        if (at < 0) return at;
        scan.cells += 1;
        if (at >= bytes.length) return bytes.length;
        if (bytes[at] === LINE_FEED) return at + 1;
      }
    },
  };
  return scan;
}

/**
 * Rows of a delimited file (RFC 4180 with any delimiter), as places in the bytes as they came: a
 * roll has more bytes than a process has room for texts. Empty lines are no rows. Strict: a row of
 * another width, a quote that is not closed or closed within a value, and bytes that are not of the
 * encoding are trouble.
 */
export function openRowScanner(shape: RowShape, take: (row: RowCells) => void): RowScanner {
  const scan = openCellScan(shape);
  const { row } = scan;
  let offset = 0;
  let skipping = shape.header;
  const isEmpty = (): boolean =>
    scan.cells === 1 && row.quotes[0] === 0 && row.starts[0] === row.ends[0];
  /** Takes the row that was scanned last; false where it has another width. */
  const took = (place: number): boolean => {
    if (isEmpty()) return true;
    if (scan.cells !== shape.width) return false;
    row.offset = place;
    if (skipping) skipping = false;
    else take(row);
    return true;
  };
  return {
    feed: (bytes, last) => {
      row.bytes = bytes;
      let from = offset === 0 && bytes.subarray(0, 3).equals(MARK) ? 3 : 0;
      while (from < bytes.length) {
        const next = scan.rowEnd(bytes, from, last);
        if (next === UNFINISHED) break;
        if (next === TORN) return { offset: offset + from, found: 'torn' };
        if (!took(offset + from)) return { offset: offset + from, found: { cells: scan.cells } };
        from = next;
      }
      const whole = bytes.subarray(0, from);
      if (shape.encoding === 'utf-8' && !isUtf8(whole)) {
        return { offset: offset + wrongLine(whole), found: 'encoding' };
      }
      if (bytes.length - from > ROW_BYTES_MAX) return { offset: offset + from, found: 'torn' };
      offset += from;
      return from;
    },
  };
}

/** Place of the first line that is not UTF-8. */
function wrongLine(bytes: Buffer): number {
  let from = 0;
  for (;;) {
    const end = bytes.indexOf(LINE_FEED, from);
    if (end === -1 || !isUtf8(bytes.subarray(from, end))) return from;
    from = end + 1;
  }
}
