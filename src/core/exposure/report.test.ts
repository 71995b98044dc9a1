import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nameParts, parseReport } from './report.ts';

test.each([
  ['Ada Wexlow', 'Ada', 'Wexlow'],
  ['Ada M. Wexlow Jr.', 'Ada', 'Wexlow'],
  ['WEXLOW, ADA M', 'ADA', 'WEXLOW'],
  [' De La Cruz , Ada', 'Ada', 'De La Cruz'],
  ['Ada Wexlow, Jr', 'Ada', 'Wexlow'],
  ['Mrs. Ada de la Cruz', 'Ada', 'de la Cruz'],
  ['De La Cruz III, Ada', 'Ada', 'De La Cruz'],
  ['Wexlow', '', 'Wexlow'],
  ['De Cruz', 'De', 'Cruz'],
  ['', '', ''],
])('%s', (name, first, last) => expect(nameParts(name)).toEqual({ first, last }));

test('a report may show anything or nothing of its recipient', () => {
  expect(parseReport('{"id":7}')).toMatchObject({ ok: true, value: { id: '7' } });
  const read = parseReport('{"id":"a","recipient":{"email":" A@b.example ","name":null}}');
  expect(read).toMatchObject({ value: { recipient: { email: 'A@b.example', first: '' } } });
});

test.each([
  ['', 'report-not-json'],
  ['7', 'report-rule'],
  ['{"recipient":{}}', 'report-rule'],
  ['{"id":"a","recipient":[]}', 'report-rule'],
  ['{"id":"a","recipient":{"name":7}}', 'report-rule'],
])('%j is refused', (line, code) => expect(parseReport(line)).toMatchObject({ failure: { code } }));

test('no line throws', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (line) => void parseReport(line)));
  fc.assert(
    fc.property(fc.string(), (name) => {
      expect(nameParts(name).last.length).toBeLessThanOrEqual(name.length);
    }),
  );
});
