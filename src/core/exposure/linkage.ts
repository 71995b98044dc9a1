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
  /** `none` is for measuring what the household guard costs. */
  readonly guard?: 'where-homes-are-shared' | 'none';
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

/** Starting m by level (absent, disagree, exact, and the ways of being alike): FEBRL-like errors. */
const M_START: Weights = {
  first: [1, 0.03, 0.87, 0.05, 0.03, 0.02],
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

/** What is compared of one person: their versions. */
type Person = readonly Compared[];

/**
 * Links reports to persons: Fellegi & Sunter (1969) with exclusive alternatives.
 *
 * A report speaks of at most one person, and the prior of each is rho / N: rho alone is learnt, so a
 * report with many weak candidates gains nothing by their number. m is learnt by EM, u is fixed from
 * random pairs, exact names weigh by their own frequency. Household guard: where people of one surname
 * share homes on these rolls, a person is linked only if the first name or the e-mail agrees, since a
 * relative agrees in everything else.
 */
export function linkReports(input: LinkageInput): Linkage {
  const candidates = comparePairs(input);
  const u = levelsOfRandomPairs(input);
  let model = modelOf({ m: M_START, u, matchRate: 0.8, rollSize: input.rollSize });
  let iterations = 0;
  for (; iterations < ITERATIONS_MAX; iterations++) {
    const learnt = learn(candidates, model);
    const moved = Math.abs(learnt.matchRate - model.matchRate);
    model = modelOf({ ...learnt, u, rollSize: input.rollSize });
    if (moved < SETTLED) break;
  }
  const links = candidates.map((own, report) => decide(own, input.reports[report]!, model));
  return { links, matchRate: model.matchRate, iterations };
}

interface Learnt {
  readonly m: Weights;
  readonly matchRate: number;
}

interface Model extends Learnt {
  /** m / u of each level, fields in the order of `KEY_FIELDS`. */
  readonly odds: readonly (readonly number[])[];
  /** m of an exact first and last name: those weigh by the frequency of the name instead of u. */
  readonly exact: { readonly first: number; readonly last: number };
  readonly rollSize: number;
}

const modelOf = ({
  m,
  u,
  matchRate,
  rollSize,
}: Learnt & { readonly u: Weights; readonly rollSize: number }): Model => ({
  m,
  matchRate,
  rollSize,
  odds: KEY_FIELDS.map((field) =>
    m[field].map((value, level) => (level === ABSENT ? 1 : value / u[field][level]!)),
  ),
  exact: { first: m.first[EXACT]!, last: m.last[EXACT]! },
});

function comparePairs(input: LinkageInput): readonly (readonly Person[])[] {
  const { reports, versions, pairs, shares, rollSize } = input;
  const candidates: Map<string, Compared[]>[] = reports.map(() => new Map());
  const rarity = (share: number | undefined): number => 1 / Math.max(share ?? 0, 1 / rollSize);
  const isGuarded = input.guard !== 'none' && homesAreShared(input);
  for (const [report, version] of pairs) {
    const shown = reports[report];
    const row = versions[version];
    const own = candidates[report];
    if (shown === undefined || row === undefined || own === undefined) continue;
    const levels = compare(shown, row.keys);
    const compared: Compared = {
      version,
      levels,
      rarity: {
        first: levels[0] === EXACT ? rarity(shares.first.get(shown.first)) : 0,
        last: levels[1] === EXACT ? rarity(shares.last.get(shown.last)) : 0,
      },
      guard: isGuarded ? guardOf(levels, shown, row.keys) : 'passes',
    };
    const known = own.get(row.person);
    if (known === undefined) own.set(row.person, [compared]);
    else known.push(compared);
  }
  return candidates.map((own) => [...own.values()]);
}

/** Homes that a list must show before their number says anything. */
const HOMES_MIN = 200;
/** Share of homes with two people of one surname below which a list has no relatives to confuse. */
const SHARED_MIN = 0.01;

/**
 * Whether these rolls hold relatives: two persons of one surname in the home that a report names. Voters' lists
 * do, one home in two; a customer list with one row a home does not. In doubt they do.
 */
function homesAreShared({ reports, versions, pairs }: LinkageInput): boolean {
  const living = new Map<number, Set<string>>();
  for (const [report, version] of pairs) {
    const shown = reports[report];
    const row = versions[version];
    if (shown === undefined || row === undefined || shown.house === '') continue;
    const { last, house, street } = row.keys;
    if (last !== shown.last || house !== shown.house || street !== shown.street) continue;
    const home = living.get(report);
    if (home === undefined) living.set(report, new Set([row.person]));
    else home.add(row.person);
  }
  let shared = 0;
  for (const { size } of living.values()) shared += Number(size > 1);
  return living.size < HOMES_MIN || shared >= living.size * SHARED_MIN;
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
    KEY_FIELDS.map((field) => [field, [1, 0.5, 0.5, 0.5, 0.5, 0.5]]),
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

function ratio({ levels, rarity }: Compared, { odds, exact }: Model): number {
  let product = 1;
  for (let field = 0; field < levels.length; field++) {
    if (field === 0 && rarity.first > 0) product *= exact.first * rarity.first;
    else if (field === 1 && rarity.last > 0) product *= exact.last * rarity.last;
    else product *= odds[field]![levels[field]!]!;
  }
  return product;
}

interface Alternative {
  readonly compared: Compared;
  readonly probability: number;
}

/** One alternative a person, by their best version; those the guard excludes have no place. */
function alternatives(
  own: readonly Person[],
  model: Model,
): { list: readonly Alternative[]; none: number } {
  const prior = model.matchRate / model.rollSize;
  let sum = 1 - model.matchRate;
  const best: { readonly compared: Compared; readonly weight: number }[] = [];
  for (const person of own) {
    let compared: Compared | null = null;
    let weight = -1;
    for (const each of person) {
      const value = each.guard === 'fails' ? -1 : ratio(each, model) * prior;
      if (value <= weight) continue;
      compared = each;
      weight = value;
    }
    if (compared === null) continue;
    best.push({ compared, weight });
    sum += weight;
  }
  const list = best.map(({ compared, weight }) => ({ compared, probability: weight / sum }));
  return { list, none: (1 - model.matchRate) / sum };
}

function learn(candidates: readonly (readonly Person[])[], model: Model): Learnt {
  const weights = Object.fromEntries(
    KEY_FIELDS.map((field) => [field, M_START[field].map((start) => start * PRIOR_REPORTS)]),
  ) as { [field in KeyField]: number[] };
  const byPlace = KEY_FIELDS.map((field) => weights[field]);
  let matched = 0;
  for (const own of candidates) {
    for (const { compared, probability } of alternatives(own, model).list) {
      matched += probability;
      const { levels } = compared;
      for (let field = 0; field < levels.length; field++) {
        const level = levels[field]!;
        if (level !== ABSENT) byPlace[field]![level]! += probability;
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

function decide(own: readonly Person[], shown: PersonKeys, model: Model): Link {
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
