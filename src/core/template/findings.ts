import { partColumns } from './columns.ts';
import { type Field, fieldsOf } from './fields.ts';
import { type Reading, valueText, valueTokens, wordsAfter, wordsBefore } from './reading.ts';
import type { Filling, Region } from './regions.ts';
import { PERSONAL_TYPES, type SlotType, type Typer } from './slot-type.ts';

/** What a region is, its values sorted out. */
export type Finding =
  | { readonly kind: 'noise' }
  | { readonly kind: 'undetermined' }
  | { readonly kind: 'alternatives'; readonly options: readonly string[] }
  | { readonly kind: 'slots'; readonly slots: readonly FoundSlot[] }
  /** Columns side by side that no fixed word parts. */
  | { readonly kind: 'columns'; readonly columns: readonly Finding[] };

export interface FoundSlot {
  readonly type: SlotType;
  readonly conforming: number;
  /** See TypeJudgement. */
  readonly probable?: true;
  readonly fillings: readonly Filling[];
  readonly distinct: number;
}

const TYPED_NOISE_SHARE = 0.25;
const VARYING_NOISE_SHARE = 0.05;
/** Values that cover what a sender chooses from. */
const COVERING = 12;
const COVER_MIN = 0.9;
const COVER_DISTINCT_MAX = 0.35;
const SATURATION_LOW = 0.03;
const SATURATION_MANY = 60;
const CHOICES_MAX = 80;
const SATURATION_SOME = 0.12;
const COVER_SOME = 0.7;
const SATURATION_NOISE = 0.5;
const TELLING_MIN = 20;
/** A value of no known kind that is longer is a passage, not a column of a list. */
const COLUMN_TOKENS_MAX = 5;
/** A word said so often is one of a few; such words make up so much of what is said. */
const REPEATED_MIN = 3;
const REPEATED_SHARE = 0.9;
const COLUMNS_DEPTH_MAX = 6;

/** What a region is: the first rule that holds. */
export function decide(reading: Reading, region: Region, typer: Typer, depth = 0): Finding {
  const n = region.fillings.length;
  const varying = region.varies && n > VARYING_NOISE_SHARE * region.read;
  if (n < TYPED_NOISE_SHARE * region.read && !varying) return { kind: 'noise' };
  const texts = region.fillings.map((filling) => valueText(reading, filling));
  const typed = typedSlots(reading, region, { typer, texts });
  if (typed !== null) return { kind: 'slots', slots: typed };
  const columns = depth < COLUMNS_DEPTH_MAX ? partColumns(reading, region) : null;
  if (columns !== null) {
    return {
      kind: 'columns',
      columns: columns.map((column) => decide(reading, column, typer, depth + 1)),
    };
  }
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const common = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const saturation = common.filter(([, count]) => count === 1).length / n;
  const cover = common.slice(0, COVERING).reduce((sum, [, count]) => sum + count, 0) / n;
  const distinct = common.length;
  const chosen =
    (cover >= COVER_MIN && distinct < COVER_DISTINCT_MAX * n) ||
    (saturation < SATURATION_LOW && n >= SATURATION_MANY && distinct <= CHOICES_MAX) ||
    (saturation < SATURATION_SOME && cover > COVER_SOME) ||
    isFromFewWords(reading, region);
  if (chosen) return { kind: 'alternatives', options: optionsOf(common, region) };
  if (n < 0.5 * region.read && saturation > SATURATION_NOISE) return { kind: 'noise' };
  if (n < TELLING_MIN || medianLength(region) > COLUMN_TOKENS_MAX) return { kind: 'undetermined' };
  const { fillings } = region;
  return {
    kind: 'slots',
    slots: [{ type: 'text', conforming: 1, fillings, distinct }],
  };
}

/**
 * Whether values of several words are put together from few: neighbouring choices, each phrase said
 * again and again in new company. A column of a list brings words of its own.
 */
function isFromFewWords(reading: Reading, region: Region): boolean {
  if (medianLength(region) < 2) return false;
  const counts = new Map<string, number>();
  let all = 0;
  for (const filling of region.fillings) {
    for (const word of valueTokens(reading, filling)) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
      all++;
    }
  }
  let repeated = 0;
  for (const count of counts.values()) if (count >= REPEATED_MIN) repeated += count;
  return repeated >= REPEATED_SHARE * all;
}

