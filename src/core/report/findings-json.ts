import { HELD_FORMS } from './held-form.ts';
import type { Investigation } from './investigation.ts';

/**
 * `findings.json`: the whole investigation, members sorted by name and indented by one blank, so that
 * two runs over the same case give the same bytes and a diff shows what changed. `forms` says
 * what each held form can and cannot prove.
 */
export function renderFindings(investigation: Investigation): string {
  return `${JSON.stringify({ ...investigation, forms: HELD_FORMS }, sortedMembers, 1)}\n`;
}

function sortedMembers(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
