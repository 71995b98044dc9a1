import { describe, expect, test } from 'vitest';
import { smallTruth } from '../../../test/kit/replay.ts';
import type { ReplayTruth } from '../replay/index.ts';
import { type OfficeFindings, scoreOffice } from './office-score.ts';

const written = smallTruth();
const MATCHES = {
  asked: 261,
  counties: [
    { county: 'Almera County', records: 900, matched: 101 },
    { county: 'Flaxley County', records: 220, matched: 2 },
    { county: 'Citrell County', records: 400, matched: 29 },
    { county: 'Yarrowdale County', records: 210, matched: 0 },
  ],
};
const truth: ReplayTruth = { ...written, office: { ...written.office, matches: MATCHES } };
const [f, a] = truth.office.lists;
const own = new Set(['c1']);

const attribution = (first: string, probability = 0.9) => ({
  posterior: [
    { hypothesis: first, probability },
    { hypothesis: 'other', probability: 1 - probability },
  ],
  credibleSet: [first],
  listDates: null,
});

const party = { cell: 'party:TRN', oddsRatio: 30, low: 12, high: null, claimed: true };

/** What a perfect reader would say, with the parts that a score reads. */
function findings(change: {
  readonly f?: object;
  readonly log?: object;
  readonly county?: object;
}) {
  const { from, until, taken, logged } = truth.office.log;
  return {
    exposure: {
      campaigns: [
        { campaign: 'other', jurisdictions: [], fields: [] },
        {
          campaign: 'c1',
          fields: f?.fieldsHeld.map((field) => ({ field, shown: true })),
          jurisdictions: [
            {
              jurisdiction: 'FL',
              attribution: {
                ...attribution(f?.releaseId ?? ''),
                listDates: { from: '2020-06-30', until: '2020-07-31' },
              },
              fieldsHeld: [{ field: 'Party', availability: 'public' }],
              size: [
                { label: 'mailed', estimator: 'survey', low: 1, high: 1e6, suppressed: false },
                { label: 'taken, at least', estimator: 'links', low: 5, high: null },
                { label: 'taken, at most', estimator: 'rows', low: f?.rows, high: f?.rows },
              ],
              targeting: [party],
              ...change.f,
            },
            {
              jurisdiction: 'AK',
              attribution: attribution(a?.releaseId ?? ''),
              fieldsHeld: a?.notPublic.map((field) => ({ field, availability: 'never' })),
              size: [],
              targeting: [],
            },
          ],
        },
      ],
    },
    accessLog: {
      actors: [{ from, until }],
      taken: { atLeast: logged, atMost: taken },
      ...change.log,
    },
    matches: {
      counties: MATCHES.counties.map(({ county, matched }) => ({
        county,
        matched: county === 'Flaxley County' || county === 'Citrell County' ? null : matched,
        ...(county === 'Almera County' ? change.county : {}),
      })),
      matched: 132,
      attribution: attribution(f?.sameRows[0] ?? '', 0.5),
      refusals: [],
    },
  } as unknown as OfficeFindings;
}

const scored = (change: Parameters<typeof findings>[0] = {}) =>
  scoreOffice(truth, findings(change), own);

describe('the score of lists and logs', () => {
  test('a perfect reading scores full', () => {
    const score = scored();
    expect(score?.lists.map(({ source }) => source.top1)).toEqual([true, true]);
    expect(score?.lists[0]?.source.logScore).toBeCloseTo(Math.log(0.9), 12);
    expect(score?.lists[0]?.sizes.map(({ covers }) => covers)).toEqual([true, true, true]);
    expect(score?.lists[0]?.targeting).toEqual({
      claims: { hits: 1, of: 1 },
      partyClaimed: true,
      partyCovered: true,
    });
    expect(score?.lists.map(({ dates }) => dates)).toEqual([true, null]);
    expect(score?.lists.map(({ notPublic }) => notPublic)).toEqual([true, true]);
    expect(score?.fields).toEqual({ found: { hits: 7, of: 7 }, missed: [], extra: [] });
    expect(score?.log).toMatchObject({ taken: { covers: true }, times: true });
    expect(score?.log?.victims.said).toBe(score?.log?.victims.truth);
    expect(score?.matches).toMatchObject({
      exact: { hits: 2, of: 2 },
      hidden: 2,
      smallShown: 0,
      matched: { said: 132, truth: 132 },
      source: { top1: true, inCredibleSet: true },
    });
  });

  test('nothing given, nothing scored', () => {
    expect(scoreOffice(truth, {}, own)).toBeNull();
    expect(scoreOffice(truth, { exposure: null, accessLog: null, matches: null }, own)).toBeNull();
  });

  test("a campaign that is not the replay's is not asked about its source", () => {
    const score = scoreOffice(truth, findings({}), new Set(['other']));
    expect(score?.lists.map(({ source }) => source.logScore)).toEqual([null, null]);
    expect(score?.fields?.found).toEqual({ hits: 0, of: 7 });
  });
});