function medianLength({ fillings }: Region): number {
  const lengths = fillings.map(({ from, to }) => to - from).sort((a, b) => a - b);
  return lengths[lengths.length >> 1] ?? 0;
}

/**
 * Choices said at least twice, commonest first; the empty one where the passage is often left out.
 */
function optionsOf(
  common: readonly (readonly [string, number])[],
  region: Region,
): readonly string[] {
  const options = common
    .filter(([, count]) => count > 1)
    .slice(0, COVERING)
    .map(([text]) => text);
  const empty = region.read - region.fillings.length;
  return empty > VARYING_NOISE_SHARE * region.read ? [...options, ''] : options;
}

interface Typing {
  readonly typer: Typer;
  readonly texts: readonly string[];
}

/** The region as slots of known types; null where no type holds. */
function typedSlots(
  reading: Reading,
  region: Region,
  { typer, texts }: Typing,
): readonly FoundSlot[] | null {
  const before = wordsBefore(reading, region.left);
  const after = wordsAfter(reading, region.right);
  const whole = typer.judge({ values: texts, before, after });
  const split = whole.type === 'street-address' ? null : splitFillings(reading, region);
  if (split === null) {
    if (whole.type === 'text') return null;
    const distinct = new Set(texts).size;
    // A few addresses again and again are the sender's own, not his readers'.
    const repeats = distinct < COVER_DISTINCT_MAX * texts.length && distinct <= COVERING;
    if (repeats && PERSONAL_TYPES.has(whole.type)) return null;
    return [{ ...whole, fillings: region.fillings, distinct }];
  }
  const types: SlotType[] = [];
  const columns = split.map(({ field, fillings }, column) => {
    const values = fillings.map((filling) => valueText(reading, filling));
    const near = column === 0 ? before : [...before, `⟦${types[column - 1]}⟧`];
    const judged = typer.judge({
      values,
      before: near,
      after: column === split.length - 1 ? after : [],
    });
    types.push(isOpen(judged.type, field.type) ? field.type : judged.type);
    return { field, ...judged, fillings, distinct: new Set(values).size };
  });
  const agrees = columns.some(({ field, type }) => type === field.type);
  if (!agrees)
    return whole.type === 'text'
      ? null
      : [{ ...whole, fillings: region.fillings, distinct: new Set(texts).size }];
  // One column that the lexicons know vouches for its neighbours in the same grammar.
  return columns.map(({ field, type, ...rest }) => ({
    ...rest,
    type: isOpen(type, field.type) ? field.type : type,
  }));
}

/**
 * Whether the grammar may name a column: it tells a town from a name, but not a town from a state.
 */
const isOpen = (type: SlotType, field: SlotType): boolean =>
  type === 'text' || type === 'number' || (type === 'city' && field !== 'state');

const SPLIT_MIN = 0.9;

function splitFillings(
  reading: Reading,
  region: Region,
): readonly { readonly field: Field; readonly fillings: readonly Filling[] }[] | null {
  const layouts = new Map<string, { readonly fields: readonly Field[]; fillings: Filling[][] }>();
  const parsed = region.fillings.map((filling) => {
    const words = valueTokens(reading, filling);
    return { filling, words, fields: fieldsOf(words) };
  });
  for (const { filling, words, fields } of parsed) {
    if (fields === null) continue;
    const key = fields.map(({ type }) => type).join(' ');
    const layout = layouts.get(key) ?? { fields, fillings: fields.map(() => []) };
    layouts.set(key, layout);
    let from = filling.from;
    fields.forEach(({ tokens }, column) => {
      const ends = from + tokens;
      // A comma parts the fields; it belongs to neither.
      const comma = words[ends - 1 - filling.from] === ',';
      layout.fillings[column]?.push({ member: filling.member, from, to: comma ? ends - 1 : ends });
      from = ends;
    });
  }
  const best = [...layouts.values()].sort(
    (a, b) => (b.fillings[0]?.length ?? 0) - (a.fillings[0]?.length ?? 0),
  )[0];
  if (best === undefined || (best.fillings[0]?.length ?? 0) < SPLIT_MIN * region.fillings.length) {
    return null;
  }
  return best.fields.map((field, column) => ({ field, fillings: best.fillings[column] ?? [] }));
}
