import {
  ABSENT,
  compare,
  EXACT,
  KEY_FIELDS,
  type KeyField,
  LEVELS,
  type Level,
  levelOf,
  mayBeMisspelt,
  type PersonKeys,
} from './comparison.ts';

/** A record version: one distinct key tuple of a person, in the releases that hold it. */
export interface RecordVersion {
  /** The same for every version of one person, and for nobody else. */
  readonly person: string;
  readonly keys: PersonKeys;
  /** Places of the releases that hold it, ascending. */
  readonly releases: readonly number[];
  /** Its stratum in each of those. */
  readonly strata: readonly string[];
}

export interface LinkageInput {
  readonly reports: readonly PersonKeys[];
  readonly versions: readonly RecordVersion[];
  /** Candidate pairs out of blocking. */
  readonly pairs: readonly (readonly [report: number, version: number])[];
  /** Persons whom a report may speak of. */
  readonly rollSize: number;
  /** Share of the roll that has the value: for every value that stands in a report. */
  readonly shares: {
    readonly first: ReadonlyMap<string, number>;
    readonly last: ReadonlyMap<string, number>;
  };
  /** Rows drawn from the rolls by chance, for the levels of random pairs. */
  readonly sample: readonly PersonKeys[];
}

export type LinkState = 'linked' | 'unresolved' | 'on-no-roll';

export interface Link {
  readonly state: LinkState;
  /** Of the best person; of "on no roll" where that is the state. */
  readonly probability: number;
  /** The best version of the best person; null where there is no candidate. */
  readonly version: number | null;
}

export interface Linkage {
  readonly links: readonly Link[];
  /** Share of the reports that are on the roll. */
  readonly matchRate: number;
  readonly iterations: number;
}

/** A link, or its absence, is stated from here on. */
export const LINK_PROBABILITY = 0.95;
const ITERATIONS_MAX = 30;
const SETTLED = 1e-6;
/** Pairs of a report and a random row that u is estimated from. */
const RANDOM_PAIRS_MAX = 1_000_000;
/** Weight of the starting values, in reports: a handful of reports must not teach the model. */
const PRIOR_REPORTS = 20;

type Weights = { readonly [field in KeyField]: readonly number[] };

/** Starting m by level (absent, disagree, exact, close, closest but one): FEBRL-like errors. */
const M_START: Weights = {
  first: [1, 0.04, 0.88, 0.05, 0.03],
  last: [1, 0.04, 0.92, 0.03, 0.01],
  house: [1, 0.07, 0.93],
  street: [1, 0.07, 0.9, 0.03],
  city: [1, 0.07, 0.93],
  zip: [1, 0.07, 0.91, 0.02],
  email: [1, 0.2, 0.75, 0.05],
};

interface Compared {
  readonly version: number;
  readonly levels: readonly Level[];
  /** 1 / share of the value where a name agrees exactly, else 0. */
  readonly rarity: { readonly first: number; readonly last: number };
  readonly guard: 'passes' | 'fails' | 'cannot-say';
}

/**
 * Links reports to persons: Fellegi & Sunter (1969) with exclusive alternatives.
 *
 * A report speaks of at most one person, and the prior of each is rho / N: rho alone is learnt, so a
 * report with many weak candidates gains nothing by their number. m is learnt by EM, u is fixed from
 * random pairs, exact names weigh by their own frequency. Household guard: a person is linked only if
 * the first name or the e-mail agrees, since a relative agrees in everything else.
 */
export function linkReports(input: LinkageInput): Linkage {
  const candidates = comparePairs(input);
  const u = levelsOfRandomPairs(input);
  let m = M_START;
  let matchRate = 0.8;
  let iterations = 0;
  for (; iterations < ITERATIONS_MAX; iterations++) {
    const learnt = learn(candidates, { m, u, matchRate, input });
    const moved = Math.abs(learnt.matchRate - matchRate);
    m = learnt.m;
    matchRate = learnt.matchRate;
    if (moved < SETTLED) break;
  }
  const model = { m, u, matchRate, input };
  const links = candidates.map((own, report) => decide(own, input.reports[report]!, model));
  return { links, matchRate, iterations };
}

interface Model {
  readonly m: Weights;
  readonly u: Weights;
  readonly matchRate: number;
  readonly input: LinkageInput;
}

function comparePairs({ reports, versions, pairs, shares, rollSize }: LinkageInput): Compared[][] {
  const candidates: Compared[][] = reports.map(() => []);
  const rarity = (share: number | undefined): number => 1 / Math.max(share ?? 0, 1 / rollSize);
  for (const [report, version] of pairs) {
    const shown = reports[report];
    const row = versions[version];
    if (shown === undefined || row === undefined) continue;
    const levels = compare(shown, row.keys);
    candidates[report]?.push({
      version,
      levels,
      rarity: {
        first: levels[0] === EXACT ? rarity(shares.first.get(shown.first)) : 0,
        last: levels[1] === EXACT ? rarity(shares.last.get(shown.last)) : 0,
      },
      guard: guardOf(levels, shown, row.keys),
    });
  }
  return candidates;
}

function guardOf(levels: readonly Level[], shown: PersonKeys, row: PersonKeys): Compared['guard'] {
  const first = levels[0]!;
  const email = levels[6]!;
  if (first > 1 || email === EXACT) return 'passes';
  return first === ABSENT || mayBeMisspelt(shown.first, row.first) ? 'cannot-say' : 'fails';
}

