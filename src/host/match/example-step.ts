import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { grouped, type Random, randomFrom, systemCode } from '../../core/base/index.ts';
import { printable } from '../../core/display/index.ts';
import { GIVEN_NAMES, surname } from '../../core/invented/index.ts';
import { nodeKernels } from '../kernels/index.ts';
import type { MatchStep, StepOrder } from './surroundings.ts';

/** Half of the registrations of the United States lie in counties that average 33,000. */
const RECORDS = 33_000;
const REPORTS = 10_000;
const RECORDS_MAX = 5_000_000;

/** A county and a list of reports to practise on; nobody in them lives. */
export const matchExample: MatchStep = async ({ folder, order }, { terminal }) => {
  const [records, reports] = [
    countOf(order, 'records', RECORDS),
    countOf(order, 'reports', REPORTS),
  ];
  if (records === null || reports === null) {
    return { wrongUse: 'example: --records and --reports are whole numbers from 200 on' };
  }
  const random = randomFrom('match-example', nodeKernels);
  const people = invented(random);
  const roll = Array.from({ length: records }, people);
  const on = random.shuffle(roll).slice(0, Math.min(Math.round(reports * 0.4), records));
  const off = Array.from({ length: reports - on.length }, people);
  try {
    mkdirSync(folder, { recursive: true });
    const write = (name: string, text: string): void =>
      writeFileSync(join(folder, name), text, { flag: 'wx' });
    write('roll.csv', HEADER + roll.map(line).join(''));
    write(
      'reports.jsonl',
      random
        .shuffle([...on, ...off])
        .map(report)
        .join(''),
    );
    write('hub.pass', 'practice of the hub\n');
    write('county.pass', 'practice of the county\n');
  } catch (cause) {
    const system = systemCode(cause);
    const code = system === 'EEXIST' ? 'match-exists' : 'match-unreadable';
    terminal.say(`tocsin: ${printable(folder)}: cannot be filled (${system}) [${code}]`);
    return 2;
  }
  await terminal.write(
    `${printable(folder)} holds an invented county (roll.csv, ${grouped(records)} records), invented reports ` +
      `(reports.jsonl, ${grouped(reports)}, of which ${grouped(on.length)} name people of the county) and two ` +
      'passphrases to practise with.\n',
  );
  return 0;
};

function countOf(order: StepOrder, name: string, otherwise: number): number | null {
  const given = order.option(name);
  if (given === null) return otherwise;
  const count = /^\d{1,7}$/.test(given) ? Number(given) : 0;
  return count >= 200 && count <= RECORDS_MAX ? count : null;
}

interface Invented {
  readonly first: string;
  readonly last: string;
  readonly house: number;
  readonly street: string;
  readonly zip: string;
  readonly party: string;
}

/**
 * People who all differ by what the exchange knows a person by, so that its count is what was said.
 */
function invented(random: Random): () => Invented {
  const taken = new Set<string>();
  return () => {
    for (;;) {
      const person = invent(random);
      const { first, last, house, zip } = person;
      if (taken.size < taken.add([first, last, house, zip].join('|')).size) return person;
    }
  };
}

const invent = (random: Random): Invented => ({
  first: random.pick(GIVEN_NAMES),
  last: surname(random),
  house: random.between(1, 2400),
  street: random.pick(STREETS),
  zip: String(99_990 - random.between(0, 9)),
  party: random.weighted([
    ['DEM', 37],
    ['REP', 35],
    ['NPA', 28],
  ]),
});

const STREETS = ['Oak St', 'Elm Ave', 'Hill Rd', 'Lake Dr', 'Mill Ln', 'Park Ct', 'Main St'];
const HEADER = 'FirstName,LastName,Street,Zip,Party\n';

const line = ({ first, last, house, street, zip, party }: Invented): string =>
  `${first},${last},${house} ${street},${zip},${party}\n`;

const report = ({ first, last, house, street, zip }: Invented, at: number): string => {
  const recipient = { name: `${first} ${last}`, street: `${house} ${street}`, postalCode: zip };
  return `${JSON.stringify({ id: `r${at + 1}`, recipient })}\n`;
};
