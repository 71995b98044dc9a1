import type { Typer } from './slot-type.ts';
import { induceTemplate, type Template } from './template.ts';

/** One wording of a campaign: the texts that follow it, by their place, and its template. */
export interface Variant {
  readonly members: readonly number[];
  readonly template: Template;
}

/** Wordings of one campaign; a mail merge has a handful. */
const VARIANTS_MAX = 6;
/** A passage that so many texts say word for word, in a gap where the others all differ. */
const SHARE_MIN = 0.12;
const TEXTS_MIN = 5;
const DIFFER_MIN = 0.5;

/**
 * The wordings of one campaign, most texts first.
 *
 * Where a gap holds one passage again and again and, in the other texts, a value of its own each
 * time, two wordings stand on top of each other: one fills a column in, the other says something
 * fixed there. The texts are parted by that passage and each part is read by itself.
 */
export function induceVariants(texts: readonly string[], typer: Typer): readonly Variant[] {
  const done: Variant[] = [];
  const open: (readonly number[])[] = [texts.map((_, at) => at)];
  while (open.length > 0) {
    const members = open.pop() ?? [];
    const template = induceTemplate(
      members.map((at) => texts[at] ?? ''),
      typer,
    );
    const room = VARIANTS_MAX - done.length - open.length - 1;
    const part = room > 0 ? parted(texts, members, template) : null;
    if (part === null) done.push({ members, template });
    else open.push(...part);
  }
  return done.sort((a, b) => b.members.length - a.members.length);
}

/**
 * The members that share a fixed passage where the rest differ, and the rest; null where none does.
 */
function parted(
  texts: readonly string[],
  members: readonly number[],
  { slots, values }: Template,
): readonly [readonly number[], readonly number[]] | null {
  for (const { index } of slots) {
    const said = members.map((at, place) => {
      const value = values[place]?.find(({ slot }) => slot === index);
      return value === undefined
        ? null
        : (texts[at] ?? '').slice(value.start, value.end).replace(/\s+/g, ' ').toLowerCase();
    });
    const passage = commonPassage(said);
    if (passage === null) continue;
    return [
      members.filter((_, place) => said[place] === passage),
      members.filter((_, place) => said[place] !== passage),
    ];
  }
  return null;
}

function commonPassage(said: readonly (string | null)[]): string | null {
  const counts = new Map<string, number>();
  for (const value of said) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [top, ...rest] = [...counts].sort((a, b) => b[1] - a[1]);
  if (top === undefined || top[1] < Math.max(TEXTS_MIN, SHARE_MIN * said.length)) return null;
  const others = rest.reduce((sum, [, count]) => sum + count, 0);
  const differ = others >= TEXTS_MIN && rest.length >= DIFFER_MIN * others;
  return differ ? top[0] : null;
}
