import {
  ABSENT,
  compare,
  EXACT,
  KEY_FIELDS,
  type KeyField,
  LEVELS,
  type Level,
  levelsOfRandomPairs,
  M_START,
  mayBeMisspelt,
  type PersonKeys,
  type Weights,
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

/** Reports, and the rows that blocking put beside them. */
export interface LinkageInput {
  readonly reports: readonly PersonKeys[];
  readonly versions: readonly RecordVersion[];
  /** Candidate pairs out of blocking. */
  readonly pairs: readonly (readonly [report: number, version: number])[];
  /** Persons whom a report may speak of. */
  readonly rollSize: number;
  /** Those of them whose e-mail address a roll holds. */
  readonly emails: number;
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

/** `unresolved`: neither a person nor their absence has the probability that is asked for. */
export type LinkState = 'linked' | 'unresolved' | 'on-no-roll';

/** What is said of one report. */
export interface Link {
  readonly state: LinkState;
  /** Of the best person; of "on no roll" where that is the state. */
  readonly probability: number;
  /** The best version of the best person; null where there is no candidate. */
  readonly version: number | null;
}

/** A link for each report, in their order, and what the model learnt on the way. */
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
/** Weight of the starting values, in reports: a handful of reports must not teach the model. */
const PRIOR_REPORTS = 20;
/** Starting value: people who share their e-mail address with one other, for each who does not. */
const ADDRESS_SHARED_START = 0.05;

/** Place of the e-mail address in `KEY_FIELDS`. */
const EMAIL = KEY_FIELDS.indexOf('email');

interface Compared {
  readonly version: number;
  readonly levels: readonly Level[];
  /**
   * Where a name or the e-mail agrees exactly: 1 / chance that another person has that very one;
   * else 0.
   */
  readonly rarity: { readonly first: number; readonly last: number; readonly email: number };
  readonly guard: 'passes' | 'fails' | 'cannot-say';
}

/** What is compared of one person: their versions. */
type Person = readonly Compared[];

/** Whom a report may speak of. */
interface Candidates {
  readonly persons: readonly Person[];
  readonly showsEmail: boolean;
  /** Nothing else is shown: blocking reaches only people whose address is on file. */
  readonly showsNoMore: boolean;
}

/**
 * Links reports to persons: Fellegi & Sunter (1969) with exclusive alternatives.
 *
 * A report speaks of at most one person, and the prior of each is rho / N: rho alone is learnt, so
 * a report with many weak candidates gains nothing by their number. m is learnt by EM, u is fixed
 * from random pairs, exact names and addresses of e-mail weigh by their own frequency. Household
 * guard: where people of one surname share homes on these rolls, a person is linked only if the
 * first name or the e-mail agrees, since a relative agrees in everything else.
 */
export function linkReports(input: LinkageInput): Linkage {
  const candidates = comparePairs(input);
  const u = levelsOfRandomPairs(input.reports, input.sample);
  const coverage = Math.min(1, input.emails / input.rollSize);
  const fixed = { u, rollSize: input.rollSize, coverage };
  let model = modelOf({ m: M_START, matchRate: 0.8, onFile: coverage }, fixed);
  let iterations = 0;
  for (; iterations < ITERATIONS_MAX; iterations++) {
    const learnt = learn(candidates, model);
    const moved = Math.abs(learnt.matchRate - model.matchRate);
    model = modelOf(learnt, fixed);
    if (moved < SETTLED) break;
  }
  const links = candidates.map((own, report) => decide(own, input.reports[report]!, model));
  return { links, matchRate: model.matchRate, iterations };
}

interface Learnt {
  readonly m: Weights;
  readonly matchRate: number;
  /** Share of the people reported with an e-mail address who have one on file. */
  readonly onFile: number;
}

interface Fixed {
  readonly u: Weights;
  readonly rollSize: number;
  /** Share of the roll that has an e-mail address on file. */
  readonly coverage: number;
}

interface Model extends Learnt, Fixed {
  /** m / u of each level, fields in the order of `KEY_FIELDS`. */
  readonly odds: readonly (readonly number[])[];
  /** m where these agree exactly: they weigh by the frequency of the value instead of u. */
  readonly exact: { readonly first: number; readonly last: number; readonly email: number };
}

const modelOf = (learnt: Learnt, fixed: Fixed): Model => ({
  ...learnt,
  ...fixed,
  odds: KEY_FIELDS.map((field) =>
    learnt.m[field].map((value, level) => (level === ABSENT ? 1 : value / fixed.u[field][level]!)),
  ),
  exact: {
    first: learnt.m.first[EXACT]!,
    last: learnt.m.last[EXACT]!,
    email: learnt.m.email[EXACT]!,
  },
});

function comparePairs(input: LinkageInput): readonly Candidates[] {
  const { reports, versions, pairs, shares, rollSize } = input;
  const addressRarity = rarityOfAddresses(input);
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
        email: levels[EMAIL] === EXACT ? addressRarity[report]! : 0,
      },
      guard: isGuarded ? guardOf(levels, shown, row.keys) : 'passes',
    };
    const known = own.get(row.person);
    if (known === undefined) own.set(row.person, [compared]);
    else known.push(compared);
  }
  return candidates.map((own, report) => ({
    persons: [...own.values()],
    showsEmail: reports[report]!.email !== '',
    showsNoMore: KEY_FIELDS.every((field) => field === 'email' || reports[report]![field] === ''),
  }));
}

