import { createReadStream } from 'node:fs';
import { fail, ok, type Result } from '../../core/base/index.ts';
import type { RollFailure } from './failure.ts';

/** DuckDB's own limit for a line; a longer one is no row of a roll. */
const ROW_CHARACTERS_MAX = 2_000_000;

/** One row as it stands: its cells with their quotes, and what ends its line. */
export interface RawRow {
  readonly cells: readonly string[];
  readonly end: string;
}

/**
 * The rows of a delimited file as raw cells, quotes and all, so that what is written back is what
 * was there. A quoted cell may run over lines (RFC 4180 section 2.6).
 */
export async function* rawRows(
  path: string,
  {
    delimiter,
    quoted,
    encoding,
  }: {
    readonly delimiter: string;
    readonly quoted: boolean;
    readonly encoding: 'utf-8' | 'latin-1';
  },
): AsyncGenerator<Result<RawRow, RollFailure>> {
  let held = '';
  let row = 0;
  const stream = createReadStream(path, {
    encoding: encoding === 'utf-8' ? 'utf8' : 'latin1',
    highWaterMark: 1 << 20,
  });
  for await (const chunk of stream) {
    held += chunk as string;
    let from = 0;
    for (;;) {
      const end = rowEnd(held, from, quoted);
      if (end === -1) break;
      row += 1;
      yield ok(rowOf(held.slice(from, end + 1), delimiter, quoted));
      from = end + 1;
    }
    held = held.slice(from);
    if (held.length > ROW_CHARACTERS_MAX) {
      yield fail({ code: 'roll-row-unreadable', row: row + 1 });
      return;
    }
  }
  if (held !== '') yield ok(rowOf(held, delimiter, quoted));
}

/**
 * Place of the line feed that ends the row which starts at `from`; -1 where it is not there yet.
 */
function rowEnd(text: string, from: number, quoted: boolean): number {
  let end = text.indexOf('\n', from);
  if (!quoted) return end;
  let quotes = 0;
  let counted = from;
  while (end !== -1) {
    for (let at = text.indexOf('"', counted); at !== -1 && at < end; at = text.indexOf('"', at + 1))
      quotes += 1;
    if (quotes % 2 === 0) return end;
    counted = end + 1;
    end = text.indexOf('\n', counted);
  }
  return -1;
}

function rowOf(line: string, delimiter: string, quoted: boolean): RawRow {
  const end = /\r?\n?$/.exec(line)?.[0] ?? '';
  const body = line.slice(0, line.length - end.length);
  if (!quoted || !body.includes('"')) return { cells: body.split(delimiter), end };
  const cells: string[] = [];
  let from = 0;
  let inside = false;
  for (let at = 0; at < body.length; at++) {
    if (body[at] === '"') inside = !inside;
    if (inside || body[at] !== delimiter) continue;
    cells.push(body.slice(from, at));
    from = at + 1;
  }
  cells.push(body.slice(from));
  return { cells, end };
}

/** The value of a raw cell: without its quotes, doubled quotes once. */
export const cellValue = (cell: string): string =>
  cell.length > 1 && cell.startsWith('"') && cell.endsWith('"')
    ? cell.slice(1, -1).replaceAll('""', '"')
    : cell;

/** A value as a cell in the manner of the cell it replaces; quoted where it must be. */
export function cellLike(value: string, model: string, delimiter: string): string {
  const must = value.includes(delimiter) || value.includes('"') || value.includes('\n');
  return must || model.startsWith('"') ? `"${value.replaceAll('"', '""')}"` : value;
}
