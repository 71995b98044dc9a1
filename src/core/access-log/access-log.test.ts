import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeKernels } from '../../host/kernels/index.ts';
import { randomFrom } from '../base/index.ts';
import { type NetworkList, readNetworkList } from '../web-log/index.ts';
import {
  accessLogJson,
  accessLogText,
  assessAccessLog,
  createAccessLogReader,
  createMemorySpool,
  type KnownNumbers,
  parseKnownNumbers,
} from './index.ts';

interface Hit {
  readonly second: number;
  readonly address: string;
  readonly agent: string;
  readonly target: string;
  readonly method?: string;
  readonly status?: number;
  readonly bytes: number;
}

const START = Date.UTC(2020, 9, 5) / 1000;
const BROWSER = 'Mozilla/5.0 (Windows NT 10.0) Chrome/85.0 Safari/537.36';
const DAY = 86_400;
const MISS = 3_100;
/** Three of five numbers are records; their pages are larger and differ. */
const isRecord = (number: number): boolean => (number * 7) % 5 > 1;
const sizeOf = (number: number): number =>
  isRecord(number) ? 5_200 + ((number * 7919) % 200) : MISS;

function line({
  second,
  address,
  agent,
  target,
  method = 'GET',
  status = 200,
  bytes,
}: Hit): string {
  return JSON.stringify({
    ts: second,
    ip: address,
    agent,
    uri: target,
    method,
    status,
    size: bytes,
  });
}

/** Drawn once for all tests. */
const PEOPLE = new Map<string, readonly Hit[]>();
function people(seed: string, numbers = 40_000): readonly Hit[] {
  const kept = PEOPLE.get(`${seed} ${numbers}`) ?? drawPeople(seed, numbers);
  PEOPLE.set(`${seed} ${numbers}`, kept);
  return kept;
}

/** Three days of people, day and night: each fetches a style and looks one number up. */
function drawPeople(seed: string, numbers: number): readonly Hit[] {
  const random = randomFrom(seed, nodeKernels);
  return Array.from({ length: 1_000 }, (_, at) => {
    const second = START + Math.floor((at * 3 * DAY) / 1_000);
    const who = { address: `192.0.2.${random.between(1, 254)}`, agent: BROWSER };
    let number = 1_000_000 + random.between(0, numbers);
    if (!isRecord(number) && random.chance(0.9)) number += 1;
    return [
      { ...who, second, target: '/site.css', bytes: 900 },
      { ...who, second: second + 9, target: `/lookup?voterid=${number}`, bytes: sizeOf(number) },
    ];
  }).flat();
}

const EXITS = ['198.51.100.9', '203.0.113.5', '203.0.113.200'];

function sweep(
  count: number,
  change: (number: number, at: number) => Partial<Hit> = () => ({}),
): Hit[] {
  return Array.from({ length: count }, (_, at) => {
    const number = 1_010_001 + at;
    return {
      second: START + DAY + at * 2,
      address: EXITS[at % 3]!,
      agent: at % 3 === 0 ? 'curl/7.68.0' : 'curl/7.64.1',
      target: `/lookup?voterid=${number}`,
      bytes: sizeOf(number),
      ...change(number, at),
    };
  });
}

function assess(
  hits: readonly Hit[],
  cut = 1 << 20,
  known: KnownNumbers | null = null,
  own: NetworkList | null = null,
) {
  return assessLines(
    [...hits].sort((a, b) => a.second - b.second),
    cut,
    known,
    own,
  );
}

/** Lines in the order in which they stand, whatever their clock says. */
function assessLines(
  hits: readonly Hit[],
  cut = 1 << 20,
  known: KnownNumbers | null = null,
  own: NetworkList | null = null,
) {
  const bytes = nodeKernels.encode(`${hits.map(line).join('\n')}\n`);
  const order = { kernels: nodeKernels, spool: createMemorySpool(), parameter: null, known, own };
  const reader = createAccessLogReader(order);
  const piece = reader.piece('log');
  for (let at = 0; at < bytes.length; at += cut) piece.add(bytes.subarray(at, at + cut));
  piece.end();
  return assessAccessLog(reader.log);
}

const records = (count: number): number =>
  Array.from({ length: count }, (_, at) => 1_010_001 + at).filter(isRecord).length;

