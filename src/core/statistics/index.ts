export { betaCdf, betaQuantile } from './beta.ts';
export {
  binomialUpperTail,
  clopperPearson,
  type Interval,
  type Sample,
  wilson,
} from './binomial.ts';
export { benjaminiHochberg, eBenjaminiHochberg } from './false-discovery.ts';
export { fisherExactGreater } from './fisher.ts';
export { logBeta, logBetaBinomialSequence, logChoose, logGamma } from './gamma.ts';
export { uniformityPValue } from './kolmogorov.ts';
export { logSumExp, normalisedFromLogs } from './log-sum.ts';
export { normalUpperTail } from './normal.ts';
export { type TwoPoint, twoPointSumTail } from './two-point-sum.ts';
