import { describe, expect, test } from 'vitest';
import { person } from '../../../test/kit/person-keys.ts';
import type { ExposureEvidence, LinkedRecord } from './assess.ts';
import { recipientShown } from './report.ts';
import { targetingOf } from './targeted-cells.ts';

interface Shown {
  readonly channel: string | null;
  readonly email?: string;
}

/** Of 1,000 rows 400 are DEM; of the 400 whom e-mail reaches, 300. */
const NEW = new Map([
  ['DEM|1|LEON', 300],
  ['REP|1|LEON', 100],
  ['DEM|0|LEON', 100],
  ['REP|0|LEON', 500],
]);
const OLD = new Map([
  ['DEM|1|LEON', 500],
  ['REP|1|LEON', 500],
]);

function cellsOf(
  strata: readonly (readonly string[])[],
  { channel, email = '' }: Shown,
  { credible = [1], probabilityOther = 0.1 } = {},
) {
  const recipient = recipientShown({
    ...{ name: 'Ada Wexlow', street: '', city: '', state: '', zip: '', party: '' },
    email,
  });
  const evidence = {
    reports: strata.map((_, at) => ({ id: `r${at}`, recipient, receivedAt: null, channel })),
    releases: [{ counts: OLD }, { counts: NEW }, { counts: NEW }],
  } as unknown as ExposureEvidence;
  const households = strata.map(
    (own, report): LinkedRecord => ({
      report,
      version: {
        ...{ person: `FL/${report}`, keys: person() },
        ...{ releases: own.map((_, place) => place), strata: own },
      },
      presence: [0],
    }),
  );
  return targetingOf(evidence, { households, credible, probabilityOther });
}

const many = (count: number, ...strata: readonly string[]) =>
  Array.from({ length: count }, () => strata);
/** Three of five are DEM on the newer list; on the older one nobody was. */
const RECIPIENTS = [
  ...many(30, 'REP|1|LEON', 'DEM|1|LEON'),
  ...many(20, 'REP|1|LEON', 'REP|1|LEON'),
];

describe('who was meant', () => {
  test.each<[string, Shown, number]>([
    ['by e-mail: against those whom it reaches', { channel: 'E-Mail' }, 1.5 / 3],
    ['by post: against all rows', { channel: 'postal mail' }, 1.5 / (2 / 3)],
    ['by text message: against all rows', { channel: 'sms' }, 1.5 / (2 / 3)],
    ['by what the report shows, an address', { channel: null, email: 'a@b.example' }, 1.5 / 3],
    ['by what the report shows, none', { channel: null }, 1.5 / (2 / 3)],
  ])('%s', (_, shown, ratio) => {
    const found = cellsOf(RECIPIENTS, shown);
    const rows = found.ok ? found.value : [];
    // All live in one county: it tells nobody apart.
    expect(rows.map(({ cell }) => cell)).toEqual([
      ...['party:DEM', 'party:DEM, county:LEON', 'party:REP', 'party:REP, county:LEON'],
    ]);
    expect(rows[0]?.oddsRatio).toBeCloseTo(ratio, 9);
    expect(rows[2]?.oddsRatio).toBeCloseTo(1 / ratio, 9);
  });

  test('is read from the stratum of a credible release, or the newest where none is', () => {
    const older = cellsOf(RECIPIENTS, { channel: 'e-mail' }, { credible: [0] });
    const rows = older.ok ? older.value : [];
    expect(rows.find(({ cell }) => cell === 'party:DEM')).toMatchObject({ suppressed: true });
    const newest = cellsOf(RECIPIENTS, { channel: 'e-mail' }, { credible: [2] });
    expect(newest.ok && newest.value[0]?.oddsRatio).toBeCloseTo(1.5 / 3, 9);
  });

  test.each([
    [22, [1], 0.49, true],
    [21, [1], 0.49, false],
    [22, [], 0.49, false],
    [22, [1], 0.5, false],
  ])(
    'of %i households, releases %j, another source %f: %s',
    (count, credible, probabilityOther, ok) => {
      const own = many(count, 'REP|1|LEON', 'DEM|1|LEON');
      const found = cellsOf(
        own,
        { channel: 'e-mail' },
        { credible: [...credible], probabilityOther },
      );
      expect(found.ok).toBe(ok);
    },
  );
});
