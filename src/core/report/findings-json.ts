import { HELD_FORMS } from './held-form.ts';
import type { Investigation } from './investigation.ts';

/**
 * `findings.json` in pieces: the whole investigation, members sorted by name, each item of a long
 * list on a line of its own, so that two runs over the same case give the same bytes and a diff
 * shows what changed. `forms` says what each held form can and cannot prove.
 */
export function* renderFindings(investigation: Investigation): Iterable<string> {
  const members = Object.entries({ ...investigation, forms: HELD_FORMS }).sort(byName);
  let before = '{\n';
  for (const [name, value] of members) {
    yield `${before} ${JSON.stringify(name)}: `;
    if (Array.isArray(value)) yield* list(value);
    else yield JSON.stringify(value, sortedMembers);
    before = ',\n';
  }
  yield '\n}\n';
}

function* list(items: readonly unknown[]): Iterable<string> {
  let before = '[\n  ';
  for (const item of items) {
    yield before + JSON.stringify(item, sortedMembers);
    before = ',\n  ';
  }
  yield items.length === 0 ? '[]' : '\n ]';
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : 1;

function sortedMembers(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(byName));
}
