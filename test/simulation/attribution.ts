import type { Random } from '../../src/core/base/index.ts';
import {
  type Attribution,
  attributeSource,
  DEFAULT_PRIORS,
  hypothesisName,
  type ShownRecord,
} from '../../src/core/exposure/index.ts';
import { type Outcome, shareRow } from './outcome.ts';
import {
  type Leak,
  leak,
  releasesOf,
  type Source,
  type VintageWorld,
  versionOfMonth,
  versionsIn,
} from './vintage-world.ts';

const world = (churn: number): VintageWorld => ({ months: 24, rows: 100_000, churn });

const attribute = (own: VintageWorld, { records, onNoRoll }: Omit<Leak, 'source'>): Attribution =>
  attributeSource({
    jurisdiction: 'FL',
    releases: releasesOf(own),
    versionCounts: new Map([['s', versionsIn(own)]]),
    records,
    onNoRoll,
    logEvidenceOther: 0,
    independence: 1,
    priors: DEFAULT_PRIORS,
  });

/** Drawn as the priors state it, but for three in ten of another source. */
function drawSource(months: number, random: Random): Source {
  if (random.chance(0.3)) return { kind: 'other' };
  return random.chance(DEFAULT_PRIORS.live / (1 - DEFAULT_PRIORS.other))
    ? { kind: 'live', month: random.between(0, months - 2) }
    : { kind: 'release', month: random.between(0, months - 1) };
}

function nameOf(source: Source, releases: readonly { readonly asOf: string }[]): string {
  switch (source.kind) {
    case 'other':
      return 'other';
    case 'release':
      return `r${source.month}`;
    case 'live':
      return `live:FL:${releases[source.month]!.asOf}/${releases[source.month + 1]!.asOf}`;
  }
}

const EDGES = [0, 0.3, 0.5, 0.7, 0.9, 0.95, 0.99, 1];

/**
 * Calibration, 95 % sets and log-loss over churns and numbers of reports, three in ten of other
 * source.
 */
export function calibration(rounds: number, random: Random): readonly Outcome[] {
  const bins = EDGES.slice(1).map(() => ({ count: 0, right: 0, stated: 0 }));
  const losses = { ours: 0, overlap: 0, guilt: 0 };
  let covered = 0;
  for (let round = 0; round < rounds; round++) {
    const own = world(random.pick([0.005, 0.01, 0.015, 0.02, 0.04]));
    const source = drawSource(own.months, random);
    const drawn = leak(own, { n: random.pick([5, 10, 25, 50, 100, 200]), source }, random);
    const found = attribute(own, drawn);
    const truth = nameOf(source, releasesOf(own));
    const best = found.posterior[0]!;
    const bin = bins[EDGES.findIndex((edge) => best.probability <= edge) - 1] ?? bins[0]!;
    bin.count += 1;
    bin.stated += best.probability;
    if (hypothesisName(best.hypothesis) === truth) bin.right += 1;
    if (found.credibleSet.some((one) => hypothesisName(one) === truth)) covered += 1;
    const stated = new Map(
      found.posterior.map((row) => [hypothesisName(row.hypothesis), row.probability]),
    );
    losses.ours += loss(stated.get(truth));
    losses.overlap += loss(overlapCount(drawn.records, own.months).get(truth));
    losses.guilt += loss(guiltModel(drawn.records, own.months).get(truth));
  }
  const rows = bins.flatMap(({ count, right, stated }, at): Outcome[] => {
    if (count === 0) return [];
    const [mean, share] = [stated / count, right / count];
    const slack = 3 * Math.sqrt((mean * (1 - mean)) / count);
    return [
      {
        what: `posterior bin ${EDGES[at]} to ${EDGES[at + 1]}: stated, true`,
        figure: `${mean.toFixed(3)}, ${share.toFixed(3)} of ${count}`,
        bound: 'true >= stated - .03',
        holds: count < 100 || share >= mean - 0.03 - slack,
      },
    ];
  });
  const gap = bins.reduce((sum, { right, stated }) => sum + Math.abs(stated - right), 0) / rounds;
  const mean = (sum: number): string => (sum / rounds).toFixed(3);
  return [
    ...rows,
    {
      what: 'weighted gap between stated and true',
      figure: gap.toFixed(4),
      bound: '<= .02',
      holds: gap <= 0.02 + 3 * Math.sqrt((0.02 * 0.98) / rounds),
    },
    shareRow(
      '95 % set covers the source, 24 vintages',
      { hits: covered, rounds },
      { atLeast: 0.94 },
    ),
    {
      what: 'log-loss: ours, overlap count, guilt model',
      figure: `${mean(losses.ours)}, ${mean(losses.overlap)}, ${mean(losses.guilt)}`,
      bound: 'ours lowest',
      holds: losses.ours < losses.overlap && losses.ours < losses.guilt,
    },
  ];
}

