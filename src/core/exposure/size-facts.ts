import { fail, isRecord, ok, parseRecord, type Result } from '../base/index.ts';
import type { CanaryGroup, WatchedGroup } from './experiments.ts';
import {
  canaryEstimate,
  captureRecapture,
  contiguousRange,
  providerEstimate,
  type RangeIds,
  type SizeEstimate,
  type SizeRefusal,
  surveyEstimate,
} from './size.ts';

/** What people found out beside the reports. Every part may be absent. */
export interface SizeFacts {
  /** Control mails to addresses like the canaries', and how many arrived. */
  readonly probes: { readonly sent: number; readonly arrived: number } | null;
  readonly provider: {
    readonly count: number;
    readonly shareLow: number;
    readonly shareHigh: number;
    /** What the provider counted, in its words; null where it does not say. */
    readonly scope: string | null;
  } | null;
  readonly survey: {
    readonly yes: number;
    readonly asked: number;
    readonly sensitivity: number;
    readonly specificity: number;
    readonly random: boolean;
  } | null;
  /** Record numbers that are known to be taken, as ranks among the numbers of their stratum. */
  readonly rangeIds: RangeIds | null;
  /** Canaries that were put into groups of the list by lot. */
  readonly canaryStrata: readonly CanaryGroup[];
  /** Groups that a dashboard watches. */
  readonly daily: readonly WatchedGroup[];
}

/** Where nobody found out anything beside the reports. */
export const NO_FACTS: SizeFacts = {
  probes: null,
  provider: null,
  survey: null,
  rangeIds: null,
  canaryStrata: [],
  daily: [],
};

/** A facts file that breaks a rule: the first one, in words. */
export interface FactsFailure {
  readonly code: 'facts-malformed';
  readonly rule: string;
}

type Fields = { readonly [key: string]: unknown };

/**
 * Reads
 * `{"probes":{...},"provider":{...},"survey":{...},"rangeIds":{...},"canaryStrata":[...],"daily":[...]}`.
 */
