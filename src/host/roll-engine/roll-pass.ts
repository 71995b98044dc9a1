import { type FileHandle, open } from 'node:fs/promises';
import { fail, ok, type Result, systemCode } from '../../core/base/index.ts';
import {
  openRowScanner,
  type RowCells,
  type RowShape,
  type RowTrouble,
} from '../roll-rows/index.ts';
import type { RollFailure } from './failure.ts';
import type { RollFile } from './release-file.ts';

/** Room for the longest row and a stretch behind it. */
const CHUNK_BYTES = 4_000_000;
const LINE_FEED = 10;

const shapeOf = ({ layout, delimiter, width }: RollFile['layout']): RowShape => ({
  delimiter,
  quoted: layout.quoted,
  width,
  header: layout.header,
  encoding: layout.encoding,
});

/**
 * Reads a roll from end to end in one piece of memory; the first row that breaks a rule ends it.
 */
export async function passOver(
  { path, layout }: Pick<RollFile, 'path' | 'layout'>,
  take: (row: RowCells) => void,
): Promise<Result<null, RollFailure>> {
  const shape = shapeOf(layout);
  const scanner = openRowScanner(shape, take);
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  const file = await open(path, 'r');
  try {
    for (let held = 0; ; ) {
      const { bytesRead } = await file.read(chunk, held, chunk.length - held, null);
      const last = bytesRead === 0;
      const fed = scanner.feed(chunk.subarray(0, held + bytesRead), last);
      if (typeof fed !== 'number') {
        return fail(failureOf(fed, await lineAt(file, fed.offset), shape));
      }
      if (last) return ok(null);
      chunk.copyWithin(0, fed, held + bytesRead);
      held += bytesRead - fed;
    }
  } catch (cause) {
    const system = systemCode(cause);
    return fail({ code: 'roll-unreadable', system });
  } finally {
    await file.close();
  }
}

/**
 * Number of the line that begins at a place, from 1 and with the header, as a text editor shows it.
 */
async function lineAt(file: FileHandle, offset: number): Promise<number> {
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let line = 1;
  for (let from = 0; from < offset; ) {
    const wanted = Math.min(chunk.length, offset - from);
    const { bytesRead } = await file.read(chunk, 0, wanted, from);
    if (bytesRead === 0) break;
    const read = chunk.subarray(0, bytesRead);
    for (let at = read.indexOf(LINE_FEED); at !== -1; at = read.indexOf(LINE_FEED, at + 1)) {
      line += 1;
    }
    from += bytesRead;
  }
  return line;
}

export async function linesAt(path: string, offsets: readonly number[]): Promise<number[]> {
  const file = await open(path, 'r');
  try {
    const lines: number[] = [];
    for (const offset of offsets) lines.push(await lineAt(file, offset));
    return lines;
  } finally {
    await file.close();
  }
}

const failureOf = (
  { found }: RowTrouble,
  row: number,
  { width, encoding }: RowShape,
): RollFailure => {
  if (found === 'torn') return { code: 'roll-row-unreadable', row };
  if (found === 'encoding') return { code: 'roll-encoding', row, encoding };
  return { code: 'roll-row-ragged', row, wanted: width, found: found.cells };
};
