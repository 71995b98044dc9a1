import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { CONFUSABLES_FILE, confusablesFile } from './confusables.ts';
import { EXAMINE_VALUES_FILE, examineValuesFile } from './examine-values.ts';
import { LEXICONS_FILE, lexiconsFile } from './lexicons.ts';
import { LOOK_ALIKES_FILE, lookAlikesFile } from './look-alikes.ts';

test.each([
  [LOOK_ALIKES_FILE, lookAlikesFile],
  [CONFUSABLES_FILE, confusablesFile],
  [LEXICONS_FILE, lexiconsFile],
  [EXAMINE_VALUES_FILE, examineValuesFile],
])('%s is what its generator writes', (file, write) => {
  const path = resolve(import.meta.dirname, '..', file);
  expect(readFileSync(path, 'utf8')).toBe(write());
});
