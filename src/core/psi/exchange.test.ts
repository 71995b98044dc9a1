import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodePrimitives } from '../../host/psi/index.ts';
import { assert, type Result } from '../base/index.ts';
import {
  askedIdentities,
  blindedElements,
  CELL_MIN,
  type Commitment,
  type CommittedReport,
  commit,
  countHits,
  drawScalar,
  type Expected,
  evaluations,
  inputFor,
  type MatchFailure,
  mergedCells,
  noticeEntry,
  noticeHits,
  noticeOutput,
  readAnswer,
  readCommitment,
  readNoticeTags,
  readQuery,
  readTags,
  renderAnswer,
  renderCommitment,
  renderNoticeTags,
  renderQuery,
  renderTags,
  rollCells,
  rollPlaces,
  type Scalar,
  SPIKE_CELL,
  SPIKES,
  shuffledPlaces,
  spikeIdentity,
  spikeRefusal,
  type TagHeader,
  type Terms,
  unblindedPlaces,
} from './index.ts';

const primitives = await nodePrimitives();
const { curve, kernels } = primitives;

const TERMS: Terms = {
  incident: 'october-2020',
  epoch: '2020-10',
  epochEnds: '2020-11-30',
  key: 'name',
  mode: 'count',
  counties: null,
};

const value = <Value>(result: Result<Value, MatchFailure>): Value => {
  assert(result.ok, result.ok ? '' : result.failure.code);
  return result.value;
};
const codeOf = (result: Result<unknown, MatchFailure>): string =>
  result.ok ? 'ok' : result.failure.code;

const person = (at: number): string => `name|p${at}`;
const people = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from }, (_, at) => person(from + at));
const reportsOf = (identities: readonly string[]): readonly CommittedReport[] =>
  identities.map((identity, at) => ({ id: `r${at}`, identity }));

function committed(list: readonly string[], terms: Terms = TERMS) {
  const secret = new Uint8Array(32).fill(9);
  const commitment = value(commit(kernels, { terms, reports: reportsOf(list), secret }));
  return value(readCommitment(kernels, renderCommitment(kernels, commitment)));
}

/** The county's side up to its tag file; rows are [identity, cell]. */
function encoded(
  roll: ReadonlyMap<string, string>,
  made: { readonly commitment: Commitment; readonly digest: string },
  county = 'Test County',
) {
  const key: Scalar = drawScalar(curve, randomBytes);
  const header: TagHeader = {
    county,
    commitment: made.commitment,
    commitmentDigest: made.digest,
    publicKey: curve.multiplyBase(key),
    releases: [],
  };
  const { labels, cellOf } = value(rollCells([...roll.values()]));
  const input = inputFor(primitives, { ...made.commitment, county });
  const all = [...roll.keys(), ...Array.from({ length: SPIKES }, (_, at) => spikeIdentity(at))];
  if (made.commitment.mode === 'notice') {
    const entries = all.map((identity, at) =>
      noticeEntry(primitives, noticeOutput(primitives, key, input(identity)), labels[cellOf[at]!]!),
    );
    return { key, header, bytes: renderNoticeTags(kernels, header, entries) };
  }
  const places = Float64Array.from(rollPlaces(primitives, key, all.map(input)));
  return { key, header, bytes: renderTags(kernels, { header, places, cellOf, labels }) };
}

const SEED = new Uint8Array(32).fill(3);

/** The hub's query for a list. */
function asked(header: TagHeader, tags: string, list: readonly string[], seed = SEED) {
  const identities = askedIdentities([...new Set(list)]);
  const elements = [...blindedElements(primitives, header, { identities, seed })];
  return { identities, elements, bytes: renderQuery(primitives, { header, tags, elements }) };
}

const expectedBy = (header: TagHeader, tags: string): Expected => ({
  header,
  tags,
  answered: false,
  quota: 20_000,
  spent: 0,
  today: '2020-10-22',
});

function counted(roll: ReadonlyMap<string, string>, list: readonly string[]) {
  const { key, header, bytes } = encoded(roll, committed(list));
  const tags = value(readTags(kernels, bytes));
  const own = asked(header, tags.digest, list);
  const query = value(readQuery(primitives, own.bytes, expectedBy(header, tags.digest)));
  const evaluated = [...evaluations(primitives, key, query)];
  const answer = renderAnswer(primitives, { header, query, evaluated, key, draw: randomBytes });
  const question = {
    header,
    tags: tags.digest,
    query: query.digest,
    size: query.elements.length,
    elements: query.elements,
  };
  const got = value(readAnswer(primitives, answer, question));
  return countHits(tags, unblindedPlaces(primitives, { tags, seed: SEED, evaluated: got }));
}

const PARTIES = ['DEM|1|A', 'REP|0|A', 'none|0|B', 'tiny|0|B'];

