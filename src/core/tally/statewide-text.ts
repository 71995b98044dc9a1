import { grouped } from '../base/index.ts';
import type { StatewideMatch } from './statewide.ts';

const people = (value: number | null): string => (value === null ? 'hidden' : grouped(value));
const countiesText = (count: number): string => `${count} ${count === 1 ? 'county' : 'counties'}`;
/** Less than this share of the posterior is not listed. */
const LISTED_MIN = 0.005;

/** Lines for a terminal; names of counties and releases still have to be made printable. */
export function statewideText({
  counties,
  matched,
  attribution,
  refusals,
}: StatewideMatch): readonly string[] {
  const width = Math.max(6, ...counties.map(({ county }) => county.length));
  const reports = Math.max(0, ...counties.map(({ reports: asked }) => asked));
  return [
    `${countiesText(counties.length)}, ${grouped(reports)} people asked about: ${matched === null ? 'fewer than 11' : grouped(matched)} are on their rolls.`,
    ...counties.map(
      (row) =>
        `  ${row.county.padEnd(width)}  ${people(row.matched).padStart(9)} of ${grouped(row.records)} records`,
    ),
    ...(counties.some((row) => row.matched === null)
      ? ['Counties with 1 to 10 hits are hidden, and one more so that they cannot be worked out.']
      : []),
    ...(attribution === null
      ? ['No county told releases apart: nothing is said about the source.']
      : [
          '',
          `Source, from ${countiesText(attribution.counties)}. A release means that release or anything derived from it.`,
          ...attribution.posterior
            .filter(({ probability }) => probability >= LISTED_MIN)
            .map(({ hypothesis, probability }) => `  ${probability.toFixed(3)}  ${hypothesis}`),
          `95 % set: ${attribution.credibleSet.join(', ')}`,
          ...(attribution.listDates === null
            ? []
            : [`List dates: ${attribution.listDates.from} to ${attribution.listDates.until}`]),
        ]),
    ...refusals.map(({ county, reason, code }) =>
      county === null ? `Note: ${reason} [${code}]` : `Left out, ${county}: ${reason} [${code}]`,
    ),
  ];
}
