export interface SizeCount {
  /** Bytes of the response. */
  readonly size: number;
  readonly count: number;
  /** Those of them that ordinary visitors got. */
  readonly ordinary: number;
  /** Those for numbers that the office knows to be records, and to be none. */
  readonly valid: number;
  readonly invalid: number;
}

/** One kind of page: sizes around a mean. */
export interface SizeComponent {
  readonly mean: number;
  readonly deviation: number;
  /** Share of all responses, and of those of ordinary visitors. */
  readonly weight: number;
  readonly ordinary: number;
  /** Answers of this kind for numbers known to be records, and to be none. */
  readonly valid: number;
  readonly invalid: number;
  /** All of one size, or nearly: the deviation is the smallest that is told apart. */
  readonly narrow: boolean;
}

const COMPONENTS_MAX = 4;
const ROUNDS_MAX = 60;
/** Distinct sizes that are fitted; neighbours are joined beyond it. */
const SIZES_MAX = 1_500;
/** A deviation below this many bytes would explain single sizes. */
const DEVIATION_MIN = 1.5;
/** Share of pages that belong to no kind. */
const STRAY_SHARE = 1e-6;

/**
 * Kinds of pages, smallest first: a mixture of one to four normal distributions over response
 * sizes, by expectation-maximisation, the number of kinds by BIC (Schwarz 1978).
 */
export function fitSizes(counts: readonly SizeCount[]): readonly SizeComponent[] {
  const sizes = thinned([...counts].sort((a, b) => a.size - b.size));
  const total = sizes.reduce((sum, { count }) => sum + count, 0);
  let best: Fit | null = null;
  let bestScore = Number.POSITIVE_INFINITY;
  for (let kinds = 1; kinds <= COMPONENTS_MAX && kinds <= sizes.length; kinds++) {
    for (const cuts of [cutsAtGaps(sizes, kinds), cutsAtQuantiles(sizes, kinds)]) {
      const fit = maximise(sizes, startingAt(sizes, cuts));
      const score = (3 * kinds - 1) * Math.log(total) - 2 * fit.logLikelihood;
      if (score < bestScore - 10) [best, bestScore] = [fit, score];
    }
  }
  return best === null ? [] : shares(sizes, best.parts);
}

interface Part {
  readonly mean: number;
  readonly deviation: number;
  readonly weight: number;
}

interface Fit {
  readonly parts: readonly Part[];
  readonly logLikelihood: number;
}

function thinned(sorted: readonly SizeCount[]): readonly SizeCount[] {
  const step = Math.ceil(sorted.length / SIZES_MAX);
  if (step <= 1) return sorted;
  const out: SizeCount[] = [];
  for (let at = 0; at < sorted.length; at += step) {
    const group = sorted.slice(at, at + step);
    const count = group.reduce((sum, each) => sum + each.count, 0);
    const size = group.reduce((sum, each) => sum + each.size * each.count, 0) / count;
    const sum = (part: 'ordinary' | 'valid' | 'invalid'): number =>
      group.reduce((all, each) => all + each[part], 0);
    const [ordinary, valid, invalid] = [sum('ordinary'), sum('valid'), sum('invalid')];
    out.push({ size, count, ordinary, valid, invalid });
  }
  return out;
}

/** Places where a new kind begins: behind the widest empty stretches. */
function cutsAtGaps(sizes: readonly SizeCount[], kinds: number): readonly number[] {
  return sizes
    .map(({ size }, at) => ({ at, width: at === 0 ? 0 : size - sizes[at - 1]!.size }))
    .slice(1)
    .sort((a, b) => b.width - a.width)
    .slice(0, kinds - 1)
    .map(({ at }) => at)
    .sort((a, b) => a - b);
}

