import { SIZE_UNKNOWN } from '../web-log/index.ts';
import { fitSizes, type SizeComponent, type SizeCount } from './size-mixture.ts';

/** What a response gave away: a record, nothing, or one cannot tell. */
export type Outcome = 'hit' | 'miss' | 'unclear';

export interface OutcomeModel {
  of(status: number, bytes: number): Outcome;
  /** What tells hits from misses: sizes, statuses alone, or nothing does. */
  readonly by: 'sizes' | 'statuses' | 'nothing';
  /** Misses are of one size to the byte: then a page's size depends on its record alone. */
  readonly steady: boolean;
}

export interface ResponseCounts {
  /** Responses with status 200 by size; those of ordinary visitors counted apart. */
  readonly sizes: readonly SizeCount[];
  /** Responses whose status says that there is no such record. */
  readonly notFound: number;
  /** Share of ordinary visitors' look-ups that are answered with a redirect. */
  readonly redirected: number;
}

/**
 * From this share on the page answers by sending visitors on, and what they got there is unknown.
 */
const REDIRECTED_MIN = 0.2;

/** RFC 9110 section 15.5: no such record, or the number is none. 204 has no content to give. */
const NOT_FOUND: ReadonlySet<number> = new Set([204, 400, 404, 410, 422]);

export const isNotFound = (status: number): boolean => NOT_FOUND.has(status);
/** Only these carry a record in their body. */
export const mayCarry = (status: number): boolean => status === 200 || status === 203;

/** Status misses that show that the page answers unknown numbers by status. */
const STATUS_MISSES_MIN = 5;

/**
 * Learns how the page answers. People mostly ask for themselves, so the sizes that ordinary
 * visitors get are hits; a narrow peak of smaller pages is the "not found" page.
 *
 * Errors are meant to stand below one in ten logs: a response counts as hit or miss only where the
 * other is less likely than 1 in 10 n. docs/methods/access-log.md
 */
export function learnOutcomes({ sizes, notFound, redirected }: ResponseCounts): OutcomeModel {
  const told = sizes.filter(({ size }) => size !== SIZE_UNKNOWN && size > 0);
  const total = told.reduce((sum, { count }) => sum + count, 0);
  const components = total < 20 ? [] : fitSizes(told);
  const calibrated = byKnown(components, told);
  const labels = calibrated ?? labelled(components, told);
  const by = notFound >= STATUS_MISSES_MIN ? 'statuses' : 'nothing';
  const bySize = calibrated !== null || labels.some(({ outcome }) => outcome === 'miss');
  const single = components.length <= 1 && calibrated === null;
  const doubtMax = 1 / (10 * Math.max(total, 1));
  const cache = new Map<number, Outcome>();
  const ofSize = (bytes: number): Outcome => {
    if (!bySize && by === 'nothing') return 'unclear';
    if (single) return 'hit';
    return judge(labels, bytes, doubtMax);
  };
  return {
    by: bySize ? 'sizes' : by,
    steady: labels.some(({ outcome, component }) => outcome === 'miss' && component.narrow),
    of(status, bytes) {
      if (!mayCarry(status)) return otherAnswer(status, redirected >= REDIRECTED_MIN);
      if (bytes === 0) return 'miss';
      if (bytes === SIZE_UNKNOWN) return 'unclear';
      let outcome = cache.get(bytes);
      if (outcome === undefined) {
        outcome = ofSize(bytes);
        if (cache.size < CACHED_MAX) cache.set(bytes, outcome);
      }
      return outcome;
    },
  };
}

const CACHED_MAX = 100_000;

function otherAnswer(status: number, byRedirect: boolean): Outcome {
  if (status === 0 || status === 304) return 'unclear';
  if (status < 300) return status === 204 ? 'miss' : 'unclear';
  return status < 400 && byRedirect ? 'unclear' : 'miss';
}

interface Labelled {
  readonly component: SizeComponent;
  readonly outcome: Outcome;
}

/** Ordinary look-ups that it takes to let visitors say which pages are hits. */
const ORDINARY_MIN = 50;

