import { PERSONS_SUPPRESSED_MAX } from '../assessment/index.ts';
import { HELD_FORMS } from '../held-form/index.ts';
import type { Investigation } from './investigation.ts';

/**
 * `findings.json` in pieces: the whole investigation, members sorted by name, each item of a long
 * list on a line of its own, so that two runs over the same case give the same bytes and a diff
 * shows what changed. `forms` says what each held form can and cannot prove.
 */
export function* renderFindings(investigation: Investigation): Iterable<string> {
  const members = Object.entries({ ...coarse(investigation), forms: HELD_FORMS }).sort(byName);
  let before = '{\n';
  for (const [name, value] of members) {
    yield `${before} ${JSON.stringify(name)}: `;
    if (isListed(value)) yield* list(value);
    else yield JSON.stringify(value, sortedMembers);
    before = ',\n';
  }
  yield '\n}\n';
}

/**
 * Counts of 1 to 10 persons become null, as on the page, unless personal data is included. What the
 * lists and logs say is made so already where it is drawn.
 */
function coarse(investigation: Investigation): object {
  if (investigation.personalDataIncluded) return investigation;
  return {
    ...investigation,
    campaigns: investigation.campaigns.map((campaign) => ({
      ...campaign,
      distinctRecipients: coarseCount(campaign.distinctRecipients),
      templates: campaign.templates.map((template) => ({
        ...template,
        slots: template.slots.map((slot) => ({ ...slot, distinct: coarseCount(slot.distinct) })),
      })),
    })),
  };
}

const coarseCount = (count: number): number | null =>
  count > 0 && count <= PERSONS_SUPPRESSED_MAX ? null : count;

function* list(items: Iterable<unknown>): Iterable<string> {
  let before = '[\n  ';
  for (const item of items) {
    yield before;
    yield* record(item);
    before = ',\n  ';
  }
  yield before === ',\n  ' ? '\n ]' : '[]';
}

/** As `JSON.stringify` would write it; what is made as it is listed comes piece by piece. */
function* record(item: unknown): Iterable<string> {
  const isPlain = typeof item === 'object' && item !== null && !Array.isArray(item);
  if (!isPlain || !Object.values(item).some(isMadeAsListed)) {
    yield JSON.stringify(item, sortedMembers);
    return;
  }
  let before = '{';
  for (const [name, value] of Object.entries(item).sort(byName)) {
    if (value === undefined) continue;
    yield `${before}${JSON.stringify(name)}:`;
    if (isMadeAsListed(value)) yield* inOneLine(value);
    else yield JSON.stringify(value, sortedMembers);
    before = ',';
  }
  yield '}';
}

/** Items in one piece: a call each would cost more than the writing. */
const ITEMS_AT_ONCE = 1_000;

function* inOneLine(items: Iterable<unknown>): Iterable<string> {
  let before = '[';
  let piece: string[] = [];
  for (const item of items) {
    piece.push(JSON.stringify(item, sortedMembers));
    if (piece.length < ITEMS_AT_ONCE) continue;
    yield before + piece.join(',');
    before = ',';
    piece = [];
  }
  if (piece.length > 0) yield before + piece.join(',');
  yield before === '[' && piece.length === 0 ? '[]' : ']';
}

const isListed = (value: unknown): value is Iterable<unknown> =>
  Array.isArray(value) || isMadeAsListed(value);

const isMadeAsListed = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Symbol.iterator in value;

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : 1;

function sortedMembers(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(byName));
}