describe('a planted error lowers its own number', () => {
  test('another release: not first, not in the set, a dear log score', () => {
    const source = scored({ f: { attribution: attribution('state-f-2020-02-29', 1) } })?.lists[0]
      ?.source;
    expect(source).toMatchObject({
      top1: false,
      inCredibleSet: false,
      first: 'state-f-2020-02-29',
    });
    expect(source?.logScore).toBeLessThan(-20);
  });

  test.each([
    ['mailed', 1, 2, false],
    ['mailed', (f?.mailed ?? 0) + 1, null, false],
    ['mailed', 1, null, true],
    ['taken, at least', (f?.taken ?? 0) + 1, null, false],
    ['taken, at most', 1, (f?.taken ?? 0) - 1, false],
    ['taken, at most', 1, f?.taken ?? 0, true],
  ])('%s from %s to %s: %s', (label, low, high, holds) => {
    const size = [{ label, estimator: 'x', low, high, suppressed: false }];
    expect(scored({ f: { size } })?.lists[0]?.sizes[0]?.covers).toBe(holds);
  });

  test('a group that the senders did not prefer; a party that is not claimed', () => {
    const wrong = { ...party, cell: 'party:VAL' };
    expect(scored({ f: { targeting: [wrong] } })?.lists[0]?.targeting).toEqual({
      claims: { hits: 0, of: 1 },
      partyClaimed: false,
      partyCovered: null,
    });
    expect(scored({ f: { targeting: [] } })?.lists[0]?.targeting.partyClaimed).toBeNull();
    const narrow = { ...party, high: 40 };
    expect(scored({ f: { targeting: [narrow] } })?.lists[0]?.targeting.partyCovered).toBe(false);
  });

  test('dates beside the true day; a public field called closed', () => {
    const late = { ...attribution('x'), listDates: { from: '2020-07-31', until: '2020-08-31' } };
    const fieldsHeld = [{ field: 'ContactMethod.Email', availability: 'never' }];
    const [list] = scored({ f: { attribution: late, fieldsHeld } })?.lists ?? [];
    expect(list).toMatchObject({ dates: false, notPublic: false });
  });

  test('bounds of the log, its victims and times', () => {
    const log = scored({ log: { taken: { atLeast: 0, atMost: 1 } } })?.log;
    expect(log?.taken.covers).toBe(false);
    expect(log?.victims.said).toBe(0);
    const late = { from: '2020-10-01T00:00:00Z', until: truth.office.log.until };
    expect(scored({ log: { actors: [late] } })?.log?.times).toBe(false);
    expect(scored({ log: { actors: [] } })?.log?.times).toBe(false);
  });

  test('a wrong count of a county, and a small one that is shown', () => {
    expect(scored({ county: { matched: 100 } })?.matches?.exact).toEqual({ hits: 1, of: 2 });
    const shown = findings({});
    const counties = shown.matches?.counties.map((one) =>
      one.county === 'Flaxley County' ? { ...one, matched: 2 } : one,
    );
    const open = { ...shown, matches: { ...shown.matches, counties } } as OfficeFindings;
    expect(scoreOffice(truth, open, own)?.matches?.smallShown).toBe(1);
  });
});
