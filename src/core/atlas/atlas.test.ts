import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { countyFinder } from './county-codes.ts';
import { drawState } from './state-map.ts';
import { readAtlas } from './topology.ts';

const path = createRequire(import.meta.url).resolve('us-atlas/counties-10m.json');
const atlas = readAtlas(readFileSync(path, 'utf8'));

describe('a state map', () => {
  test.each<[string, number]>([
    ['FL', 67],
    ['AK', 29],
    ['OH', 88],
    ['PA', 67],
    ['NC', 100],
    ['WA', 39],
  ])('%s has its %i counties, each inside the box', (state, counties) => {
    const map = drawState(atlas, state, 640);
    expect(map?.counties).toHaveLength(counties);
    for (const { path: outline } of map?.counties ?? []) {
      const numbers = (outline.match(/-?[\d.]+/g) ?? []).map(Number);
      expect(numbers.length).toBeGreaterThan(5);
      expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...numbers.filter((_, at) => at % 2 === 0))).toBeLessThanOrEqual(640);
      expect(Math.max(...numbers.filter((_, at) => at % 2 === 1))).toBeLessThanOrEqual(
        map?.height ?? 0,
      );
    }
  });

  test('stays below 60 KB of paths, so that a report stays small', () => {
    for (const state of ['FL', 'AK', 'TX']) {
      const paths =
        drawState(atlas, state, 640)?.counties.map(({ path: outline }) => outline) ?? [];
      expect([state, paths.join('').length < 60_000]).toEqual([state, true]);
    }
  });

  test('is none for what is no state', () => {
    expect(drawState(atlas, 'FK', 640)).toBe(null);
    expect(drawState(atlas, '', 640)).toBe(null);
  });
});

describe('a county', () => {
  test.each<[string, string, string | null]>([
    ['FL', 'ALA', '12001'],
    ['FL', 'STJ', '12109'],
    ['FL', 'SAINT JOHNS COUNTY', '12109'],
    ['FL', 'DES', '12027'],
    ['FL', 'DAD', '12086'],
    ['FL', 'COUNTY 3', null],
    ['OH', '1', '39001'],
    ['OH', '88', '39175'],
    ['OH', '89', null],
    ['WA', 'YA', '53077'],
    ['NC', 'NEW HANOVER', '37129'],
    ['AK', 'Anchorage', '02020'],
  ])('of %s that the roll calls %s is %s', (state, written, id) => {
    const counties = drawState(atlas, state, 100)?.counties ?? [];
    expect(countyFinder(state, counties)(written)).toBe(id);
  });

  test('every code of Florida and Washington names one', () => {
    const codes = readFileSync(new URL('./county-codes.ts', import.meta.url), 'utf8');
    for (const [state, count] of [
      ['FL', 67],
      ['WA', 39],
    ] as const) {
      const find = countyFinder(state, drawState(atlas, state, 100)?.counties ?? []);
      const written = codes.match(
        state === 'FL' ? /\b[A-Z]{3}(?= [A-Z])/g : /\b[A-Z]{2}(?= [A-Z])/g,
      );
      const found = new Set((written ?? []).flatMap((code) => find(code) ?? []));
      expect(found.size).toBe(count);
    }
  });
});
