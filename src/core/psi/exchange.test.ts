import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  asked,
  codeOf,
  committed,
  counted,
  countsOf,
  curve,
  encoded,
  expectedBy,
  kernels,
  PARTIES,
  people,
  primitives,
  questionOf,
  reportsOf,
  SEED,
  TERMS,
  value,
} from '../../../test/kit/exchange.ts';
import {
  CELL_MIN,
  commit,
  countHits,
  type Expected,
  evaluations,
  mergedCells,
  readAnswer,
  readCommitment,
  readQuery,
  readTags,
  renderAnswer,
  renderCommitment,
  renderQuery,
  unblindedPlaces,
} from './index.ts';

test('hits by cell are those of a plain join; random rolls stand in host/psi', () => {
  const roll = new Map(people(0, 240).map((one, at) => [one, PARTIES[at % 3]!] as const));
  const list = people(100, 330);
  const join = countsOf(list.filter((one) => roll.has(one)).map((one) => roll.get(one)!));
  const { cells, asked: size, records } = value(counted(roll, list));
  expect(new Map(cells.map(({ label, hits }) => [label, hits]))).toEqual(join);
  expect([size, records]).toEqual([230, 240]);
});

test('cells below eleven records are merged, and no record is lost', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(sizes, (counts) => {
      const cells = new Map<string, number>(counts.map((count, at) => [`cell ${at}`, count]));
      const merged = mergedCells(cells);
      const after = new Map<string, number>();
      for (const [from, to] of merged) after.set(to, (after.get(to) ?? 0) + cells.get(from)!);
      const total = counts.reduce((sum, count) => sum + count, 0);
      expect([...after.values()].reduce((sum, count) => sum + count, 0)).toBe(total);
      if (total >= CELL_MIN) expect(Math.min(...after.values())).toBeGreaterThanOrEqual(CELL_MIN);
    }),
  );
});

test('few records that fit no cell leave the others told apart', () => {
  const merged = mergedCells(
    new Map([
      ['DEM', 900],
      ['NPA', 300],
      ['REP', 800],
      ['several', 1],
    ]),
  );
  expect([...merged]).toEqual([
    ['DEM', 'DEM'],
    ['NPA', 'NPA+rest'],
    ['REP', 'REP'],
    ['several', 'NPA+rest'],
  ]);
});

describe('what is refused', () => {
  const list = people(0, 200);
  const roll = new Map(people(0, 260).map((one, at) => [one, PARTIES[at % 3]!] as const));
  const made = committed(list);
  const { key, header, bytes: tagBytes } = encoded(roll, made);
  const tags = value(readTags(kernels, tagBytes));
  const own = asked(header, tags.digest, list);
  const expected = expectedBy(header, tags.digest);
  const withElements = (elements: readonly Uint8Array[]) =>
    renderQuery(primitives, { header, tags: tags.digest, elements });
  /** Puts bytes in the place of one element, keeping order out of it. */
  const spoiled = (element: Uint8Array) => withElements([element, ...own.elements.slice(1)]);
  const offCurve = new Uint8Array(32).fill(0xff).with(0, 0);

  test.each<[string, string, () => Uint8Array, Partial<Expected>]>([
    ['an honest query', 'ok', () => own.bytes, {}],
    ['an element off the curve', 'match-point-invalid', () => spoiled(offCurve), {}],
    ['the identity', 'match-point-identity', () => spoiled(new Uint8Array(32)), {}],
    ['a duplicate', 'match-point-twice', () => spoiled(own.elements[1]!), {}],
    ['fewer than committed', 'match-query-size', () => withElements(own.elements.slice(1)), {}],
    ['over quota', 'match-quota', () => own.bytes, { quota: 300, spent: 101 }],
    ['another tag file', 'match-key-other', () => own.bytes, { tags: 'cd'.repeat(32) }],
    ['a replay', 'match-query-replayed', () => own.bytes, { answered: true }],
    ['an epoch that is over', 'match-epoch-over', () => own.bytes, { today: '2020-12-01' }],
    ['a tag file in its place', 'match-file-kind', () => tagBytes, {}],
    ['a cut file', 'match-file-truncated', () => own.bytes.subarray(0, -1), {}],
    ['one flipped bit', 'match-file-damaged', () => flipped(own.bytes, 4000), {}],
    ['version 2', 'match-file-foreign', () => own.bytes.with(13, 0x32), {}],
    ['foreign bytes', 'match-file-foreign', () => new Uint8Array(100), {}],
  ])('%s: %s', (_, code, query, change) => {
    expect(codeOf(readQuery(primitives, query(), { ...expected, ...change }))).toBe(code);
  });

  test('a query of another epoch', () => {
    const other = { ...header, commitment: { ...header.commitment, epoch: '2020-09' } };
    const bytes = renderQuery(primitives, {
      header: other,
      tags: tags.digest,
      elements: own.elements,
    });
    expect(codeOf(readQuery(primitives, bytes, expected))).toBe('match-epoch-other');
  });

  test('a list below the minimum batch, at the hub and at the county', () => {
    const reports = reportsOf(people(0, 199));
    const secret = new Uint8Array(32);
    expect(codeOf(commit(kernels, { terms: TERMS, reports, secret }))).toBe('match-batch-small');
    // 250 reports of 199 people are 199 people.
    const twice = [
      ...reports,
      ...reports.slice(0, 51).map(({ identity }) => ({ id: 'x', identity })),
    ];
    expect(codeOf(commit(kernels, { terms: TERMS, reports: twice, secret }))).toBe(
      'match-batch-small',
    );
    const lying = renderCommitment(kernels, { ...made.commitment, people: 199 });
    expect(codeOf(readCommitment(kernels, lying))).toBe('match-batch-small');
  });

  test('an answer that leaves people out, and an answer to another query', () => {
    const query = value(readQuery(primitives, own.bytes, expected));
    const question = questionOf(header, tags.digest, query);
    const evaluated = [...evaluations(primitives, key, query)];
    const junk = evaluated.map((one, at) =>
      at % 5 === 0 ? curve.fromUniform(randomBytes(64)) : one,
    );
    const answer = renderAnswer(primitives, {
      header,
      query,
      evaluated: junk,
      key,
      draw: randomBytes,
    });
    const got = value(readAnswer(primitives, answer, question));
    const places = unblindedPlaces(primitives, { tags, seed: SEED, evaluated: got });
    expect(codeOf(countHits(tags, places))).toBe('match-spikes-missed');
    const other = { ...question, query: 'ef'.repeat(32) };
    expect(codeOf(readAnswer(primitives, answer, other))).toBe('match-answer-other');
  });

  test('a tag file that is cut anywhere, or changed anywhere, is refused and never thrown at', () => {
    fc.assert(
      fc.property(fc.nat(tagBytes.length - 1), fc.nat(7), (at, bit) => {
        expect(codeOf(readTags(kernels, tagBytes.subarray(0, at)))).not.toBe('ok');
        expect(codeOf(readTags(kernels, flipped(tagBytes, at, bit)))).not.toBe('ok');
      }),
    );
    expect(codeOf(readTags(kernels, tagBytes.subarray(0, -40)))).toBe('match-file-truncated');
  });
});

function flipped(bytes: Uint8Array, at: number, bit = 0): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at]! ^= 1 << bit;
  return copy;
}
