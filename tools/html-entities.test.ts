import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { NAMED_REFERENCES, OPEN_REFERENCES } from '../src/core/html/html-entities.data.ts';
import { entityData } from './html-entities.ts';

test('generating the named character references again changes nothing', () => {
  const characters = new Map(NAMED_REFERENCES.map((row) => row.split(' ') as [string, string]));
  const list = Object.fromEntries([
    ...[...characters].map(([name, value]) => [`&${name};`, { characters: value }]),
    ...OPEN_REFERENCES.map((name) => [`&${name}`, { characters: characters.get(name) ?? '' }]),
  ]);
  const file = resolve(import.meta.dirname, '../src/core/html/html-entities.data.ts');
  expect(entityData(list)).toBe(readFileSync(file, 'utf8'));
  // HTML section 13.5 lists 2,231 references, 106 of them without a semicolon.
  expect([NAMED_REFERENCES.length, OPEN_REFERENCES.length]).toEqual([2125, 106]);
});