describe('the exchange in count mode', () => {
  test('cells agree with a plain join on random rolls', () => {
    const rolls = fc.array(fc.tuple(fc.integer({ min: 0, max: 900 }), fc.nat(3)), {
      minLength: 420,
      maxLength: 700,
    });
    fc.assert(
      fc.property(rolls, fc.integer({ min: 0, max: 400 }), (rows, from) => {
        const roll = new Map(rows.map(([at, cell]) => [person(at), PARTIES[cell]!] as const));
        fc.pre(roll.size >= 200);
        const list = people(from, from + 230);
        const merged = mergedCells(countsOf([...roll.values()]));
        const join = countsOf(
          list.filter((one) => roll.has(one)).map((one) => merged.get(roll.get(one)!)!),
        );
        const found = value(counted(roll, list));
        expect(
          new Map(found.cells.filter(({ hits }) => hits > 0).map((c) => [c.label, c.hits])),
        ).toEqual(join);
        expect(found).toMatchObject({ asked: 230, records: roll.size });
      }),
      { numRuns: 3 },
    );
  });

  test('what the county sees depends on the length of the list alone', () => {
    const roll = new Map(people(0, 210).map((one) => [one, 'a'] as const));
    const views = [people(0, 210), people(5000, 5210)].map((list) => {
      const made = committed(list);
      const { header } = encoded(roll, made);
      const digest = 'ab'.repeat(32);
      const bytes = asked(header, digest, list, randomBytes(32)).bytes;
      const query = value(readQuery(primitives, bytes, expectedBy(header, digest)));
      return { bytes, query, commitment: { ...made.commitment, root: '' } };
    });
    const [on, off] = [views[0]!, views[1]!];
    // Every byte outside the blinded elements and the file's own checksum is the same.
    const head = on.bytes.length - 32 - 250 * 32;
    expect(off.bytes.length).toBe(on.bytes.length);
    expect(off.bytes.slice(0, head)).toEqual(on.bytes.slice(0, head));
    expect(off.commitment).toEqual(on.commitment);
    // No element returns in another exchange, not even of one person.
    const again = asked(on0(roll), 'ab'.repeat(32), people(0, 210), randomBytes(32)).elements;
    const seen = new Set(on.query.elements.map((one) => Buffer.from(one).toString('hex')));
    expect(again.some((one) => seen.has(Buffer.from(one).toString('hex')))).toBe(false);
  });

  test('a simulator that never saw a list writes the same transcript', () => {
    // A blinded element is a uniform element: here the bytes of real and drawn ones are compared,
    // chi-squared over 255 values of the middle byte, well below the 1 in 10^6 limit of 370.
    const { header } = encoded(
      new Map(people(0, 200).map((one) => [one, 'a'])),
      committed(people(0, 200)),
    );
    const middle = (elements: readonly Uint8Array[]): number => {
      const counts = new Array<number>(256).fill(0);
      for (const element of elements) counts[element[16]!]! += 1;
      const wanted = elements.length / 256;
      return counts.reduce((sum, count) => sum + (count - wanted) ** 2 / wanted, 0);
    };
    const real = [
      ...blindedElements(primitives, header, {
        identities: people(0, 1300),
        seed: randomBytes(32),
      }),
    ];
    const drawn = real.map(() => curve.fromUniform(randomBytes(64)));
    expect(middle(real)).toBeLessThan(370);
    expect(middle(drawn)).toBeLessThan(370);
  });

  test('the order of the list leaves no trace', () => {
    const { header } = encoded(
      new Map(people(0, 200).map((one) => [one, 'a'])),
      committed(people(0, 200)),
    );
    const list = people(0, 205);
    const one = asked(header, 'ab'.repeat(32), list).bytes;
    expect(asked(header, 'ab'.repeat(32), list.toReversed()).bytes).toEqual(one);
  });
});

const on0 = (roll: ReadonlyMap<string, string>): TagHeader =>
  encoded(roll, committed([...roll.keys()])).header;

function countsOf(cells: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return counts;
}

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

describe('match mode (RFC 9497 VOPRF)', () => {
  const terms: Terms = { ...TERMS, mode: 'notice' };
  const list = people(100, 310);
  const roll = new Map(
    people(0, 220).map((one, at) => [one, at % 2 === 0 ? 'x|1|A' : 'y|0|B'] as const),
  );
  const { key, header, bytes } = encoded(roll, committed(list, terms));
  const tags = value(readNoticeTags(kernels, bytes));
  const own = asked(header, tags.digest, list);
  const query = value(readQuery(primitives, own.bytes, expectedBy(header, tags.digest)));
  const evaluated = [...evaluations(primitives, key, query)];
  const question = {
    header,
    tags: tags.digest,
    query: query.digest,
    size: query.elements.length,
    elements: query.elements,
  };

  test('names exactly the reports on the roll, each with its cell', () => {
    const answer = renderAnswer(primitives, { header, query, evaluated, key, draw: randomBytes });
    const got = value(readAnswer(primitives, answer, question));
    const inOrder = shuffledPlaces(own.elements).map((place) => got[place]!);
    const hits = [
      ...noticeHits(primitives, tags, {
        identities: own.identities,
        seed: SEED,
        evaluated: inOrder,
      }),
    ];
    expect(hits.slice(0, list.length)).toEqual(list.map((one) => roll.get(one) ?? null));
    expect(spikeRefusal(hits.slice(list.length))).toBeNull();
    expect(spikeRefusal(hits.slice(list.length).with(3, null))?.code).toBe('match-spikes-missed');
    expect(hits.at(-1)).toBe(SPIKE_CELL);
  });

  test('an answer by another key, or with one element changed, fails its proof', () => {
    const other = drawScalar(curve, randomBytes);
    const wrong = [...evaluations(primitives, other, query)];
    for (const made of [
      renderAnswer(primitives, { header, query, evaluated: wrong, key: other, draw: randomBytes }),
      renderAnswer(primitives, {
        header,
        query,
        evaluated: evaluated.with(0, evaluated[1]!),
        key,
        draw: randomBytes,
      }),
    ]) {
      expect(codeOf(readAnswer(primitives, made, question))).toBe('match-proof-wrong');
    }
  });
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
    const question = {
      header,
      tags: tags.digest,
      query: query.digest,
      size: query.elements.length,
      elements: query.elements,
    };
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
