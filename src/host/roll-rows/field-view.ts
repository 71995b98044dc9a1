import type { ResolvedLayout } from '../../core/roll/index.ts';
import type { Hashing } from './lanes.ts';
import { ROW_BYTES_MAX, type RowCells } from './row-scanner.ts';

const BLANK = 32;
const TAB = 9;
const QUOTE = 34;
/** A row is no longer than a chunk of the file, which is shorter than this. */
const SCRATCH_BYTES = ROW_BYTES_MAX * 3;

/** Points a stretch of bytes to the fields of a row. */
export interface FieldView {
  /**
   * Where the field lies, or its cells put together with a blank between; without blanks at its
   * ends.
   */
  look(row: RowCells, cells: readonly number[]): void;
  /** The text that is looked at. */
  text(): string;
  /** Looks at a text instead. */
  useText(text: string): void;
}

export const isBlank = (byte: number | undefined): boolean => byte === BLANK || byte === TAB;

function trim(hashing: Hashing): void {
  const { bytes } = hashing;
  while (hashing.from < hashing.to && isBlank(bytes[hashing.from])) hashing.from += 1;
  while (hashing.to > hashing.from && isBlank(bytes[hashing.to - 1])) hashing.to -= 1;
}

export function openFieldView(hashing: Hashing, { layout }: ResolvedLayout): FieldView {
  const encoding = layout.encoding === 'utf-8' ? 'utf8' : 'latin1';
  const scratch = Buffer.allocUnsafe(SCRATCH_BYTES);
  const point = (bytes: Buffer, from: number, to: number): void => {
    hashing.bytes = bytes;
    hashing.from = from;
    hashing.to = to;
    trim(hashing);
  };
  /** Copies a cell to the scratch; doubled quotes count once. */
  const copy = (row: RowCells, cell: number, into: number): number => {
    let to = into;
    const end = row.ends[cell]!;
    for (let at = row.starts[cell]!; at < end; at++) {
      const byte = row.bytes[at]!;
      scratch[to++] = byte;
      if (byte === QUOTE && row.quotes[cell] === 2) at += 1;
    }
    return to;
  };
  const join = (row: RowCells, cells: readonly number[]): void => {
    let to = 0;
    for (const cell of cells) {
      const from = to === 0 ? 0 : to + 1;
      point(scratch, from, copy(row, cell, from));
      if (hashing.to === hashing.from) continue;
      scratch.copyWithin(from, hashing.from, hashing.to);
      if (from > 0) scratch[to] = BLANK;
      to = from + hashing.to - hashing.from;
    }
    point(scratch, 0, to);
  };
  return {
    look: (row, cells) => {
      const only = cells[0];
      if (only === undefined) point(scratch, 0, 0);
      else if (cells.length === 1 && row.quotes[only]! < 2) {
        point(row.bytes, row.starts[only]!, row.ends[only]!);
      } else join(row, cells);
    },
    text: () => hashing.bytes.toString(encoding, hashing.from, hashing.to),
    useText: (text) => {
      hashing.bytes = Buffer.from(text);
      hashing.from = 0;
      hashing.to = hashing.bytes.length;
    },
  };
}
