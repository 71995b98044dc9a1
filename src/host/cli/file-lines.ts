import { createReadStream } from 'node:fs';

/** One line without its end; `text` is null where the line is longer than may be held. */
export interface FileLine {
  /** From 1. */
  readonly number: number;
  readonly text: string | null;
}

const LINE_FEED = 10;

/**
 * A text file's lines, decoded as UTF-8, one in memory at a time. A line of more than `bytesMax`
 * bytes is counted and skipped: a file without a line end must not fill the memory.
 *
 * Throws what the file system says.
 */
export async function* fileLines(path: string, bytesMax: number): AsyncGenerator<FileLine> {
  let number = 0;
  let held: Buffer[] = [];
  let bytes = 0;
  const take = (piece: Buffer): void => {
    bytes += piece.length;
    if (bytes <= bytesMax) held.push(piece);
    else held = [];
  };
  const end = (): FileLine => {
    number += 1;
    const text = bytes > bytesMax ? null : Buffer.concat(held).toString('utf8');
    [held, bytes] = [[], 0];
    return { number, text };
  };
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let to = chunk.indexOf(LINE_FEED); to >= 0; to = chunk.indexOf(LINE_FEED, from)) {
      take(chunk.subarray(from, to));
      yield end();
      from = to + 1;
    }
    if (from < chunk.length) take(chunk.subarray(from));
  }
  if (bytes > 0) yield end();
}