/** u by level, from up to a million pairs of a report and a random row, half a pair added to each. */
function levelsOfRandomPairs({ reports, sample }: LinkageInput): Weights {
  const counts = Object.fromEntries(
    KEY_FIELDS.map((field) => [field, [1, 0.5, 0.5, 0.5, 0.5]]),
  ) as { [field in KeyField]: number[] };
  const rows = Math.min(
    sample.length,
    Math.floor(RANDOM_PAIRS_MAX / Math.max(1, reports.length)) + 1,
  );
  const step = Math.max(1, Math.ceil((reports.length * rows) / RANDOM_PAIRS_MAX));
  for (let report = 0; report < reports.length; report += step) {
    for (let row = 0; row < rows; row++) {
      for (const field of KEY_FIELDS) {
        const level = levelOf(field, reports[report]![field], sample[row]![field]);
        if (level !== ABSENT) counts[field][level]! += 1;
      }
    }
  }
  for (const field of KEY_FIELDS) {
    const own = counts[field];
    const sum = LEVELS[field].reduce((all: number, level) => all + own[level]!, 0);
    for (const level of LEVELS[field]) own[level] = own[level]! / sum;
  }
  return counts;
}

function ratio({ levels, rarity }: Compared, { m, u }: Model): number {
  let product = 1;
  for (const [at, field] of KEY_FIELDS.entries()) {
    const level = levels[at]!;
    if (level === ABSENT) continue;
    const rare = field === 'first' || field === 'last' ? rarity[field] : 0;
    product *= rare > 0 ? m[field][level]! * rare : m[field][level]! / u[field][level]!;
  }
  return product;
}

interface Alternative {
  readonly compared: Compared;
  readonly probability: number;
}

/** One alternative a person, by their best version; those the guard excludes have no place. */
function alternatives(
  own: readonly Compared[],
  model: Model,
): { list: Alternative[]; none: number } {
  const { versions, rollSize } = model.input;
  const best = new Map<string, { compared: Compared; ratio: number }>();
  for (const compared of own) {
    if (compared.guard === 'fails') continue;
    const { person } = versions[compared.version]!;
    const value = ratio(compared, model);
    if (value > (best.get(person)?.ratio ?? -1)) best.set(person, { compared, ratio: value });
  }
  const prior = model.matchRate / rollSize;
  let sum = 1 - model.matchRate;
  for (const { ratio: value } of best.values()) sum += value * prior;
  const list = [...best.values()].map(({ compared, ratio: value }) => ({
    compared,
    probability: (value * prior) / sum,
  }));
  return { list, none: (1 - model.matchRate) / sum };
}

function learn(
  candidates: readonly (readonly Compared[])[],
  model: Model,
): { readonly m: Weights; readonly matchRate: number } {
  const weights = Object.fromEntries(
    KEY_FIELDS.map((field) => [field, M_START[field].map((start) => start * PRIOR_REPORTS)]),
  ) as { [field in KeyField]: number[] };
  let matched = 0;
  for (const own of candidates) {
    for (const { compared, probability } of alternatives(own, model).list) {
      matched += probability;
      for (const [at, field] of KEY_FIELDS.entries()) {
        const level = compared.levels[at]!;
        if (level !== ABSENT) weights[field][level]! += probability;
      }
    }
  }
  for (const field of KEY_FIELDS) {
    const own = weights[field];
    const sum = LEVELS[field].reduce((all: number, level) => all + own[level]!, 0);
    for (const level of LEVELS[field]) own[level] = own[level]! / sum;
  }
  // One report's worth of the starting value keeps the rate off 0 and 1, where it could not return.
  return { m: weights, matchRate: (matched + 0.8) / (candidates.length + 1) };
}

function decide(own: readonly Compared[], shown: PersonKeys, model: Model): Link {
  const { list, none } = alternatives(own, model);
  const best = list.reduce<Alternative | null>(
    (high, next) => (next.probability > (high?.probability ?? -1) ? next : high),
    null,
  );
  if (best !== null && best.probability >= LINK_PROBABILITY && best.compared.guard === 'passes') {
    return { state: 'linked', probability: best.probability, version: best.compared.version };
  }
  if (none >= LINK_PROBABILITY && isNamed(shown)) {
    return { state: 'on-no-roll', probability: none, version: null };
  }
  return {
    state: 'unresolved',
    probability: best?.probability ?? 0,
    version: best?.compared.version ?? null,
  };
}

/** Whether a report shows enough for its absence from the roll to mean something. */
const isNamed = (shown: PersonKeys): boolean =>
  shown.first !== '' &&
  shown.last !== '' &&
  ((shown.house !== '' && shown.street !== '') || shown.zip !== '');

/** Releases that hold what the report shows: versions of its person alike in every shown field. */
export function presenceOf(
  report: PersonKeys,
  version: number,
  versionsOfPerson: readonly RecordVersion[],
  versions: readonly RecordVersion[],
): readonly number[] {
  const best = versions[version]!;
  const shown = KEY_FIELDS.filter((field) => report[field] !== '');
  const alike = versionsOfPerson.filter((other) =>
    shown.every((field) => other.keys[field] === best.keys[field]),
  );
  return [...new Set(alike.flatMap(({ releases }) => releases))].sort((x, y) => x - y);
}
