import { HOUSEHOLD_BELOW, type WordingSpan, withoutHousehold } from '../campaign/index.ts';
import type { SlotType, Typer } from './slot-type.ts';
import type { Slot, Template, TemplatePart } from './template.ts';

/** A stretch of a template as a report may show it. */
export type TemplateSpan =
  | WordingSpan
  | { readonly slot: number; readonly type: SlotType }
  | { readonly alternatives: readonly string[] }
  | { readonly undetermined: true };

/**
 * What is said of a slot without its values. `distinct` counts persons for personal types: shown
 * coarsely when small.
 */
export type SlotSummary = Pick<Slot, 'index' | 'type' | 'distinct' | 'conforming' | 'probable'>;

/** One wording as a report may show it. */
export interface TemplateSummary {
  /** Different texts that it was read from. */
  readonly texts: number;
  readonly spans: readonly TemplateSpan[];
  readonly slots: readonly SlotSummary[];
}

/** How much of a template may be shown. */
export interface PublicTemplateOptions {
  /** Different texts (or recipients) that the template was read from. */
  readonly texts: number;
  readonly includePersonal: boolean;
  /** Names and address parts known to be personal. */
  readonly personal?: readonly string[];
  readonly typer: Typer;
}

/** Of a choice's options, so many names make it a column of names in disguise. */
const NAMES_MAX = 0.3;

/**
 * The template without its readers' data: slots by their type only; alternatives only where they
 * are words of the sender, written small, no numbers, no names; and under twenty texts, where one
 * household could be the whole campaign, the wording itself less what could be theirs.
 */
export function publicTemplate(
  template: Template,
  options: PublicTemplateOptions,
): readonly TemplateSpan[] {
  return template.parts.flatMap((part) => spansOf(part, template, options));
}

/** The template and its slots, less its readers' data; `texts` is how many it was read from. */
export const summariseTemplate = (
  template: Template,
  texts: number,
  options: PublicTemplateOptions,
): TemplateSummary => ({
  texts,
  spans: publicTemplate(template, options),
  slots: template.slots.map(({ index, type, distinct, conforming, probable }) => ({
    index,
    type,
    distinct,
    conforming,
    ...(probable === true ? { probable } : {}),
  })),
});

function spansOf(
  part: TemplatePart,
  { slots }: Template,
  options: PublicTemplateOptions,
): readonly TemplateSpan[] {
  switch (part.kind) {
    case 'fixed':
      return shownWording(part.text, options);
    case 'slot':
      return [{ slot: part.slot, type: slots[part.slot - 1]?.type ?? 'text' }];
    case 'alternatives':
      return isShown(part.options, options)
        ? [{ alternatives: part.options }]
        : [{ undetermined: true }];
    case 'undetermined':
      return [{ undetermined: true }];
  }
}

function shownWording(
  text: string,
  { includePersonal, texts, personal }: PublicTemplateOptions,
): readonly WordingSpan[] {
  if (includePersonal || (texts >= HOUSEHOLD_BELOW && !mentions(text, personal ?? []))) {
    return [{ shared: text }];
  }
  // Where nothing but signs remains there is nothing to withhold.
  return /[\p{L}\p{N}]/u.test(text) ? withoutHousehold(text, personal) : [{ shared: text }];
}

function isShown(
  options: readonly string[],
  { includePersonal, texts, typer }: PublicTemplateOptions,
): boolean {
  if (includePersonal) return true;
  if (texts < HOUSEHOLD_BELOW || options.some((option) => /[\p{Lu}\p{Lt}\p{Nd}@]/u.test(option))) {
    return false;
  }
  const words = options.flatMap((option) => option.split(' ')).filter((word) => word !== '');
  const names = words.filter((word) => typer.isGiven(word) || typer.isFamily(word));
  return names.length <= NAMES_MAX * words.length;
}

const mentions = (text: string, personal: readonly string[]): boolean => {
  const words = new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
  return personal.some((name) =>
    (name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).some((word) => words.has(word)),
  );
};
