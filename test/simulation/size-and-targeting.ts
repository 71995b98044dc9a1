import type { Random } from '../../src/core/base/index.ts';
import {
  agreementEvidence,
  contiguousRange,
  logEValue,
  rangeBounds,
  shareMailed,
  surveyEstimate,
  targeting,
} from '../../src/core/exposure/index.ts';
import { fisherExactGreater } from '../../src/core/statistics/index.ts';
import { type Outcome, shareRow } from './outcome.ts';

const binomial = (n: number, p: number, random: Random): number => {
  let hits = 0;
  for (let trial = 0; trial < n; trial++) if (random.chance(p)) hits += 1;
  return hits;
};

export function sizeIntervals(rounds: number, random: Random): readonly Outcome[] {
  let [canary, survey, range, rangeRefused] = [0, 0, 0, 0];
  for (let round = 0; round < rounds; round++) {
    const share = random.pick([0.02, 0.1, 0.3, 0.6]);
    const arrives = random.pick([0.4, 0.6, 0.8]);
    const hits = binomial(200, share * arrives, random);
    const probes = { successes: Math.max(1, binomial(100, arrives, random)), trials: 100 };
    const { low, high } = shareMailed({ hits, planted: 200, probes });
    if (low <= share && share <= high) canary += 1;

    const mailed = random.pick([0.05, 0.2, 0.5]);
    const yes = binomial(600, mailed * 0.8 + (1 - mailed) * 0.02, random);
    const asked = surveyEstimate({
      yes,
      asked: 600,
      sensitivity: 0.8,
      specificity: 0.98,
      random: true,
      rows: 1e6,
    });
    const row = asked.ok ? asked.value[0] : undefined;
    if (row !== undefined && row.low! <= mailed * 1e6 && row.high! >= mailed * 1e6) survey += 1;

    const size = random.pick([500, 5000, 50_000]);
    const seen = new Set<number>();
    const n = random.pick([20, 50, 100]);
    while (seen.size < n) seen.add(random.between(1, size));
    const ranks = [...seen];
    const bounds = rangeBounds(n, Math.max(...ranks) - Math.min(...ranks));
    if (bounds.low <= size && size <= bounds.high) range += 1;
    if (!contiguousRange({ ranks }).ok) rangeRefused += 1;
  }
  return [
    shareRow(
      'canary interval covers the share mailed',
      { hits: canary, rounds },
      { atLeast: 0.935 },
    ),
    shareRow(
      'survey interval covers the share mailed',
      { hits: survey, rounds },
      { atLeast: 0.935 },
    ),
    shareRow(
      'contiguous range covers its size',
      { hits: range, rounds },
      { atLeast: 0.935, atMost: 0.965 },
    ),
    shareRow(
      'a true contiguous range is refused as uneven',
      { hits: rangeRefused, rounds },
      { atMost: 0.05 },
    ),
  ];
}

const CELLS = 201;

/**
 * 201 cells (67 counties x 3 parties): nothing targeted, then one in twenty by four times the odds.
 */
export function targetingCells(rounds: number, random: Random): readonly Outcome[] {
  let [falseNull, falseFound, found, targets, ratio, intervals] = [0, 0, 0, 0, 0, 0];
  const bases = Array.from({ length: CELLS }, () => 0.2 + random.unit());
  const sum = bases.reduce((all, base) => all + base, 0);
  const shares = bases.map((base) => base / sum);
  for (let round = 0; round < rounds; round++) {
    const flat = rowsOf(drawCells(shares, 2000, random), shares);
    if (flat.some(({ claimed }) => claimed)) falseNull += 1;
    const chosen = new Set(Array.from({ length: 10 }, () => random.between(0, CELLS - 1)));
    const weights = shares.map((share, at) => (chosen.has(at) ? 4 * share : share));
    const rows = rowsOf(drawCells(weights, 2000, random), shares);
    const claims = rows.flatMap(({ claimed }, at) => (claimed ? [at] : []));
    const wrong = claims.filter((at) => !chosen.has(at)).length;
    falseFound += claims.length === 0 ? 0 : wrong / claims.length;
    found += claims.length - wrong;
    targets += chosen.size;
  }
  for (let round = 0; round < rounds; round++) {
    const [base, odds] = [random.pick([0.2, 0.4]), random.pick([1, 2, 4])];
    const share = (odds * base) / (1 - base + odds * base);
    const [row] = targeting(
      [{ cell: 'c', count: binomial(200, share, random), total: 200, bases: [base] }],
      new Set(),
    );
    if (row === undefined || row.suppressed) continue;
    intervals += 1;
    if (row.low! <= odds && (row.high === null || odds <= row.high)) ratio += 1;
  }
  const discovery = falseFound / rounds;
  return [
    shareRow('no targeting, 201 cells: any claim', { hits: falseNull, rounds }, { atMost: 0.05 }),
    {
      what: 'ten cells at four times the odds: false discovery rate',
      figure: discovery.toFixed(4),
      bound: '<= .05',
      holds: discovery <= 0.05,
    },
    {
      what: 'ten cells at four times the odds, 2,000 reports: claimed (tipping point above 2)',
      figure: (found / targets).toFixed(3),
      bound: 'told, not held',
      holds: true,
    },
    shareRow('odds-ratio interval covers', { hits: ratio, rounds: intervals }, { atLeast: 0.935 }),
  ];
}