const loss = (probability: number | undefined): number =>
  -Math.log(Math.max(probability ?? 0, 1e-3));

/** Baseline: the releases that hold most of the records, nothing said beside. */
function overlapCount(
  records: readonly ShownRecord[],
  months: number,
): ReadonlyMap<string, number> {
  const held = counts(records, months);
  const most = Math.max(...held);
  const best = held.filter((count) => count === most).length;
  return new Map(held.map((count, at) => [`r${at}`, count === most ? 1 / best : 0]));
}

/** Baseline: Papadimitriou & Garcia-Molina 2011, guessing probability .5, made to sum to one. */
function guiltModel(records: readonly ShownRecord[], months: number): ReadonlyMap<string, number> {
  const guilt = Array.from({ length: months }, (_, at) => {
    let innocent = 1;
    for (const { releases } of records)
      if (releases.includes(at)) innocent *= 1 - 0.5 / releases.length;
    return 1 - innocent;
  });
  const sum = guilt.reduce((all, one) => all + one, 0) || 1;
  return new Map(guilt.map((one, at) => [`r${at}`, one / sum]));
}

const counts = (records: readonly ShownRecord[], months: number): number[] =>
  Array.from(
    { length: months },
    (_, at) => records.filter(({ releases }) => releases.includes(at)).length,
  );

/** The right month is the most probable one. */
export function rightMonth(
  rounds: number,
  { n, churn, atLeast }: { readonly n: number; readonly churn: number; readonly atLeast: number },
  random: Random,
): Outcome {
  const own = world(churn);
  let hits = 0;
  for (let round = 0; round < rounds; round++) {
    const month = random.between(0, own.months - 1);
    const records = Array.from({ length: n }, () => versionOfMonth(own, month, random));
    const best = attribute(own, { records, onNoRoll: 0 }).posterior[0]!;
    if (hypothesisName(best.hypothesis) === `r${month}`) hits += 1;
  }
  return shareRow(
    `right month from ${n} reports at ${churn * 100} % churn`,
    { hits, rounds },
    { atLeast },
  );
}

/** The subset of the roll that was taken is the most probable source. */
export function subsets(
  rounds: number,
  { n, share, atLeast }: { readonly n: number; readonly share: number; readonly atLeast: number },
  random: Random,
): Outcome {
  const own = world(0.015);
  const last = own.months - 1;
  const portal = {
    id: 'portal',
    asOf: '2020-12-01',
    subset: true,
    counts: new Map([['s', own.rows * share]]),
    logEvidence: 0,
  };
  let hits = 0;
  for (let round = 0; round < rounds; round++) {
    const records = Array.from({ length: n }, () => {
      const { stratum, releases } = versionOfMonth(own, last, random);
      return { stratum, releases: [...releases, own.months] };
    });
    const found = attributeSource({
      jurisdiction: 'FL',
      releases: [...releasesOf(own), portal],
      versionCounts: new Map([['s', versionsIn(own)]]),
      records,
      onNoRoll: 0,
      logEvidenceOther: 0,
      independence: 1,
      priors: DEFAULT_PRIORS,
    });
    if (hypothesisName(found.posterior[0]!.hypothesis) === 'portal') hits += 1;
  }
  return shareRow(
    `portal subset (${share * 100} % of the roll) named from ${n} reports`,
    { hits, rounds },
    { atLeast },
  );
}
