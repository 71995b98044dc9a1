import { listed } from './counting.ts';
import type { JurisdictionFacts } from './exposure-facts.ts';
import { itIs } from './likelihood.ts';

/** Hypotheses named in one sentence; the page has all. */
const NAMED_MAX = 4;

type Source = Pick<JurisdictionFacts, 'attribution'>;

export const otherThanLists = ({ attribution }: Source): number =>
  attribution.posterior.find(({ hypothesis }) => hypothesis === 'other')?.probability ?? 0;

/** `release fl-2020-06`, `the live database of FL, read between 2020-05-01 and 2020-06-01`. */
export function hypothesisWords(hypothesis: string): string {
  const live = /^live:(.+):([\d-]{10})\/([\d-]{10})$/.exec(hypothesis);
  if (live !== null)
    return `the live database of ${live[1]}, read between ${live[2]} and ${live[3]}`;
  return hypothesis === 'other'
    ? 'none of the lists at hand'
    : `release ${hypothesis.slice(0, 60)}`;
}

/**
 * Where the data came from, in ICD 203 words: the 95 % set without "other", then "other" by itself,
 * then the days of the list. A release means it or anything derived from it.
 */
export function sourceSentences(source: Source): readonly string[] {
  const { posterior, credibleSet, listDates } = source.attribution;
  const named = credibleSet.filter((hypothesis) => hypothesis !== 'other');
  const other = otherThanLists(source);
  const probability = posterior
    .filter(({ hypothesis }) => named.includes(hypothesis))
    .reduce((sum, each) => sum + each.probability, 0);
  const elsewhere = `${itIs(other)} the source is none of the lists at hand: a commercial file, an older leak, something unknown.`;
  if (named.length === 0) return [elsewhere];
  const [only] = named;
  const which =
    named.length === 1 && only !== undefined
      ? `${hypothesisWords(only)}, or anything derived from it`
      : `one of ${named.length}, or anything derived from it: ${listed(named.map(hypothesisWords), NAMED_MAX)}`;
  const days =
    listDates === null
      ? ''
      : listDates.from === listDates.until
        ? `The list shows the roll as of ${listDates.from}.`
        : `The list shows the roll as of a day from ${listDates.from} to ${listDates.until}.`;
  const first = `${itIs(probability)} the data came from ${which}.`;
  return other > probability
    ? [elsewhere, first]
    : [first, days, elsewhere].filter((part) => part !== '');
}
