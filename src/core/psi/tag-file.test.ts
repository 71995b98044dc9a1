import { describe, expect, test } from 'vitest';
import { TERMS } from '../../../test/kit/exchange.ts';
import { nodeKernels } from '../../host/kernels/index.ts';
import { type Random, randomFrom } from '../base/index.ts';
import { heldCells } from '../tally/index.ts';
import {
  type Cell,
  cellAt,
  type ListedRelease,
  readTags,
  renderTags,
  rollCells,
  SPIKE_CELL,
  SPIKES,
  type TagHeader,
  type TagSet,
} from './index.ts';
import { spreadFor } from './tag-file.ts';

const commitment = {
  ...TERMS,
  counties: 67,
  people: 10_000,
  reports: 10_000,
  root: 'ab'.repeat(32),
} as const;
const headed = (releases: readonly ListedRelease[]): TagHeader => ({
  county: 'Example County',
  commitment,
  commitmentDigest: 'ab'.repeat(32),
  publicKey: new Uint8Array(32),
  releases,
});
/** More bits than one draw has. */
const placeIn = (random: Random): number => (random.unit() + random.unit() / 2 ** 32) % 1;

/** A tag file of records with these cells, at places as good as hashes. */
function made(cells: readonly string[], header: TagHeader) {
  const random = randomFrom('tags', nodeKernels);
  const merged = rollCells(cells);
  if (!merged.ok) throw new Error(merged.failure.code);
  const places = Float64Array.from(merged.value.cellOf, () => placeIn(random));
  const bytes = renderTags(nodeKernels, { header, places, ...merged.value });
  const tags = readTags(nodeKernels, bytes);
  if (!tags.ok) throw new Error(tags.failure.code);
  return { places, ...merged.value, tags: tags.value, bits: (bytes.length * 8) / places.length };
}

const PARTIES = ['DEM', 'DEM', 'DEM', 'REP', 'REP', 'REP', 'NPA', 'NPA', 'NPA', 'other'];
const RECORDS = 33_000;

/** Twelve monthly releases; 1.5 in 100 voters come and as many go in a month. */
function statewide(): { readonly cells: readonly string[]; readonly header: TagHeader } {
  const random = randomFrom('releases', nodeKernels);
  const months = 12;
  const held = Array.from({ length: RECORDS }, (_, at) => {
    const from = random.chance(0.14) ? random.between(1, months - 1) : 0;
    const until = from === 0 && random.chance(0.16) ? random.between(0, months - 2) : months - 1;
    const releases = Array.from({ length: until - from + 1 }, (__, month) => from + month);
    return { stratum: `${PARTIES[at % 9]}||`, releases };
  });
  const releases = Array.from({ length: months }, (_, month) => ({
    id: `fl-2020-${month + 1}`,
    asOf: `2020-${String(month + 1).padStart(2, '0')}-01`,
    subset: false,
    jurisdiction: 'FL',
  }));
  return { cells: heldCells(held).labels, header: headed(releases) };
}

describe('a tag file', () => {
  test('holds every tag with its cell, in at most 28 bits a record', () => {
    const cells = Array.from({ length: RECORDS }, (_, at) => PARTIES[at % PARTIES.length]!);
    const { places, labels, cellOf, tags, bits } = made(cells, headed([]));
    expect(bits).toBeLessThanOrEqual(28);
    const wrong = [...places].filter(
      (place, at) => tags.cells[cellAt(tags, place)]?.label !== labels[cellOf[at]!],
    );
    expect(wrong).toEqual([]);
  });

  test('holds three parties in twelve releases in at most 28 bits a record', () => {
    const { cells, header } = statewide();
    const { tags, bits } = made(cells, header);
    expect(tags.cells.length).toBeGreaterThan(60);
    expect(bits).toBeLessThanOrEqual(28);
  });

  test('names any labels, and their counts', () => {
    const names = [
      '',
      '@',
      'a',
      'a@',
      'a@b',
      'a@b@c',
      '12',
      '7',
      '__proto__',
      'x@__proto__',
      'é@0',
    ];
    const cells = names.flatMap((name, at) => new Array<string>(20 + at).fill(name));
    const { tags } = made(cells, headed([]));
    const wanted: Cell[] = [
      ...names.map((label, at) => ({ label, count: 20 + at })),
      { label: SPIKE_CELL, count: SPIKES },
    ];
    expect(new Set(tags.cells)).toEqual(new Set(wanted));
  });

  test('puts a label that no office would write with the rest', () => {
    const long = 'x'.repeat(300);
    const cells = Array.from({ length: 300 }, (_, at) => (at < 280 ? 'DEM' : long));
    const { tags } = made(cells, headed([]));
    expect(tags.cells.map(({ label }) => label)).toEqual(['DEM', 'rest', SPIKE_CELL]);
  });

  test('finds an invented person whose tag is that of a record, too', () => {
    const places = Float64Array.from({ length: 300 }, (_, at) => at / 300);
    places.fill(places[0]!, 260);
    const cellOf = Uint16Array.from(places, (_, at) => (at < 260 ? 0 : 1));
    const labels = ['DEM', SPIKE_CELL];
    const bytes = renderTags(nodeKernels, { header: headed([]), places, cellOf, labels });
    const tags = readTags(nodeKernels, bytes);
    if (!tags.ok) throw new Error(tags.failure.code);
    expect(tags.value.cells[cellAt(tags.value, places[0]!)]?.label).toBe(SPIKE_CELL);
  });
});

describe('hits by chance', () => {
  test('are expected in one exchange of 200, fewer for short lists, as the places allow', () => {
    const expected = (people: number, records: number) => people / spreadFor({ people }, records);
    expect(expected(20_000, 33_000)).toBe(1 / 200);
    expect(expected(1_000_000, 40_000_000)).toBe(1 / 200);
    expect(expected(10_000, 33_000)).toBe(1 / 400);
    expect(expected(200, 33_000)).toBe(1 / 20_000);
    expect(expected(1_000_000, 100_000_000)).toBeLessThan(1 / 80);
    for (const records of [200, 33_000, 3_000_001, 100_000_000]) {
      expect(records * spreadFor({ people: 1_000_000 }, records)).toBeLessThanOrEqual(2 ** 53);
    }
  });

  test('come as often as that', () => {
    const random = randomFrom('probes', nodeKernels);
    const spread = 100;
    const records = 5000;
    const values = Float64Array.from({ length: records }, () =>
      Math.floor(placeIn(random) * records * spread),
    ).sort();
    const tags = { values, spread, cellOf: new Uint16Array(records) } as unknown as TagSet;
    let hits = 0;
    for (let probe = 0; probe < 200_000; probe++) {
      if (cellAt(tags, placeIn(random)) !== -1) hits += 1;
    }
    // 2,000 less a hundredth, since two records may share a value; five standard deviations.
    expect(Math.abs(hits - 1990)).toBeLessThan(225);
  });
});
