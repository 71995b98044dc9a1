import { spreadSample } from '../base/index.ts';
import { guardedRanges } from './guarded.ts';
import { keptLines } from './lines.ts';
import { foldedText, readWords } from './words.ts';

/**
 * A stretch of a campaign's commonest wording; `withheld` stands for words not shared by enough
 * members.
 */
export type WordingSpan = { readonly shared: string } | { readonly withheld: number };

/** How much of a text may be shown. */
export interface WordingOptions {
  /** Shows the typical member's text whole. */
  readonly includePersonal: boolean;
  /**
   * Who received each text, in the order of the texts; null where unknown. With it, one text sent
   * to many people counts as many; without, equal texts count once.
   */
  readonly recipients?: readonly (string | null)[];
  /**
   * Names and address parts known to be personal (from the To lines): never shown with a capital.
   */
  readonly personal?: readonly string[];
}

/** A subject that so many messages share, its personal parts left out. */
export interface SubjectSkeleton {
  readonly spans: readonly WordingSpan[];
  readonly messages: number;
}

/**
 * The wording that the members of a campaign share, shown on the text of the most typical member.
 *
 * A word is shown only where it stands in a run of three words that at least 85 % of the texts of
 * the same variant hold, and at least max(3, 20 %) of all; so a value that differs between
 * recipients stays out, also where a household or a town shares it. Under twenty texts, where one
 * family could be the whole campaign, names, numbers and what follows a greeting stay out too.
 */
export function commonestWording(
  texts: readonly string[],
  options: WordingOptions,
): readonly WordingSpan[] {
  const units = readUnits(texts, options);
  const typical = medoid(units);
  if (typical === undefined) return [];
  if (options.includePersonal) return whole(typical);
  const variant = units.filter((unit) => overlap(typical.grams, unit.grams) >= VARIANT_OVERLAP);
  return spansOf(typical, shownWords(typical, { variant, all: units.length, options }));
}

/** The subjects of a campaign by wording, commonest first, under the same rules as its text. */
export function subjectSkeletons(
  subjects: readonly string[],
  options: WordingOptions,
): readonly SubjectSkeleton[] {
  const units = readUnits(subjects, options);
  const left = new Set(units);
  const skeletons: { readonly leader: Unit; readonly spans: readonly WordingSpan[] }[] = [];
  for (const leader of [...units].sort((a, b) => b.weight - a.weight)) {
    if (!left.has(leader)) continue;
    const group = [...left].filter((unit) => overlap(leader.vocabulary, unit.vocabulary) >= 0.5);
    for (const unit of [leader, ...group]) left.delete(unit);
    const variant = group.includes(leader) ? group : [leader];
    const spans = options.includePersonal
      ? whole(leader)
      : spansOf(leader, shownWords(leader, { variant, all: variant.length, options }));
    skeletons.push({ leader, spans });
  }
  const counts = countBySkeleton(
    subjects,
    skeletons.map(({ leader }) => leader),
  );
  return skeletons
    .map(({ spans }, at) => ({ spans, messages: counts[at] ?? 0 }))
    .sort((a, b) => b.messages - a.messages)
    .slice(0, SKELETONS_MAX);
}