describe('enumeration', () => {
  test('people who look themselves up are no enumeration, in a small county too', () => {
    const found = assess(people('small', 3_000));
    expect(found.actors).toEqual([]);
    expect(found.taken).toEqual({ atLeast: 0, atMost: 0 });
  });

  test('interleaved exits with one sequence are one actor, its records exact', () => {
    const found = assess([...people('a'), ...sweep(900)]);
    expect(found.actors).toHaveLength(1);
    expect(found.actors[0]).toMatchObject({
      kind: 'sequence',
      requests: 900,
      distinctIds: 900,
      step: 1,
      tool: 'cURL',
    });
    expect(found.actors[0]?.networks.toSorted()).toEqual(['198.51.100.0/24', '203.0.113.0/24']);
    expect(found.taken).toEqual({ atLeast: records(900), atMost: records(900) });
    expect(found.refusals).toEqual([]);
  });

  test("people behind an exit are none of its look-ups, and the times are the walk's", () => {
    const crowd = people('a').map((hit) =>
      hit.address < '192.0.2.2' ? { ...hit, address: EXITS[0]! } : hit,
    );
    const mine = sweep(900, () => ({ agent: BROWSER }));
    const found = assess([...crowd, ...mine]);
    expect(crowd.filter(({ address }) => address === EXITS[0]).length).toBeGreaterThan(60);
    expect(found.actors).toMatchObject([
      { requests: 900, distinctIds: 900, from: START + DAY, until: START + DAY + 1_798 },
    ]);
    expect(found.taken).toEqual({ atLeast: records(900), atMost: records(900) });
  });

  test('behind a proxy that hides all addresses, the walk is told from the people', () => {
    const hidden = [...people('a'), ...sweep(900, () => ({ agent: BROWSER }))].map((hit) => ({
      ...hit,
      address: '10.0.0.5',
    }));
    const found = assess(hidden);
    expect(found.actors).toHaveLength(1);
    expect(found.taken).toEqual({ atLeast: records(900), atMost: records(900) });
    expect(found.actors[0]?.requests).toBeLessThan(905);
    expect(assess(people('a').map((hit) => ({ ...hit, address: '10.0.0.5' }))).actors).toEqual([]);
  });

  test("look-ups of the office's own addresses are left out, and the note says where to say so", () => {
    const tool = [
      ...people('a'),
      ...sweep(900, () => ({ address: '10.20.0.8', agent: 'Java/11' })),
    ];
    const found = assess(tool);
    expect(accessLogText(found)).toContain('all from private addresses');
    const left = assess(tool, undefined, null, readNetworkList('10.20.0.0/16'));
    expect(left.actors).toEqual([]);
    expect([left.lookups, left.ownLookups]).toEqual([found.lookups - 900, 900]);
    expect(accessLogText(left)).toContain('900 look-ups of your own addresses');
  });

  test('a library whose log shows no images is no machine, and a proxy is named', () => {
    const page = people('a').filter(({ target }) => target.startsWith('/lookup'));
    const event = page.slice(0, 600).map((hit, at) => {
      return { ...hit, address: '192.0.2.7', second: START + DAY + at * 6 };
    });
    const found = assess([...page, ...event]);
    expect([found.actors, found.refusals]).toEqual([[], []]);
    const hidden = assess([...page, ...event].map((hit) => ({ ...hit, address: '10.0.0.5' })));
    expect(hidden.actors).toEqual([]);
    expect(hidden.refusals.map(({ code }) => code)).toEqual(['addresses-hidden']);
  });

  test('one tool at two times is two actors', () => {
    const numbers = Array.from({ length: 400 }, (_, at) => 1_000_000 + ((at * 7_919) % 40_000));
    const later = sweep(400, (_, at) => ({
      second: START + 3 * DAY + at,
      address: '203.0.113.77',
      agent: 'curl/7.68.0',
      target: `/lookup?voterid=${numbers[at]}`,
    }));
    const first = sweep(400, () => ({ agent: 'curl/7.68.0' }));
    const found = assess([...people('a'), ...first, ...later]);
    expect(found.actors.map(({ kind, requests }) => [kind, requests])).toEqual([
      ['sequence', 400],
      ['bulk', 400],
    ]);
  });

  test('a log that names no agents tells records as well', () => {
    const bare = [...people('a'), ...sweep(900)].map((hit) => ({ ...hit, agent: '' }));
    const found = assess(bare);
    expect(found.taken).toEqual({ atLeast: records(900), atMost: records(900) });
    expect(found.actors[0]?.tool).toBe('not said');
    expect(accessLogText(found)).toMatch(/^ {2}tool {6}not said$/m);
  });

  test('blocked answers give nothing away', () => {
    const found = assess([
      ...people('a'),
      ...sweep(900, (_, at) => (at < 300 ? {} : { status: 403 })),
    ]);
    expect(found.taken).toEqual({ atLeast: records(300), atMost: records(300) });
    expect(found.actors[0]?.distinctIds).toBe(900);
  });

  test('where neither size nor status tells a record, every answer is possible and none certain', () => {
    const same = [...people('a'), ...sweep(900)].map((hit) => ({ ...hit, bytes: 4_000 }));
    const found = assess(same);
    expect(found.taken).toEqual({ atLeast: 0, atMost: 900 });
    expect(found.refusals.map(({ code }) => code)).toEqual(['hits-unproven']);
  });

  test('the notice list has the records that were returned, once, and no other output has any', () => {
    const found = assess([...people('a'), ...sweep(900), ...sweep(900)]);
    const wanted = Array.from({ length: 900 }, (_, at) => 1_010_001 + at).filter(isRecord);
    expect([...found.notice()]).toEqual(
      wanted.map((value) => ({ record: `${value}`, returned: 'yes' })),
    );
    expect(`${accessLogText(found)}${accessLogJson(found)}`).not.toMatch(/10[01]\d{4}/);
  });

  test('where the bytes are cut changes nothing', () => {
    const hits = [...people('a'), ...sweep(300)];
    const whole = assess(hits);
    fc.assert(
      fc.property(fc.integer({ min: 700, max: 90_000 }), (cut) => {
        expect(accessLogJson(assess(hits, cut))).toBe(accessLogJson(whole));
      }),
      { numRuns: 3 },
    );
  });
});

