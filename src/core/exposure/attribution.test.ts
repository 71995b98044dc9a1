import { describe, expect, test } from 'vitest';
import { nodeKernels } from '../../host/kernels/index.ts';
import { type Random, randomFrom } from '../base/index.ts';
import {
  type AttributionInput,
  attributeSource,
  type CandidateRelease,
  DEFAULT_PRIORS,
  hypothesisName,
  probabilityOf,
  type ShownRecord,
} from './attribution.ts';

const release = (id: string, asOf: string, rows = 1000): CandidateRelease => ({
  id,
  asOf,
  subset: false,
  counts: new Map([['s', rows]]),
  logEvidence: 0,
});

const MONTHS = ['2020-06-01', '2020-07-01', '2020-08-01'].map((day, at) => release(`r${at}`, day));

const input = (
  records: readonly ShownRecord[],
  change: Partial<AttributionInput> = {},
): AttributionInput => ({
  jurisdiction: 'FL',
  releases: MONTHS,
  versionCounts: new Map([['s', 1100]]),
  records,
  onNoRoll: 0,
  logEvidenceOther: 0,
  independence: 1,
  priors: DEFAULT_PRIORS,
  ...change,
});

const held = (...releases: number[]): ShownRecord => ({ stratum: 's', releases });
const times = (count: number, record: ShownRecord): ShownRecord[] => Array(count).fill(record);
const best = (found: ReturnType<typeof attributeSource>): string =>
  hypothesisName(found.posterior[0]!.hypothesis);

describe('attribution', () => {
  test('without evidence the prior stands', () => {
    const found = attributeSource(input([]));
    const other = probabilityOf(found, ({ kind }) => kind === 'other');
    const releases = probabilityOf(found, ({ kind }) => kind === 'release');
    expect(other).toBeCloseTo(0.2, 10);
    expect(releases).toBeCloseTo(0.75, 10);
    expect(found.credibleSet.length).toBe(4);
  });

  test('where there is one vintage nothing lies between two, and the releases have that part too', () => {
    const found = attributeSource(
      input([], { releases: [MONTHS[0]!, release('copy', '2020-06-01')] }),
    );
    expect(probabilityOf(found, ({ kind }) => kind === 'release')).toBeCloseTo(0.8, 10);
    expect(probabilityOf(found, ({ kind }) => kind === 'other')).toBeCloseTo(0.2, 10);
  });

  test('records that only one month holds name that month', () => {
    const found = attributeSource(input([...times(40, held(0, 1, 2)), ...times(4, held(1))]));
    expect(best(found)).toBe('r1');
    expect(found.posterior[0]!.probability).toBeGreaterThan(0.9);
    expect(found.credibleSet.length).toBeLessThan(4);
  });

  test('stale beside fresh records are the live database between, or a blend', () => {
    const found = attributeSource(
      input([...times(200, held(0, 1, 2)), ...times(5, held(0)), ...times(5, held(1, 2))], {
        priors: { other: 0.2, live: 0.4 },
      }),
    );
    expect(best(found)).toBe('live:FL:2020-06-01/2020-07-01');
  });

  test('records from every month, none the same, are a blend of unknown origin', () => {
    const found = attributeSource(
      input([
        ...times(40, held(0, 1, 2)),
        ...times(9, held(0)),
        ...times(9, held(1)),
        ...times(9, held(2)),
      ]),
    );
    expect(best(found)).toBe('other');
  });

  test('people on no roll speak for another source', () => {
    const records = times(20, held(0, 1, 2));
    const other = (onNoRoll: number): number =>
      probabilityOf(attributeSource(input(records, { onNoRoll })), ({ kind }) => kind === 'other');
    expect(other(15)).toBeGreaterThan(0.8);
    expect(other(0)).toBeLessThan(0.2);
  });

  test('eight reports that a fifth of the roll holds name that subset', () => {
    const portal = { ...release('portal', '2020-08-01', 190), subset: true };
    const releases = [...MONTHS, portal];
    const found = attributeSource(input(times(8, held(0, 1, 2, 3)), { releases }));
    expect(best(found)).toBe('portal');
    expect(found.posterior[0]!.probability).toBeGreaterThan(0.99);
    const outside = attributeSource(
      input([...times(8, held(0, 1, 2, 3)), ...times(10, held(0, 1, 2))], { releases }),
    );
    expect(best(outside)).not.toBe('portal');
  });

  test('what a field, mark or canary says is added', () => {
    const releases = MONTHS.map((own, at) => ({
      ...own,
      logEvidence: at === 2 ? 0 : Math.log(1e-3),
    }));
    const found = attributeSource(input(times(5, held(0, 1, 2)), { releases }));
    expect(best(found)).toBe('r2');
  });

  test('a stratum in which a release has many rows is no sign of that release', () => {
    const releases = [
      {
        ...release('a', '2020-06-01'),
        counts: new Map([
          ['dem', 100],
          ['rep', 900],
        ]),
      },
      {
        ...release('b', '2020-07-01'),
        counts: new Map([
          ['dem', 100],
          ['rep', 900],
        ]),
      },
    ];
    const found = attributeSource(
      input(times(30, { stratum: 'dem', releases: [0, 1] }), {
        releases,
        versionCounts: new Map([
          ['dem', 105],
          ['rep', 950],
        ]),
      }),
    );
    const [a, b] = ['a', 'b'].map((id) =>
      probabilityOf(found, (h) => h.kind === 'release' && h.releaseId === id),
    );
    expect(a).toBeCloseTo(b!, 10);
  });
});

/** Records of one release in a world of geometric lifetimes: the interval that holds each. */
function drawn(
  random: Random,
  { month, months, churn }: { month: number; months: number; churn: number },
): ShownRecord {
  let [from, until] = [month, month];
  while (from > 0 && !random.chance(churn)) from -= 1;
  while (until < months - 1 && !random.chance(churn)) until += 1;
  return held(...Array.from({ length: until - from + 1 }, (_, at) => from + at));
}

test('the true month is found as often as theory says: n = 100, churn 2 %', () => {
  const random = randomFrom('attribution-1', nodeKernels);
  const months = 12;
  const releases = Array.from({ length: months }, (_, at) =>
    release(`r${at}`, new Date(Date.UTC(2019, at, 1)).toISOString().slice(0, 10), 100_000),
  );
  const versionCounts = new Map([['s', 100_000 * (1 + 11 * 0.02)]]);
  let [right, covered] = [0, 0];
  const rounds = 120;
  for (let round = 0; round < rounds; round++) {
    const month = random.between(0, months - 1);
    const records = Array.from({ length: 100 }, () =>
      drawn(random, { month, months, churn: 0.02 }),
    );
    const found = attributeSource(input(records, { releases, versionCounts }));
    if (best(found) === `r${month}`) right += 1;
    if (found.credibleSet.some((own) => hypothesisName(own) === `r${month}`)) covered += 1;
  }
  expect(right / rounds).toBeGreaterThan(0.7);
  expect(covered / rounds).toBeGreaterThan(0.9);
});
