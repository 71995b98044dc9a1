import { expect, test } from 'vitest';
import { sampleInvestigation } from '../../../test/sample/investigation.ts';
import { renderFindings } from './findings-json.ts';
import { HELD_FORMS } from './held-form.ts';

test('findings.json holds the whole investigation and the meaning of each held form', () => {
  const investigation = sampleInvestigation({ hostile: '\uD800<script>\u202E' });
  const { forms, ...rest } = JSON.parse(renderFindings(investigation));
  expect(rest).toEqual(investigation);
  expect(forms).toEqual(HELD_FORMS);
});

test('the order in which an object was built does not change findings.json', () => {
  const investigation = sampleInvestigation({ exhibits: 3 });
  const reversed = Object.fromEntries(Object.entries(investigation).reverse());
  expect(renderFindings({ ...investigation, ...reversed })).toBe(renderFindings(investigation));
  expect(renderFindings(investigation)).toMatch(/^\{\n "asOf": .*\n "board": \[/);
});
