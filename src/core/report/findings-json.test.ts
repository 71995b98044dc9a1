import { expect, test } from 'vitest';
import { sampleInvestigation } from '../../../test/sample/investigation.ts';
import { renderFindings } from './findings-json.ts';
import { HELD_FORMS } from './held-form.ts';
import type { Investigation } from './investigation.ts';

const text = (investigation: Investigation): string => [...renderFindings(investigation)].join('');

test('findings.json holds the whole investigation and the meaning of each held form', () => {
  const investigation = sampleInvestigation({ hostile: '\uD800<script>\u202E' });
  const { forms, ...rest } = JSON.parse(text(investigation));
  expect(rest).toEqual(investigation);
  expect(forms).toEqual(HELD_FORMS);
});

test('the order in which an object was built does not change findings.json', () => {
  const investigation = sampleInvestigation({ exhibits: 3 });
  const reversed = Object.fromEntries(Object.entries(investigation).reverse());
  expect(text({ ...investigation, ...reversed })).toBe(text(investigation));
  expect(text(investigation)).toMatch(
    /^\{\n "accessLog": null,\n "asOf": .*\n "board": \[\n {2}\{/,
  );
});
