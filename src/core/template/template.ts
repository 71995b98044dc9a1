import { spreadSample } from '../base/index.ts';
import { createAligner } from './align.ts';
import { findConsensus } from './consensus.ts';
import { decide, type Finding } from './findings.ts';
import { gapBefore, gapBehind, type Reading } from './reading.ts';
import { type Filling, fixedPlaces, regionsBetween } from './regions.ts';
import { createTyper, type SlotType, type Typer } from './slot-type.ts';
import { CLOSE, createVocabulary, OPEN, tokenise } from './tokens.ts';

/** One piece of a template, in the order of its consensus. */
export type TemplatePart =
  | { readonly kind: 'fixed'; readonly text: string }
  | { readonly kind: 'slot'; readonly slot: number }
  /**
   * The sender's own choices, commonest first; an empty one means that the passage may be left out.
   */
  | { readonly kind: 'alternatives'; readonly options: readonly string[] }
  /** Too few members to tell a column from a choice. */
  | { readonly kind: 'undetermined' };

/** A place that the sender filled in for each recipient. */
export interface Slot {
  /** From 1, in template order. */
  readonly index: number;
  readonly type: SlotType;
  /** Different values met. */
  readonly distinct: number;
  readonly filled: number;
  /** Share of the values that have the type's form, 0 to 1. */
  readonly conforming: number;
  /** Only what stands beside the slot speaks for its type; the form allows another. */
  readonly probable?: true;
}

/** A value where it stands in a member's text: UTF-16 units, half open. */
export interface SlotValue {
  readonly slot: number;
  readonly start: number;
  readonly end: number;
}

/**
 * What texts of one campaign share, and what each fills in. Personal: values are voters' own data.
 */
export interface Template {
  /** Fixed wording, `⟦n:type⟧` for a slot, `[a|b]` for alternatives, `⟦?⟧` where undetermined. */
  readonly text: string;
  readonly parts: readonly TemplatePart[];
  readonly slots: readonly Slot[];
  /** Per text, in the order given. */
  readonly values: readonly (readonly SlotValue[])[];
}

/** Texts from which the consensus is made, spread. */
const SAMPLE_MAX = 300;

/**
 * The wording that the texts of one cluster fill in: fixed words, slots with a type, alternatives.
 * Equal texts should be given once; whoever reads many templates makes one typer for all. Method:
 * docs/methods/campaigns.md.
 */
export function induceTemplate(texts: readonly string[], typer: Typer = createTyper()): Template {
  const [only] = texts;
  if (texts.length !== 1 || only === undefined) return induce(texts, typer);
  // One text said twice is its own template.
  const { values, ...template } = induce([only, only], typer);
  return { ...template, values: values.slice(0, 1) };
}

function induce(texts: readonly string[], typer: Typer): Template {
  const vocabulary = createVocabulary();
  const sample = spreadSample(texts, SAMPLE_MAX).map((text) => tokenise(text, vocabulary, true));
  const consensus = findConsensus(sample);
  const isWhole = sample.length === texts.length;
  const members = isWhole ? sample : texts.map((text) => tokenise(text, vocabulary, false));
  const alignments = members.map(createAligner(consensus));
  const filled = new Map<number, SlotType>();
  const reading: Reading = { vocabulary, consensus, members, alignments, filled };
  const fixed = fixedPlaces(consensus, reading);
  return written(reading, typer, fixed);
}

/** A template in the making. Mutable by nature. */
interface Draft {
  readonly parts: TemplatePart[];
  readonly slots: Slot[];
  readonly values: readonly SlotValue[][];
  text: string;
}

function written(reading: Reading, typer: Typer, fixed: readonly number[]): Template {
  const regions = regionsBetween(reading.consensus, fixed, reading);
  const behind = new Map(regions.map((region) => [region.left, region]));
  const draft: Draft = { parts: [], slots: [], values: reading.members.map(() => []), text: '' };
  fixed.forEach((place, order) => {
    const id = reading.consensus.id[place] ?? 0;
    if (id === OPEN && draft.text !== '') say(draft, { kind: 'fixed', text: '\n\n' }, '\n\n');
    if (id !== OPEN && id !== CLOSE) {
      const atStart = draft.text === '' || draft.text.endsWith('\n\n');
      const before = behind.get(fixed[order - 1] ?? -1);
      const gap = atStart ? '' : gapBefore(reading, place, before);
      const text = gap + (reading.vocabulary.words[id] ?? '');
      say(draft, { kind: 'fixed', text }, text);
    }
    const region = behind.get(place);
    if (region === undefined) return;
    const gap = id === OPEN ? '' : gapBehind(reading, region);
    writeFinding(draft, reading, { finding: decide(reading, region, typer), gap });
    const type = draft.slots.at(-1)?.type;
    if (draft.text.endsWith('⟧') && (type === 'city' || type === 'state')) {
      reading.filled.set(region.right - 1, type);
    }
  });
  return { text: draft.text, parts: joined(draft.parts), slots: draft.slots, values: draft.values };
}

function say(draft: Draft, part: TemplatePart, shown: string): void {
  draft.text += shown;
  draft.parts.push(part);
}

function sayGap(draft: Draft, gap: string): void {
  if (gap !== '') say(draft, { kind: 'fixed', text: gap }, gap);
}

function writeFinding(
  draft: Draft,
  reading: Reading,
  { finding, gap }: { readonly finding: Finding; readonly gap: string },
): void {
  switch (finding.kind) {
    case 'noise':
      return;
    case 'undetermined':
      sayGap(draft, gap);
      say(draft, finding, '⟦?⟧');
      return;
    case 'alternatives':
      sayGap(draft, gap);
      say(draft, finding, `[${finding.options.join('|')}]`);
      return;
    case 'columns':
      finding.columns.forEach((column, at) => {
        writeFinding(draft, reading, { finding: column, gap: at === 0 ? gap : ' ' });
      });
      return;
    case 'slots':
      finding.slots.forEach(({ type, distinct, conforming, probable, fillings }, column) => {
        const index = draft.slots.length + 1;
        const doubt = probable === true ? { probable } : {};
        draft.slots.push({ index, type, distinct, filled: fillings.length, conforming, ...doubt });
        sayGap(draft, column === 0 ? gap : ' ');
        say(draft, { kind: 'slot', slot: index }, `⟦${index}:${type}⟧`);
        for (const filling of fillings) note(reading, draft.values, { filling, index });
      });
  }
}

function note(
  { members }: Reading,
  values: readonly SlotValue[][],
  { filling, index }: { readonly filling: Filling; readonly index: number },
): void {
  const tokens = members[filling.member];
  const start = tokens?.start[filling.from] ?? 0;
  const end = tokens?.end[filling.to - 1] ?? start;
  values[filling.member]?.push({ slot: index, start, end });
}

/** Neighbouring fixed pieces as one. */
function joined(parts: readonly TemplatePart[]): readonly TemplatePart[] {
  const merged: TemplatePart[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (part.kind === 'fixed' && last?.kind === 'fixed') {
      merged[merged.length - 1] = { kind: 'fixed', text: last.text + part.text };
    } else merged.push(part);
  }
  return merged;
}
