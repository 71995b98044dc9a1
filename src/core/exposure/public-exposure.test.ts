import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ExposureDocument, JurisdictionDocument } from './exposure-json.ts';
import { type PublicJurisdiction, publicExposure } from './public-exposure.ts';
import { linkedRecipients } from './size.ts';

const isSmall = (count: number): boolean => count > 0 && count < 11;

const few = fc.oneof(fc.integer({ min: 0, max: 14 }), fc.integer({ min: 0, max: 400 }));
const COUNTIES = ['ALA', 'BAY', 'CLA', 'DUV', 'LEO'];

const jurisdiction = (name: string): fc.Arbitrary<JurisdictionDocument> =>
  fc
    .record({
      linked: fc.integer({ min: 1, max: 400 }),
      doubles: fc.integer({ min: 0, max: 20 }),
      shared: fc.integer({ min: 0, max: 20 }),
      stale: few,
      still: few,
      away: few,
      shares: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 5, maxLength: 5 }),
      hidden: fc.subarray(COUNTIES),
    })
    .map(({ linked, doubles, shared, stale, still, away, shares, hidden }) => {
      const recipients = Math.max(1, linked - doubles);
      const staleOnes = Math.min(stale, linked);
      const total = shares.reduce((sum, share) => sum + share, 0);
      const counties = COUNTIES.map((county, at) => ({
        county,
        recipients: total === 0 ? 0 : Math.floor((recipients * (shares[at] ?? 0)) / (total + 1)),
      })).filter((each) => each.recipients > 0);
      return {
        jurisdiction: name,
        recipients,
        households: Math.max(1, recipients - shared),
        stale: staleOnes,
        movers: {
          linked,
          stale: staleOnes,
          stillListed: Math.min(still, staleOnes),
          reportedElsewhere: Math.min(away, linked),
        },
        counties,
        size: linkedRecipients(recipients),
        targeting: counties.map(({ county, recipients: count }) => ({
          cell: `county:${county}`,
          oddsRatio: count < 11 || hidden.includes(county) ? null : 1.5,
          low: 1,
          high: 2,
          tippingPoint: 1,
          suppressed: count < 11 || hidden.includes(county),
          claimed: false,
        })),
        attribution: { posterior: [], credibleSet: [], listDates: null },
        fieldsHeld: [],
        mixture: null,
      };
    });

const document: fc.Arbitrary<ExposureDocument> = fc
  .record({
    parts: fc.tuple(jurisdiction('FL'), fc.option(jurisdiction('AK'), { nil: null })),
    unresolved: few,
    here: few,
    elsewhere: few,
  })
  .map(({ parts, unresolved, here, elsewhere }) => {
    const jurisdictions = parts.filter((part) => part !== null);
    const linked = jurisdictions.reduce((sum, { movers }) => sum + movers.linked, 0);
    return {
      linkage: { linked, unresolved, onNoRoll: here + elsewhere, elsewhere, links: [] },
      attribution: { posterior: [], credibleSet: [] },
      size: [],
      refusals: [],
      targeting: [],
      fieldsHeld: [],
      jurisdictions,
      canaryGroups: [],
      watched: [],
      meaning: '',
      limits: [],
    };
  });

/** Every count of persons that the public form shows. */
const countsOf = (part: PublicJurisdiction): readonly (number | null)[] => [
  part.recipients,
  part.households,
  part.stale,
  ...Object.values(part.movers),
  ...part.counties.map(({ recipients }) => recipients),
  ...part.size.map(({ low }) => low),
];

/** What is left of a sum that is known, where some of its parts are shown. */
const residual = (whole: number, shown: readonly (number | null)[]): number =>
  shown.reduce<number>((rest, part) => rest - (part ?? 0), whole);

describe('the public form of an exposure', () => {
  test('shows no count of 1 to 10 persons', () => {
    fc.assert(
      fc.property(document, (exact) => {
        const { linkage, jurisdictions } = publicExposure(exact, false);
        const shown = [...Object.values(linkage), ...jurisdictions.flatMap(countsOf)];
        expect(shown.filter((count) => count !== null && isSmall(count))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('gives no such count away to one who knows how many were reported', () => {
    fc.assert(
      fc.property(document, (exact) => {
        const { linkage, jurisdictions } = publicExposure(exact, false);
        const { linked, unresolved, onNoRoll } = exact.linkage;
        const linkedShown = jurisdictions.map(({ recipients }, at) =>
          recipients === null ? null : (exact.jurisdictions[at]?.movers.linked ?? null),
        );
        const classes =
          linkage.onNoRoll === null
            ? [...linkedShown, linkage.unresolved, linkage.elsewhere]
            : [...linkedShown, linkage.unresolved, linkage.onNoRoll];
        const all = linked + unresolved + onNoRoll;
        // Fewer than 11 reports: their number is withheld itself.
        if (!isSmall(all)) expect(isSmall(residual(all, classes))).toBe(false);
        if (linkage.linked !== null) expect(isSmall(residual(linked, linkedShown))).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test('gives none away between a whole and its part, nor among counties', () => {
    fc.assert(
      fc.property(document, (exact) => {
        const { jurisdictions } = publicExposure(exact, false);
        for (const [at, part] of jurisdictions.entries()) {
          const { movers, recipients, households, counties, targeting } = part;
          const pairs = [
            [movers.linked, movers.stale],
            [movers.stale, movers.stillListed],
            [movers.linked, movers.reportedElsewhere],
            [recipients, households],
            [movers.linked, recipients],
          ] as const;
          for (const [whole, own] of pairs) {
            if (whole !== null && own !== null) expect(isSmall(whole - own)).toBe(false);
          }
          if (recipients !== null) {
            const left = residual(
              recipients,
              counties.map((county) => county.recipients),
            );
            expect(isSmall(left)).toBe(false);
          }
          // One choice of hidden counties: what one table withholds, the other does not show.
          const told = new Set(targeting.filter((row) => !row.suppressed).map((row) => row.cell));
          const drawn = counties.filter((county) => county.recipients !== null);
          expect(drawn.every(({ county }) => told.has(`county:${county}`))).toBe(true);
          expect(told.size).toBe(drawn.length);
          expect(part.jurisdiction).toBe(exact.jurisdictions[at]?.jurisdiction);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('tells an estimate of 1 to 10 as wide as that, and every other one as it is', () => {
    const [drawn] = fc.sample(document, { numRuns: 1, seed: 7 });
    const sizes = [
      [null, null],
      [0, 9],
      [5, 7],
      [10, null],
      [11, 30],
    ] as const;
    const size = sizes.map(([low, high]) => ({
      ...{ label: 'mailed', estimator: 'random roll survey', low, high, assumptions: [] },
    })) as JurisdictionDocument['size'];
    const jurisdictions = [{ ...drawn!.jurisdictions[0]!, size }];
    const [told] = publicExposure({ ...drawn!, jurisdictions }, false).jurisdictions;
    expect(told!.size.map(({ low, high }) => [low, high])).toEqual([
      [null, null],
      [0, 10],
      [0, 10],
      [0, null],
      [11, 30],
    ]);
  });

  test('is exact with personal data included', () => {
    fc.assert(
      fc.property(document, (exact) => {
        const { linkage, jurisdictions } = publicExposure(exact, true);
        const { links: _, ...counts } = exact.linkage;
        expect(linkage).toEqual(counts);
        expect(jurisdictions.map(({ recipients }) => recipients)).toEqual(
          exact.jurisdictions.map(({ recipients }) => recipients),
        );
      }),
      { numRuns: 50 },
    );
  });
});