export function parseSizeFacts(text: string): Result<SizeFacts, FactsFailure> {
  const malformed = (rule: string): Result<never, FactsFailure> =>
    fail({ code: 'facts-malformed', rule });
  const parsed = parseRecord(text);
  if (!parsed.ok) return malformed(parsed.failure);
  const { value } = parsed;
  for (const [part, rules] of Object.entries(LISTS)) {
    const given = value[part] ?? [];
    if (!isList(given)) return malformed(`${part} is a list of at most ${LIST_MAX}`);
    const wrong = given.findIndex((row) => !isRecord(row) || brokenRule(row, rules) !== null);
    if (wrong !== -1)
      return malformed(`${part}: row ${wrong + 1} has ${Object.keys(rules).join(', ')}`);
  }
  for (const [part, rules] of Object.entries(RULES)) {
    const given = value[part];
    if (given === undefined || given === null) continue;
    if (!isRecord(given)) return malformed(`${part} is an object`);
    const broken = brokenRule(given, rules);
    if (broken !== null) return malformed(`${part}.${broken} is in its range`);
  }
  return ok({
    probes: (value['probes'] ?? null) as SizeFacts['probes'],
    provider: providerOf(value['provider']),
    survey: (value['survey'] ?? null) as SizeFacts['survey'],
    rangeIds: (value['rangeIds'] ?? null) as SizeFacts['rangeIds'],
    canaryStrata: (value['canaryStrata'] ?? []) as SizeFacts['canaryStrata'],
    daily: (value['daily'] ?? []) as SizeFacts['daily'],
  });
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 1e12;
const isShare = (value: unknown): value is number =>
  typeof value === 'number' && value > 0 && value <= 1;
const isAtMost = (value: unknown, bound: unknown): boolean =>
  isCount(value) && isCount(bound) && value <= bound;

/** Numbers, groups and looks that one file may hold; all counties of the country are 3,200. */
const LIST_MAX = 100_000;
/** Canaries of a group: the exact test adds up as many terms. */
const CANARIES_MAX = 100_000;

const isList = (value: unknown): value is readonly unknown[] =>
  Array.isArray(value) && value.length <= LIST_MAX;

interface Rules {
  readonly [field: string]: (value: unknown, all: Fields) => boolean;
}

const brokenRule = (given: Fields, rules: Rules): string | null =>
  Object.entries(rules).find(([name, holds]) => !holds(given[name], given))?.[0] ?? null;

const isLook = (value: unknown): boolean =>
  isRecord(value) && isAtMost(value['count'], value['total']);

const LISTS: { readonly [part: string]: Rules } = {
  canaryStrata: {
    cell: (value) => typeof value === 'string' && value !== '',
    planted: (value) => isAtMost(value, CANARIES_MAX),
    hits: (value, all) => isAtMost(value, all['planted']),
  },
  daily: {
    cell: (value) => typeof value === 'string' && value !== '',
    base: (value) => isShare(value) && value < 1,
    looks: (value) => isList(value) && value.every(isLook),
  },
};

const RULES: { readonly [part: string]: Rules } = {
  rangeIds: {
    ranks: (value) => isList(value) && value.every(isCount),
    stratumIds: (value) => value === undefined || (isCount(value) && value > 0),
    allocatedIds: (value, all) =>
      (value === undefined) === (all['stratumIds'] === undefined) &&
      (value === undefined || isAtMost(all['stratumIds'], value)),
  },
  probes: { sent: isCount, arrived: (value, all) => isAtMost(value, all['sent']) },
  provider: {
    count: isCount,
    shareLow: isShare,
    shareHigh: (value, all) => isShare(value) && Number(all['shareLow']) <= value,
    scope: (value) => value === undefined || value === null || typeof value === 'string',
  },
  survey: {
    asked: isCount,
    yes: (value, all) => isAtMost(value, all['asked']),
    sensitivity: isShare,
    specificity: (value, all) => isShare(value) && value + Number(all['sensitivity']) > 1,
    random: (value) => typeof value === 'boolean',
  },
};

function providerOf(value: unknown): SizeFacts['provider'] {
  if (!isRecord(value)) return null;
  const scope = typeof value['scope'] === 'string' && value['scope'] !== '' ? value['scope'] : null;
  return { ...(value as unknown as NonNullable<SizeFacts['provider']>), scope };
}

/** What the reports and registers add to the facts. */
export interface SizeSetting {
  readonly facts: SizeFacts;
  /** Canaries of the attributed copy; planted 0 where none are known. */
  readonly canaries: { readonly hits: number; readonly planted: number };
  /** Rows of the attributed release: all, and those that have an e-mail address. */
  readonly rows: { readonly all: number; readonly reached: number };
  /** Linked persons by the channel of their reports. */
  readonly channels: readonly ReadonlySet<string>[];
}

/** Estimates of different things, each under its own label: they are never added. */
export interface SizeAnswer {
  readonly estimates: readonly SizeEstimate[];
  readonly refusals: readonly { readonly question: string; readonly reason: string }[];
}

/** Every estimator that somebody gave facts for, each under its own label or with its refusal. */
export function sizeFromFacts({ facts, canaries, rows, channels }: SizeSetting): SizeAnswer {
  const estimates: SizeEstimate[] = [];
  const refusals: { question: string; reason: string }[] = [];
  const take = (question: string, found: Result<readonly SizeEstimate[], SizeRefusal>): void => {
    if (found.ok) estimates.push(...found.value);
    else refusals.push({ question, reason: found.failure.reason });
  };
  const { probes, provider, survey, rangeIds } = facts;
  if (canaries.planted > 0) {
    const sample = probes === null ? null : { successes: probes.arrived, trials: probes.sent };
    take(
      'mailed, by canaries',
      canaryEstimate({ ...canaries, probes: sample, rows: rows.reached }),
    );
  }
  if (provider !== null) {
    const share = { low: provider.shareLow, high: provider.shareHigh };
    const { count, scope } = provider;
    take(
      'mailed, by provider count',
      providerEstimate({ count, share, scopeStated: scope !== null }),
    );
  }
  if (survey !== null) take('mailed, by survey', surveyEstimate({ ...survey, rows: rows.all }));
  if (rangeIds !== null) take('taken, by contiguous range', contiguousRange(rangeIds));
  if (!estimates.some(({ label }) => label === 'mailed')) {
    refusals.push({
      question: 'mailed, at most',
      reason: 'no canary probes, provider count or random survey says it',
    });
  }
  const sorted = [...channels].sort((a, b) => b.size - a.size);
  const [first, second] = sorted;
  const overlap =
    first === undefined || second === undefined
      ? 0
      : [...first].filter((person) => second.has(person)).length;
  take(
    'people who would report',
    captureRecapture(
      sorted.map(({ size }) => ({ reporters: size })),
      overlap,
    ),
  );
  return { estimates, refusals };
}