describe('numbers that the office knows', () => {
  /** "Not found" is a long page of help here, which looks like a record's own variety. */
  const odd = [...people('a'), ...sweep(900)].map((hit) =>
    hit.bytes === MISS ? { ...hit, bytes: 9_000 } : hit,
  );
  const named = (count: number): string =>
    Array.from({ length: count }, (_, at) => 1_010_001 + at)
      .map((number) => `${number},${isRecord(number) ? 'valid' : 'invalid'}`)
      .join('\n');
  const knownOf = (text: string): KnownNumbers => {
    const read = parseKnownNumbers(text);
    if (!read.ok) throw new Error('a fixture that is no list');
    return read.value;
  };

  const unaided = assess(odd).taken;

  test('tell which pages hold a record', () => {
    expect(unaided).toEqual({ atLeast: 0, atMost: 900 });
    const found = assess(odd, undefined, knownOf(`record,known\n${named(40)}`));
    expect(found.taken).toEqual({ atLeast: records(900), atMost: records(900) });
  });

  test('show that sizes tell nothing, where records and others get one page', () => {
    const same = odd.map((hit) => ({ ...hit, bytes: 4_000 }));
    expect(assess(same, undefined, knownOf(named(40))).taken).toEqual({ atLeast: 0, atMost: 900 });
  });

  test('are too few to say anything below five of each kind', () => {
    const few = assess(odd, undefined, knownOf(named(6)));
    expect(few.taken).toEqual(unaided);
  });

  test.each([
    ['12', 1],
    ['12,valid\n12,maybe', 2],
    ['record,known\nAda,valid', 2],
  ])('%j is no list, and the line is named', (text, line) => {
    expect(parseKnownNumbers(text)).toEqual({
      ok: false,
      failure: { code: 'known-numbers-malformed', line },
    });
  });
});

describe('clocks', () => {
  test('that jump back by hours are named, and records stay exact', () => {
    const slow = (hit: Hit): Hit => ({ ...hit, second: hit.second - 5 * 3_600 });
    const sorted = [...people('a'), ...sweep(900)].sort((a, b) => a.second - b.second);
    const half = Math.floor(sorted.length / 2);
    const jumping = [...sorted.slice(0, half), ...sorted.slice(half).map(slow)];
    const found = assessLines(jumping);
    expect(found.limits.map(({ code }) => code)).toContain('log-clock');
    expect(found.taken.atLeast).toBe(records(900));
    expect(found.actors).toHaveLength(1);
  });

  test('that were wrong by years for an hour leave the span alone', () => {
    const sorted = [...people('a'), ...sweep(900)].sort((a, b) => a.second - b.second);
    const wrong = sorted.map((hit, at) =>
      at >= 200 && at < 230 ? { ...hit, second: hit.second - 20 * 365 * DAY } : hit,
    );
    const found = assessLines(wrong);
    expect(found.span?.from).toBeGreaterThanOrEqual(START);
    expect(found.taken.atLeast).toBeLessThanOrEqual(records(900));
    expect(found.taken.atMost ?? 900).toBeGreaterThanOrEqual(records(900));
  });
});

