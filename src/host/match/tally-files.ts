import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { systemCode } from '../../core/base/index.ts';
import { type CountyTally, parseTally } from '../../core/tally/index.ts';

export interface TallyReading {
  readonly tallies: readonly CountyTally[];
  /** Files that are no tallies; the reason is a sentence. */
  readonly unread: readonly {
    readonly file: string;
    readonly code: string;
    readonly reason: string;
  }[];
}

/** A tally of 48 releases has 100 KB; a larger file is none. */
const TALLY_BYTES_MAX = 2_000_000;

/** The tallies of files, and of `*.json` in folders. */
export function readTallies(paths: readonly string[]): TallyReading {
  const tallies: CountyTally[] = [];
  const unread: { file: string; code: string; reason: string }[] = [];
  for (const path of paths) {
    try {
      for (const file of filesIn(path)) {
        const read =
          statSync(file).size > TALLY_BYTES_MAX ? null : parseTally(readFileSync(file, 'utf8'));
        if (read?.ok === true) tallies.push(read.value);
        else {
          const rule = read === null ? 'it is smaller than 2 MB' : read.failure.rule;
          unread.push({
            file: basename(file),
            code: 'tally-malformed',
            reason: `breaks a rule: ${rule}`,
          });
        }
      }
    } catch (cause) {
      const system = systemCode(cause);
      unread.push({ file: path, code: 'match-unreadable', reason: `cannot be read (${system})` });
    }
  }
  return { tallies, unread };
}

const filesIn = (path: string): readonly string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path)
        .filter((name) => name.endsWith('.json'))
        .sort()
        .map((name) => join(path, name))
    : [path];