function cutsAtQuantiles(sizes: readonly SizeCount[], kinds: number): readonly number[] {
  const total = sizes.reduce((sum, { count }) => sum + count, 0);
  const cuts: number[] = [];
  let below = 0;
  sizes.forEach(({ count }, at) => {
    below += count;
    const next = ((cuts.length + 1) * total) / kinds;
    if (cuts.length < kinds - 1 && below >= next && at + 1 < sizes.length) cuts.push(at + 1);
  });
  return cuts;
}

function startingAt(sizes: readonly SizeCount[], cuts: readonly number[]): readonly Part[] {
  const total = sizes.reduce((sum, { count }) => sum + count, 0);
  return [0, ...cuts].map((from, at) => {
    const group = sizes.slice(from, [...cuts, sizes.length][at]);
    const count = group.reduce((sum, each) => sum + each.count, 0) || 1;
    const mean = group.reduce((sum, each) => sum + each.size * each.count, 0) / count;
    const square = group.reduce((sum, each) => sum + (each.size - mean) ** 2 * each.count, 0);
    const deviation = Math.max(DEVIATION_MIN, Math.sqrt(square / count));
    return { mean, deviation, weight: count / total };
  });
}

const density = ({ mean, deviation, weight }: Part, size: number): number => {
  const z = (size - mean) / deviation;
  return ((weight * 0.398_942_3) / deviation) * Math.exp(-0.5 * z * z);
};

function maximise(sizes: readonly SizeCount[], start: readonly Part[]): Fit {
  const total = sizes.reduce((sum, { count }) => sum + count, 0);
  const stray = STRAY_SHARE / (sizes.at(-1)!.size - sizes[0]!.size + 1);
  let fit: Fit = { parts: start, logLikelihood: Number.NEGATIVE_INFINITY };
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const sums = fit.parts.map(() => ({ count: 0, size: 0, square: 0 }));
    let logLikelihood = 0;
    for (const { size, count } of sizes) {
      const each = fit.parts.map((part) => density(part, size));
      const all = each.reduce((sum, value) => sum + value, stray);
      logLikelihood += count * Math.log(all);
      each.forEach((value, at) => {
        const share = (count * value) / all;
        // Squares around the part's last mean: no loss of digits with large sizes.
        const away = size - fit.parts[at]!.mean;
        const sum = sums[at]!;
        sum.count += share;
        sum.size += share * away;
        sum.square += share * away * away;
      });
    }
    const grew = logLikelihood - fit.logLikelihood;
    fit = {
      logLikelihood,
      parts: fit.parts.map((part, at) => moved(part, sums[at]!, total)),
    };
    if (grew < 1e-3) break;
  }
  return fit;
}

function moved(
  part: Part,
  {
    count,
    size,
    square,
  }: { readonly count: number; readonly size: number; readonly square: number },
  total: number,
): Part {
  if (count < 1e-9) return { ...part, weight: 1e-12 };
  const shift = size / count;
  const variance = Math.max(0, square / count - shift * shift);
  return {
    mean: part.mean + shift,
    deviation: Math.max(DEVIATION_MIN, Math.sqrt(variance)),
    weight: count / total,
  };
}

function shares(sizes: readonly SizeCount[], parts: readonly Part[]): readonly SizeComponent[] {
  const own = parts.map(() => ({ ordinary: 0, valid: 0, invalid: 0 }));
  let ordinary = 0;
  for (const { size, ordinary: count, valid, invalid } of sizes) {
    if (count === 0 && valid === 0 && invalid === 0) continue;
    ordinary += count;
    const each = parts.map((part) => density(part, size));
    const all = each.reduce((sum, value) => sum + value, 1e-300);
    each.forEach((value, at) => {
      own[at]!.ordinary += (count * value) / all;
      own[at]!.valid += (valid * value) / all;
      own[at]!.invalid += (invalid * value) / all;
    });
  }
  return parts
    .map((part, at) => ({
      ...part,
      ...own[at]!,
      ordinary: ordinary === 0 ? 0 : own[at]!.ordinary / ordinary,
      narrow: part.deviation <= DEVIATION_MIN,
    }))
    .sort((a, b) => a.mean - b.mean);
}
