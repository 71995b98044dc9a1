/** ICD 203 (2015) section D.6.e(2)(a), first row: upper edge of each band and its term. */
const BANDS: readonly (readonly [upper: number, term: string])[] = [
  [0.05, 'almost no chance'],
  [0.2, 'very unlikely'],
  [0.45, 'unlikely'],
  [0.55, 'a roughly even chance'],
  [0.8, 'likely'],
  [0.95, 'very likely'],
  [1, 'almost certain'],
];

/** The term of a probability; a band's lower edge belongs to it. */
export const likelihoodTerm = (probability: number): string =>
  BANDS.find(([upper]) => probability < upper)?.[1] ?? 'almost certain';

/** `87 %`; the ends are open, since no model is that sure. */
export function percent(probability: number): string {
  if (probability > 0.99) return 'over 99 %';
  if (probability < 0.01) return 'under 1 %';
  return `${Math.round(probability * 100)} %`;
}

/** `it is very likely (87 %) that`, to go before what is so. */
export function itIs(probability: number): string {
  const term = likelihoodTerm(probability);
  const verb = term.includes('chance') ? 'there is' : 'it is';
  return `${verb} ${term} (${percent(probability)}) that`;
}
