import type { Limit } from '../base/index.ts';
import type { ExposureAnswer, JurisdictionExposure } from './assess.ts';
import { hypothesisName } from './attribution.ts';

const round = (value: number): number => Number(value.toPrecision(6));
const rounded = (value: number | null): number | null => (value === null ? null : round(value));

/**
 * `tocsin exposure --json`. The fields named in the product note hold the jurisdiction with most
 * linked reports; `jurisdictions` has the same for each.
 */
export function exposureJson(answer: ExposureAnswer, limits: readonly Limit[]): string {
  const { linkage, linkedRelease, releases, reports, jurisdictions } = answer;
  const count = (state: string): number =>
    linkage.links.filter((link) => link.state === state).length;
  const links = linkage.links.flatMap(({ state, probability }, at) => {
    if (state !== 'linked') return [];
    const release = linkedRelease[at];
    return [
      {
        id: reports[at]!.id,
        release:
          release === null || release === undefined ? null : releases[release]!.manifest.releaseId,
        probability: round(probability),
      },
    ];
  });
  const parts = jurisdictions.map(partJson);
  const [first] = parts;
  return `${JSON.stringify(
    {
      linkage: {
        linked: links.length,
        unresolved: count('unresolved'),
        onNoRoll: count('on-no-roll'),
        links,
      },
      attribution: first?.attribution ?? { posterior: [], credibleSet: [] },
      size: jurisdictions.flatMap(({ size }) => size),
      refusals: answer.refusals,
      targeting: first?.targeting ?? [],
      fieldsHeld: first?.fieldsHeld ?? [],
      jurisdictions: parts,
      meaning: 'A release means that release or anything derived from it.',
      limits,
    },
    null,
    1,
  )}\n`;
}

const partJson = (part: JurisdictionExposure) => ({
  jurisdiction: part.jurisdiction,
  households: part.households,
  recipients: part.recipients,
  attribution: {
    posterior: part.attribution.posterior.map(({ hypothesis, probability }) => ({
      hypothesis: hypothesisName(hypothesis),
      probability: round(probability),
    })),
    credibleSet: part.attribution.credibleSet.map(hypothesisName),
    listDates: part.listDates,
  },
  fieldsHeld: part.fieldsHeld,
  stale: part.stale,
  targeting: part.targeting.map(
    ({ cell, oddsRatio, low, high, tippingPoint, suppressed, claimed }) => ({
      cell,
      oddsRatio: rounded(oddsRatio),
      low: rounded(low),
      high: rounded(high),
      tippingPoint: rounded(tippingPoint),
      suppressed,
      claimed,
    }),
  ),
});