describe('gaps', () => {
  const without = (hits: readonly Hit[], from: number, until: number): Hit[] =>
    hits.filter(({ second }) => second < START + from || second >= START + until);

  test('a gap that a sequence crosses is named and raises only the upper bound', () => {
    const all = [...people('a'), ...sweep(12_000)];
    const found = assess(without(all, DAY + 7_200, DAY + 21_600));
    const seen = 3_600 + (12_000 - 10_800);
    expect(found.limits.map(({ code }) => code)).toContain('log-gap');
    expect(found.actors).toHaveLength(1);
    expect(found.taken.atLeast).toBeLessThanOrEqual(seen);
    expect(found.taken.atLeast).toBeLessThanOrEqual(records(12_000));
    expect(found.taken.atMost).toBeGreaterThanOrEqual(records(12_000));
    expect(found.taken.atMost).toBe(found.taken.atLeast + 7_200);
    expect(found.actors[0]?.gaps).toMatchObject([{ numbers: 7_200 }]);
    const list = [...found.notice()];
    expect(list).toHaveLength(found.taken.atMost ?? 0);
    const unlogged = list.flatMap(({ record, returned }) =>
      returned === 'unlogged' ? record : [],
    );
    expect([unlogged[0], unlogged.at(-1)]).toEqual(['1013601', '1020800']);
  });

  test('a gap at an hour when only the sequence is there is named all the same', () => {
    const byDay = people('a').filter(({ second }) => second % DAY >= 6 * 3_600);
    const all = [...byDay, ...sweep(4_500)];
    const found = assess(without(all, DAY + 3_600, DAY + 7_200));
    expect(found.gaps).toEqual([]);
    expect(found.limits.map(({ code }) => code)).toEqual(['log-gap']);
    expect(found.actors[0]?.gaps).toMatchObject([{ numbers: 1_800 }]);
    expect(accessLogText(found)).toMatch(
      /gap +the log has no lines from 2020-10-06T01:00:00Z to 2020-10-06T01:59:59Z; 1,800 numbers were passed over meanwhile/,
    );
  });

  test('a gap in which the sequence ends unseen refuses the upper number', () => {
    const all = [...people('a'), ...sweep(9_000)];
    const found = assess(without(all, DAY + 7_200, DAY + 36_000));
    expect(found.taken.atMost).toBeNull();
    expect(found.refusals.map(({ code }) => code)).toEqual(['gap-unbounded']);
  });

  test('a log that begins in the middle of it refuses the upper number', () => {
    const all = [...people('a'), ...sweep(900)];
    const found = assess(without(all, 0, DAY + 600));
    expect(found.taken.atMost).toBeNull();
    expect(found.refusals.map(({ code }) => code)).toEqual(['log-starts-within']);
  });
});

test('numbers in bodies give counts and no list', () => {
  const post = (hit: Hit): Hit =>
    hit.target.startsWith('/lookup')
      ? { ...hit, agent: hit.agent.slice(0, 8), method: 'POST', target: '/lookup' }
      : hit;
  const found = assess([...people('a'), ...sweep(900)].map(post));
  expect(found.actors).toMatchObject([{ kind: 'no-numbers', distinctIds: null }]);
  expect(found.taken.atLeast).toBeGreaterThan(0);
  expect(found.taken.atLeast).toBeLessThanOrEqual(records(900));
  expect(found.taken.atMost).toBe(records(900));
  expect(found.refusals.map(({ code }) => code)).toEqual(['numbers-not-logged']);
  expect([...found.notice()]).toEqual([]);
});

test('probes are counted by kind, with what was answered', () => {
  const probe = { second: START, address: '203.0.113.9', agent: 'x', bytes: 10 };
  const found = assess([
    ...people('a'),
    { ...probe, target: '/lookup?voterid[$acunetix]=1' },
    { ...probe, target: '/lookup?voterid=1%27%20or%201=1--', status: 500 },
  ]);
  expect(found.probes.map(({ kind, requests, answered }) => [kind, requests, answered])).toEqual([
    ['scanner', 1, 1],
    ['injection', 1, 0],
  ]);
});