function labelled(
  components: readonly SizeComponent[],
  sizes: readonly SizeCount[],
): readonly Labelled[] {
  const ordinary = sizes.reduce((sum, size) => sum + size.ordinary, 0);
  const weight = ({ weight: all, ordinary: own }: SizeComponent): number =>
    ordinary >= ORDINARY_MIN ? own : all;
  const heavy = components.filter((component) => weight(component) >= 0.05);
  const main =
    ordinary >= ORDINARY_MIN
      ? heavy.reduce((a, b) => (weight(b) > weight(a) ? b : a), heavy[0] ?? components[0]!)
      : (heavy.at(-1) ?? components.at(-1));
  if (main === undefined) return components.map((component) => ({ component, outcome: 'hit' }));
  const variety = varietyOf(main, components, ordinary);
  return components.map((component) => ({
    component,
    outcome: variety.has(component) ? 'hit' : labelOf(component, main),
  }));
}

/**
 * Known numbers of each kind that must have been asked for before they say which pages are hits.
 */
const KNOWN_MIN = 5;
/**
 * A kind of page is a hit where records get it so many times as often as other numbers: p of .95.
 */
const KNOWN_ODDS = 19;

/**
 * What numbers say of which the office knows whether they are records; null where they are too few.
 */
function byKnown(
  components: readonly SizeComponent[],
  sizes: readonly SizeCount[],
): readonly Labelled[] | null {
  const ordinary = sizes.reduce((sum, size) => sum + size.ordinary, 0);
  const valid = components.reduce((sum, component) => sum + component.valid, 0);
  const invalid = components.reduce((sum, component) => sum + component.invalid, 0);
  if (valid < KNOWN_MIN || invalid < KNOWN_MIN) return null;
  const main = components.reduce((a, b) => (b.valid > a.valid ? b : a));
  const variety = varietyOf(main, components, ordinary);
  return components.map((component) => {
    const [records, others] = [component.valid / valid, component.invalid / invalid];
    if (component.valid + component.invalid < 1) {
      return { component, outcome: variety.has(component) ? 'hit' : labelOf(component, main) };
    }
    if (records >= others * KNOWN_ODDS) return { component, outcome: 'hit' };
    return { component, outcome: others >= records * KNOWN_ODDS ? 'miss' : 'unclear' };
  });
}

/** Two kinds of page that one bell would nearly hold. */
const touch = (a: SizeComponent, b: SizeComponent): boolean =>
  Math.abs(a.mean - b.mean) <= 2.5 * (a.deviation + b.deviation);

/** Kinds that ordinary visitors get as often as the main one are the main one's variety. */
function sameMixture(component: SizeComponent, main: SizeComponent): boolean {
  const ratio = component.ordinary / component.weight / (main.ordinary / main.weight);
  return ratio >= 0.6 && ratio <= 1.6;
}

/** Kinds that are nearly as wide and as dense as the main one: pieces of one wide kind. */
function samePlateau(component: SizeComponent, main: SizeComponent): boolean {
  const height = ({ weight, deviation }: SizeComponent): number => weight / deviation;
  const ratio = height(component) / height(main);
  return component.deviation >= main.deviation / 4 && ratio >= 0.5 && ratio <= 2;
}

/** The main kind and what is its variety: alike, and reached from it over kinds that overlap. */
function varietyOf(
  main: SizeComponent,
  components: readonly SizeComponent[],
  ordinary: number,
): ReadonlySet<SizeComponent> {
  const alike = ordinary >= ORDINARY_MIN ? sameMixture : samePlateau;
  const variety = new Set([main]);
  // A Set that grows while it is walked is walked to its new end.
  for (const reached of variety) {
    for (const each of components) {
      if (touch(each, reached) && alike(each, main)) variety.add(each);
    }
  }
  return variety;
}

function labelOf(component: SizeComponent, main: SizeComponent): Outcome {
  const narrow = component.deviation <= Math.max(8, main.deviation * 0.75);
  if (component.mean < main.mean) return narrow ? 'miss' : 'unclear';
  return narrow ? 'unclear' : 'hit';
}

/** Density of sizes that no component explains: error pages, challenges. Per byte. */
const STRANGE_DENSITY = 1e-10;

function judge(labels: readonly Labelled[], bytes: number, doubtMax: number): Outcome {
  let [hit, miss, unclear] = [0, 0, 0];
  for (const { component, outcome } of labels) {
    const z = (bytes - component.mean) / component.deviation;
    const density = (component.weight / component.deviation) * Math.exp(-0.5 * z * z) * 0.3989;
    if (outcome === 'hit') hit += density;
    else if (outcome === 'miss') miss += density;
    else unclear += density;
  }
  const all = hit + miss + unclear;
  if (all < STRANGE_DENSITY) return 'unclear';
  if (all - hit <= all * doubtMax) return 'hit';
  return all - miss <= all * doubtMax ? 'miss' : 'unclear';
}