/** How many of all subjects, sampled or not, fall to each skeleton: the first that they overlap. */
function countBySkeleton(subjects: readonly string[], leaders: readonly Unit[]): readonly number[] {
  const counts = leaders.map(() => 0);
  const places = new Map<string, number>();
  for (const subject of subjects) {
    let place = places.get(subject);
    if (place === undefined) {
      const { vocabulary } = readUnit({ text: subject.slice(0, UNITS_MAX), weight: 1 });
      place = leaders.findIndex((leader) => overlap(leader.vocabulary, vocabulary) >= 0.5);
      places.set(subject, place);
    }
    if (place >= 0) counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts;
}

/**
 * A stretch of shared wording less what could be one household's own: capitalised words that the
 * text does not also write small, numbers and what follows them, what follows a greeting.
 */
export function withoutHousehold(
  text: string,
  personal: readonly string[] = [],
): readonly WordingSpan[] {
  const unit = readUnit({ text, weight: 1 });
  const known = new Set(personal.flatMap(keysOf));
  const risky = riskyWords(unit, [unit]);
  return spansOf(
    unit,
    unit.words.map((word, at) => risky[at] !== true && !word.guarded && !known.has(word.key)),
  );
}

/** Texts that are compared, spread; units of each that are read; subjects that are listed. */
const TEXTS_MAX = 300;
const UNITS_MAX = 20_000;
const SKELETONS_MAX = 10;
/** Shared runs of words that make two texts the same variant. */
const VARIANT_OVERLAP = 0.5;
const VARIANT_SUPPORT = 0.85;
const ALL_SUPPORT = 0.2;
const SUPPORT_MIN = 3;
/** Fewer texts than this could all have gone to one household. */
export const HOUSEHOLD_BELOW = 20;

interface Word {
  /** Folded, lower case. */
  readonly key: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly guarded: boolean;
  readonly digit: boolean;
}

interface Unit {
  readonly text: string;
  readonly words: readonly Word[];
  readonly grams: ReadonlySet<string>;
  readonly vocabulary: ReadonlySet<string>;
  /** Messages that it stands for. */
  readonly weight: number;
}

/** One unit a recipient, or a distinct text where no recipient is known. */
function readUnits(texts: readonly string[], options: WordingOptions): readonly Unit[] {
  const voices = new Map<string, { readonly text: string; weight: number }>();
  texts.forEach((text, index) => {
    const recipient = options.recipients?.[index];
    const voice = recipient == null ? `text ${text}` : `to ${recipient.toLowerCase()}`;
    const known = voices.get(voice);
    if (known === undefined) voices.set(voice, { text: text.slice(0, UNITS_MAX), weight: 1 });
    else known.weight++;
  });
  return spreadSample([...voices.values()], TEXTS_MAX).map(readUnit);
}

function readUnit({ text, weight }: { readonly text: string; readonly weight: number }): Unit {
  const words = wordsOf(text);
  const keys = ['', ...words.map((word) => word.key), ''];
  const grams = new Set<string>();
  for (let i = 0; i + 2 < keys.length; i++) grams.add(gramAt(keys, i));
  return { text, words, grams, vocabulary: new Set(words.map((word) => word.key)), weight };
}

const gramAt = (keys: readonly string[], at: number): string =>
  `${keys[at]} ${keys[at + 1]} ${keys[at + 2]}`;

function wordsOf(text: string): readonly Word[] {
  const found = readWords(text);
  const lines = keptLines(text);
  const words: Word[] = [];
  let line = 0;
  let ranges = guardsOf(text, lines, 0);
  for (let i = 0; i < found.count; i++) {
    const start = found.start[i] ?? 0;
    const end = found.end[i] ?? 0;
    if (words.at(-1)?.start === start) continue;
    while (start >= (lines[line + 1] ?? Number.POSITIVE_INFINITY)) {
      line += 2;
      ranges = guardsOf(text, lines, line);
    }
    words.push({
      key: foldedText(text, start, end).toLowerCase(),
      start,
      end,
      line,
      guarded: isInside(ranges, start, end),
      digit: found.digit[i] === 1,
    });
  }
  return words;
}

const guardsOf = (text: string, lines: readonly number[], line: number): readonly number[] => {
  const start = lines[line] ?? 0;
  return guardedRanges(text.slice(start, lines[line + 1] ?? 0), start);
};

function isInside(ranges: readonly number[], start: number, end: number): boolean {
  for (let i = 0; i < ranges.length; i += 2) {
    if (start < (ranges[i + 1] ?? 0) && end > (ranges[i] ?? 0)) return true;
  }
  return false;
}

/** The text that holds most of what is common and least of what is rare. */
function medoid(units: readonly Unit[]): Unit | undefined {
  const holders = countHolders(units);
  let best: Unit | undefined;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const unit of units) {
    let score = 0;
    for (const gram of unit.grams) {
      const held = holders.get(gram) ?? 0;
      score += held <= 0.1 * units.length ? -0.15 * units.length : held;
    }
    if (score > bestScore) [best, bestScore] = [unit, score];
  }
  return best;
}

function countHolders(units: readonly Unit[]): ReadonlyMap<string, number> {
  const holders = new Map<string, number>();
  for (const { grams } of units) {
    for (const gram of grams) holders.set(gram, (holders.get(gram) ?? 0) + 1);
  }
  return holders;
}

