import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellName, shownCells } from './index.ts';

test('no hidden count can be worked out from the total and the shown ones', () => {
  const counts = fc.array(fc.nat(60), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(counts, (hits) => {
      const cells = hits.map((n, at) => ({ label: `${at}`, count: 100, hits: n }));
      const shown = shownCells(cells);
      for (const [at, cell] of shown.entries()) {
        if (hits[at]! > 0 && hits[at]! < 11) expect(cell.hits).toBeNull();
        else if (cell.hits !== null) expect(cell.hits).toBe(hits[at]);
      }
      const hidden = hits.filter((_, at) => shown[at]!.hits === null);
      const left = hits.filter((n, at) => n > 0 && shown[at]!.hits !== null);
      const sum = hidden.reduce((total, n) => total + n, 0);
      // One hidden cell, or few hits in all, may stand only where nothing is left to hide it among.
      if (hidden.length > 0 && left.length > 0) {
        expect(hidden.length).toBeGreaterThan(1);
        expect(sum).toBeGreaterThanOrEqual(11);
      }
    }),
  );
});

test.each([
  ['DEM|1|ALACHUA', 'DEM, e-mail, ALACHUA'],
  ['DEM||', 'DEM'],
  ['||', 'all'],
  ['several', 'several'],
  ['NPA||+rest', 'NPA and rest'],
])('a cell in words: %s', (label, words) => expect(cellName(label)).toBe(words));
