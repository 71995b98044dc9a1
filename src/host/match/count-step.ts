import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { grouped } from '../../core/base/index.ts';
import { printable } from '../../core/display/index.ts';
import { cellName, HITS_SHOWN_MIN } from '../../core/psi/index.ts';
import { type CountyTally, tallyOf } from '../../core/tally/index.ts';
import { type Counted, countAnswer, replaceFile } from '../psi/index.ts';
import { readPassphrase } from './passphrase.ts';
import { openDesk, receivedFile, refuseStep } from './step.ts';
import type { MatchStep } from './surroundings.ts';

/**
 * Where the hub keeps what it counted, one file a county: what `match sum` and `--matches` read.
 */
const TALLIES = 'tallies';
/** The tally holds exact small numbers: nobody else on the computer reads it. */
const PRIVATE_MODE = 0o600;

export const matchCount: MatchStep = async (asked, surroundings) => {
  const { terminal } = surroundings;
  const answer = receivedFile(asked.file, terminal);
  if (answer === null) return 2;
  const word = await readPassphrase(asked.order, { terminal, chosen: false });
  if ('wrongUse' in word) return word;
  const desk = await openDesk(asked, surroundings, 'counting');
  const counted = await countAnswer(desk, { answer, ...word });
  desk.finish();
  if (!counted.ok)
    return refuseStep(counted.failure, { step: 'count', desk, terminal, file: answer });
  const said = sayCount(counted.value, asked.folder);
  await terminal.write(asked.order.given('json') ? `${JSON.stringify(said.json)}\n` : said.text);
  return 0;
};

interface Said {
  readonly json: object;
  readonly text: string;
}

function sayCount(counted: Counted, folder: string): Said {
  if (counted.mode === 'notice') {
    const { county, asked, hits, path } = counted;
    return {
      json: { mode: 'notice', county, asked, matched: hits.length },
      text:
        `${county}: ${hits.length} reports name people on its roll (${asked} people asked).\n` +
        `Their ids and cells: ${printable(path)}. It names voters: keep it in the office.\n`,
    };
  }
  const { count, header, tags, households } = counted;
  const { commitment, commitmentDigest: list, releases } = header;
  const tally = tallyOf({ count, commitment, list, tags, households, releases });
  const path = keepTally(tally, folder);
  const { county, asked, records, cells, expectedFalse } = tally;
  const matched = hidden(tally.matched) ? null : tally.matched;
  return {
    json: { mode: 'count', county, asked, records, matched, expectedFalse, cells },
    text: tallyText(tally, path),
  };
}

const hidden = (persons: number): boolean => persons > 0 && persons < HITS_SHOWN_MIN;

function keepTally(tally: CountyTally, folder: string): string {
  const name = tally.county.replace(/[^A-Za-z0-9]+/g, '-');
  const path = join(folder, TALLIES, `${name}-${tally.tags.slice(0, 8)}.json`);
  mkdirSync(join(folder, TALLIES), { recursive: true, mode: 0o700 });
  replaceFile(path, Buffer.from(`${JSON.stringify(tally, null, 1)}\n`), PRIVATE_MODE);
  return path;
}

function tallyText(tally: CountyTally, path: string): string {
  const { county, asked, matched, records, cells, releases, expectedFalse } = tally;
  const shown = cells.map((cell) => ({ ...cell, name: printable(cellName(cell.cell)) }));
  const width = Math.max(4, ...shown.map(({ name }) => name.length));
  const rows = shown.map(({ name, matched: hits, records: of }) => {
    const share = hits === null ? 'hidden' : grouped(hits);
    return `  ${name.padEnd(width)}  ${share.padStart(9)} of ${grouped(of)} records`;
  });
  const some = hidden(matched) ? 'fewer than 11' : grouped(matched);
  return [
    `${county}: ${some} of ${grouped(asked)} people are on its roll of ${grouped(records)}.`,
    ...rows,
    ...(cells.some(({ matched: hits }) => hits === null)
      ? ['Cells with 1 to 10 hits are hidden, and one more so that they cannot be worked out.']
      : []),
    `Expected hits by chance: ${expectedFalse.toPrecision(1)}. All invented people were found.`,
    `Kept: ${printable(path)}. It stays in the office: it holds numbers too small to show.`,
    ...(releases.length === 0
      ? []
      : [
          `${releases.length} releases are told apart. Next, when all counties are counted: tocsin match sum ${printable(join(path, '..'))}`,
        ]),
    '',
  ].join('\n');
}