function drawCells(weights: readonly number[], reports: number, random: Random): readonly number[] {
  const cumulative: number[] = [];
  let sum = 0;
  for (const weight of weights) {
    sum += weight;
    cumulative.push(sum);
  }
  const counts = weights.map(() => 0);
  for (let report = 0; report < reports; report++) {
    const at = random.unit() * sum;
    let [low, high] = [0, cumulative.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulative[middle]! < at) low = middle + 1;
      else high = middle;
    }
    counts[low]! += 1;
  }
  return counts;
}

const rowsOf = (counts: readonly number[], shares: readonly number[]) => {
  const total = counts.reduce((all, count) => all + count, 0);
  return targeting(
    counts.map((count, at) => ({ cell: String(at), count, total, bases: [shares[at]!] })),
    new Set(),
  );
};

/** Nobody is targeted; one group reports more often than others. */
export function reportingBias(
  rounds: number,
  { times, atMost }: { readonly times: number; readonly atMost: number },
  random: Random,
): Outcome {
  const base = 0.36;
  const share = (times * base) / (1 - base + times * base);
  let hits = 0;
  for (let round = 0; round < rounds; round++) {
    const count = binomial(300, share, random);
    if (
      targeting([{ cell: 'c', count, total: 300, bases: [base] }], new Set())[0]?.claimed === true
    )
      hits += 1;
  }
  return shareRow(
    `no targeting, a group that reports ${times} times as often: claimed`,
    { hits, rounds },
    { atMost },
  );
}

/** A dashboard that looks every day for 30 days. */
export function dailyPeeking(rounds: number, random: Random): Outcome {
  let hits = 0;
  for (let round = 0; round < rounds; round++) {
    const base = random.pick([0.1, 0.36, 0.5]);
    let count = 0;
    let rejected = false;
    for (let day = 1; day <= 30 && !rejected; day++) {
      count += binomial(20, base, random);
      rejected = logEValue({ count, total: day * 20, base }) >= Math.log(20);
    }
    if (rejected) hits += 1;
  }
  return shareRow('e-process, 30 looks: type I', { hits, rounds }, { atMost: 0.05 });
}

/** Canaries put into two strata by lot: the only test that no reporting habit can bend. */
export function canaryTest(rounds: number, random: Random): readonly Outcome[] {
  let [size, power] = [0, 0];
  const rejects = (a: number, b: number): boolean =>
    fisherExactGreater(
      { successes: binomial(100, a, random), trials: 100 },
      { successes: binomial(100, b, random), trials: 100 },
    ) <= 0.05;
  for (let round = 0; round < rounds; round++) {
    if (rejects(0.2, 0.2)) size += 1;
    if (rejects(0.3, 0.1)) power += 1;
  }
  return [
    shareRow('canaries by lot, Fisher exact: size', { hits: size, rounds }, { atMost: 0.05 }),
    shareRow(
      'canaries by lot, 30 % against 10 %: power',
      { hits: power, rounds },
      { atLeast: 0.9 },
    ),
  ];
}

/**
 * 200 requesters, 30 % of records eligible, even bits. Accused: posterior .95 and "other" below
 * .05.
 */
export function requesters(rounds: number, random: Random): readonly Outcome[] {
  const trial = (
    reports: number,
    error: number,
    fromOther: boolean,
  ): 'right' | 'wrong' | 'none' => {
    const legible = Array.from({ length: reports }, () => random.chance(0.3)).filter(
      Boolean,
    ).length;
    const scores = Array.from({ length: 200 }, (_, who) => {
      const p = who === 0 && !fromOther ? 1 - error : 0.5;
      const agreeing = binomial(legible, p, random);
      return Math.log(0.8 / 200) + agreementEvidence(agreeing, legible - agreeing);
    });
    const other = Math.log(0.2) + legible * Math.log(0.5);
    const highest = Math.max(other, ...scores);
    const weights = scores.map((score) => Math.exp(score - highest));
    const sum = weights.reduce((all, weight) => all + weight, Math.exp(other - highest));
    const who = weights.indexOf(Math.max(...weights));
    if (Math.exp(other - highest) / sum >= 0.05 || weights[who]! / sum < 0.95) return 'none';
    return who === 0 && !fromOther ? 'right' : 'wrong';
  };
  let [accused, blamed, named] = [0, 0, 0];
  for (let round = 0; round < rounds; round++) {
    if (trial(100, 0, true) === 'wrong') blamed += 1;
    const told = trial(100, 0.1, false);
    if (told === 'wrong') accused += 1;
    if (told === 'right') named += 1;
  }
  return [
    shareRow(
      'another source, 100 reports: any of 200 requesters accused',
      { hits: blamed, rounds },
      { atMost: 0.02 },
    ),
    shareRow(
      'marks misread in 10 %, 100 reports: an innocent one accused',
      { hits: accused, rounds },
      { atMost: 0.02 },
    ),
    {
      what: 'marks misread in 10 %, 100 reports: the right one named at .95',
      figure: (named / rounds).toFixed(3),
      bound: 'told, not held',
      holds: true,
    },
  ];
}