/**
 * 1 / chance that a row of another person has the address, by report. Random pairs cannot tell it:
 * two of a million share one, and a pair that is a match by luck weighs more than those. An address
 * that several people have is as frequent as it is on the roll. One that a single person has is met
 * as often as people share theirs with one other (Good 1953: a value seen once is as likely as
 * those seen twice say).
 */
function rarityOfAddresses({ reports, versions, pairs, emails }: LinkageInput): readonly number[] {
  const holders = reports.map(() => new Set<string>());
  for (const [report, version] of pairs) {
    const shown = reports[report]?.email ?? '';
    const row = versions[version];
    if (shown !== '' && row?.keys.email === shown) holders[report]!.add(row.person);
  }
  let alone = PRIOR_REPORTS;
  let shared = PRIOR_REPORTS * ADDRESS_SHARED_START;
  for (const { size } of holders) {
    alone += Number(size === 1);
    shared += Number(size === 2);
  }
  const once = Math.min(1, shared / alone);
  return holders.map(({ size }) => Math.max(1, emails) / (size > 1 ? size : once));
}

/** Homes that a list must show before their number says anything. */
const HOMES_MIN = 200;
/** Share of homes with two people of one surname below which a list has no relatives to confuse. */
const SHARED_MIN = 0.01;

/**
 * Whether these rolls hold relatives: two persons of one surname in the home that a report names.
 * Voters' lists do, one home in two; a customer list with one row a home does not. In doubt they
 * do.
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
  const email = levels[EMAIL]!;
  if (first > 1 || email === EXACT) return 'passes';
  return first === ABSENT || mayBeMisspelt(shown.first, row.first) ? 'cannot-say' : 'fails';
}

function ratio({ levels, rarity }: Compared, { odds, exact }: Model): number {
  let product = 1;
  for (let field = 0; field < levels.length; field++) {
    if (field === 0 && rarity.first > 0) product *= exact.first * rarity.first;
    else if (field === 1 && rarity.last > 0) product *= exact.last * rarity.last;
    else if (field === EMAIL && rarity.email > 0) product *= exact.email * rarity.email;
    else product *= odds[field]![levels[field]!]!;
  }
  return product;
}

interface Alternative {
  readonly compared: Compared;
  readonly probability: number;
}

/**
 * Share of the people on the roll whom blocking cannot reach by what a report shows, while they are
 * as likely as ever: next to none, unless that is an e-mail address and nothing more. An address
 * that some row has may come from the roll, and then all reports tell how many of such have a row.
 * One that no row has came from elsewhere: its owner is on file as often as anybody.
 */
function unreachedShare(
  { persons, showsEmail, showsNoMore }: Candidates,
  { onFile, coverage, exact }: Model,
): number {
  if (!showsNoMore) return 0;
  if (!showsEmail) return 1;
  return 1 - (persons.length > 0 ? onFile : coverage) * exact.email;
}

/** One alternative a person, by their best version; those the guard excludes have no place. */
function alternatives(
  own: Candidates,
  model: Model,
): { list: readonly Alternative[]; none: number; unreached: number } {
  const prior = model.matchRate / model.rollSize;
  const unreached = model.matchRate * unreachedShare(own, model);
  let sum = 1 - model.matchRate + unreached;
  const best: { readonly compared: Compared; readonly weight: number }[] = [];
  for (const person of own.persons) {
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
  return { list, none: (1 - model.matchRate) / sum, unreached: unreached / sum };
}

function learn(candidates: readonly Candidates[], model: Model): Learnt {
  const weights = Object.fromEntries(
    KEY_FIELDS.map((field) => [field, M_START[field].map((start) => start * PRIOR_REPORTS)]),
  ) as { [field in KeyField]: number[] };
  const byPlace = KEY_FIELDS.map((field) => weights[field]);
  let matched = 0;
  let emails = PRIOR_REPORTS;
  let filed = PRIOR_REPORTS * model.coverage;
  for (const own of candidates) {
    const { list, unreached } = alternatives(own, model);
    matched += unreached;
    for (const { compared, probability } of list) {
      matched += probability;
      // Whom nothing but the address reaches agrees in it: that says nothing of how often people
      // do.
      if (own.showsNoMore) continue;
      const { levels } = compared;
      if (own.showsEmail) {
        emails += probability;
        if (levels[EMAIL] !== ABSENT) filed += probability;
      }
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
  return {
    m: weights,
    matchRate: (matched + 0.8) / (candidates.length + 1),
    onFile: filed / emails,
  };
}

function decide(own: Candidates, shown: PersonKeys, model: Model): Link {
  const { list, none } = alternatives(own, model);
  const best = list.reduce<Alternative | null>(
    (high, next) => (next.probability > (high?.probability ?? -1) ? next : high),
    null,
  );
  if (best !== null && best.probability >= LINK_PROBABILITY && best.compared.guard === 'passes') {
    return { state: 'linked', probability: best.probability, version: best.compared.version };
  }
  if (none >= LINK_PROBABILITY && (isNamed(shown) || isTelling(own, model))) {
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

/** Whether nearly all people on the roll would be met by the e-mail address alone. */
const isTelling = (own: Candidates, model: Model): boolean =>
  own.showsNoMore && 1 - unreachedShare(own, model) >= LINK_PROBABILITY;

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