/** Shared items over the smaller set. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const item of a) if (b.has(item)) shared++;
  return shared / Math.max(1, Math.min(a.size, b.size));
}

interface Reference {
  readonly variant: readonly Unit[];
  readonly all: number;
  readonly options: WordingOptions;
}

function shownWords(unit: Unit, { variant, all, options }: Reference): readonly boolean[] {
  const holders = countHolders(variant);
  const needed = Math.max(SUPPORT_MIN, VARIANT_SUPPORT * variant.length, ALL_SUPPORT * all);
  const keys = ['', ...unit.words.map((word) => word.key), ''];
  const support = unit.words.map(() => 0);
  for (let i = 0; i + 2 < keys.length; i++) {
    const held = holders.get(gramAt(keys, i)) ?? 0;
    for (const at of [i - 1, i, i + 1]) support[at] = Math.max(support[at] ?? 0, held);
  }
  const careful = variant.length < HOUSEHOLD_BELOW;
  const risky = careful ? riskyWords(unit, variant) : unit.words.map(() => false);
  const personal = new Set((options.personal ?? []).flatMap((name) => keysOf(name)));
  return unit.words.map((word, at) => {
    const held = support[at] ?? 0;
    if (held < needed || risky[at] === true) return false;
    if (word.guarded && (careful || held < variant.length)) return false;
    return !(personal.has(word.key) && (careful || isCapital(unit.text, word)));
  });
}

const keysOf = (text: string): readonly string[] => wordsOf(text).map((word) => word.key);

const isCapital = (text: string, word: Word): boolean =>
  /^\P{L}*[\p{Lu}\p{Lt}]/u.test(text.slice(word.start, word.end));

const SALUTATIONS = new Set(
  (
    'dear hello hi hey greetings mr mrs ms miss dr sir madam attention attn estimado estimada hola ' +
    'querido querida señor señora bonjour cher chère monsieur madame lieber liebe herr frau hallo ' +
    'caro cara signor signora ciao prezado prezada'
  ).split(' '),
);
const AFTER_SALUTATION = 5;
const AFTER_NUMBER = 4;
/** Openers of a sentence that are no names. */
const OPENERS = new Set(
  (
    'a all an and any are as at be but by can do for from have he here how if in is it its no not now ' +
    'of on or our she so that the their then there these they this those to us was we what when ' +
    'where which who why will with you your please vote click do el la los las su usted le les votre vous'
  ).split(' '),
);

/**
 * Words that could be one household's own: capitalised ones that nobody writes small, numbers and
 * what follows them (streets), what follows a greeting.
 */
function riskyWords(unit: Unit, variant: readonly Unit[]): readonly boolean[] {
  const small = new Set(OPENERS);
  for (const { text, words } of variant) {
    for (const word of words) if (!word.guarded && !isCapital(text, word)) small.add(word.key);
  }
  let until = -1;
  let line = -1;
  return unit.words.map((word, at) => {
    const before = unit.words[at - 1];
    if (word.line !== line || greetingEnds(gapBetween(unit.text, before, word))) until = -1;
    line = word.line;
    if (SALUTATIONS.has(word.key)) {
      until = at + AFTER_SALUTATION;
      return false;
    }
    if (word.digit) until = Math.max(until, at + AFTER_NUMBER);
    const name = isCapital(unit.text, word) && !small.has(word.key);
    return word.digit || at <= until || name;
  });
}

const greetingEnds = (gap: string): boolean => /[,:!;]/.test(gap);

function spansOf(unit: Unit, shown: readonly boolean[]): readonly WordingSpan[] {
  const spans: WordingSpan[] = [];
  let shared = '';
  let withheld = 0;
  unit.words.forEach((word, at) => {
    const before = unit.words[at - 1];
    const gap = gapBetween(unit.text, before, word);
    if (shown[at] === true) {
      if (withheld > 0) spans.push({ withheld });
      withheld = 0;
      shared += gap + unit.text.slice(word.start, word.end);
    } else {
      if (shared !== '') spans.push({ shared: shared + gap });
      shared = '';
      withheld++;
    }
  });
  if (withheld > 0) spans.push({ withheld });
  if (shared !== '') spans.push({ shared: shared + closing(unit.text, unit.words.at(-1)) });
  return spans;
}

/** What stands between two words; lines that were left out stay out. */
function gapBetween(text: string, before: Word | undefined, word: Word): string {
  if (before === undefined) return '';
  return before.line === word.line ? text.slice(before.end, word.start) : '\n';
}

/** The punctuation that ends the text. */
const closing = (text: string, last: Word | undefined): string =>
  last === undefined ? '' : (/^[.!?)"'…»]{0,4}/.exec(text.slice(last.end))?.[0] ?? '');

function whole(unit: Unit): readonly WordingSpan[] {
  return spansOf(
    unit,
    unit.words.map(() => true),
  );
}
