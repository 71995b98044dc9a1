import { describe, expect, test } from 'vitest';
import {
  assess,
  assessLines,
  BROWSER,
  DAY,
  EXITS,
  type Hit,
  people,
  records,
  START,
  sizeOf,
  sweep,
} from '../../../test/kit/portal-log.ts';
import { accessLogText } from './index.ts';

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

test('numbers in bodies, where no answer tells a record: each may be one, none is certain', () => {
  const post = (hit: Hit): Hit =>
    hit.target.startsWith('/lookup')
      ? { ...hit, agent: hit.agent.slice(0, 8), method: 'POST', target: '/lookup', bytes: 4_000 }
      : hit;
  const found = assess([...people('a'), ...sweep(900)].map(post));
  expect(found.taken).toEqual({ atLeast: 0, atMost: 900 });
  expect(found.actors).toMatchObject([{ kind: 'no-numbers', requests: 900 }]);
});

/** What a probe is does not depend on how many others come. */
const FEW = people('a').slice(0, 200);

test('probes are counted by kind, with what was answered', () => {
  const probe = { second: START, address: '203.0.113.9', agent: 'x', bytes: 10 };
  const found = assess([
    ...FEW,
    { ...probe, target: '/lookup?voterid[$acunetix]=1' },
    { ...probe, target: '/lookup?voterid=1%27%20or%201=1--', status: 500 },
  ]);
  expect(found.probes.map(({ kind, requests, answered }) => [kind, requests, answered])).toEqual([
    ['scanner', 1, 1],
    ['injection', 1, 0],
  ]);
});

test('a scanner that says so is told by its name, whatever it asks for', () => {
  const scan = { second: START, address: '203.0.113.9', bytes: 10, target: '/about' };
  const agent = 'Mozilla/5.0 (compatible; Nikto/2.1.6)';
  const found = assess([
    ...FEW,
    { ...scan, agent },
    { ...scan, agent, status: 404 },
    { ...scan, agent: BROWSER },
    { ...scan, agent },
  ]);
  expect(found.probes.map(({ kind, requests, answered }) => [kind, requests, answered])).toEqual([
    ['scanner-agent', 3, 2],
  ]);
  const later = { ...scan, agent, address: '198.51.100.77' };
  const twice = [
    { ...later, second: START + 50 },
    { ...scan, agent },
    { ...later, second: START + 9 },
  ];
  const [row] = assessLines([...FEW, ...twice]).probes;
  expect(row).toMatchObject({ firstSecond: START, lastSecond: START + 50 });
  expect([...row!.networks]).toEqual([
    ['198.51.100.0/24', 2],
    ['203.0.113.0/24', 1],
  ]);
});

test('lines of a sequence that are missing among other lines are told by its own pace', () => {
  const lost = sweep(900).filter(
    ({ second }) => second < START + DAY + 600 || second >= START + DAY + 900,
  );
  const others = Array.from({ length: 60 }, (_, at) => {
    const second = START + DAY + at * 30;
    return { second, address: '192.0.2.9', agent: BROWSER, target: '/', bytes: 4_000 };
  });
  const found = assess([...people('a'), ...others, ...lost]);
  expect(found.actors).toMatchObject([{ gaps: [{ numbers: 150, silent: false }] }]);
  expect(found.taken.atLeast).toBeLessThanOrEqual(records(900));
  expect(found.taken.atMost).toBe(found.taken.atLeast + 150);
  expect(accessLogText(found)).toContain('the log has no lines of this actor from');
});

test('a rest of a sequence that goes on where it stopped is no gap', () => {
  const rested = sweep(900, (_, at) => ({ second: START + DAY + at * 2 + (at < 400 ? 0 : 5_000) }));
  const found = assess([...people('a'), ...rested]);
  expect(found.actors).toMatchObject([{ gaps: [], requests: 900 }]);
  expect(found.taken).toEqual({ atLeast: records(900), atMost: records(900) });
});

test('a silence that habit finds odd leaves look-ups in no order without an upper number', () => {
  const mixed = sweep(900, (_, at) => {
    const number = 1_010_001 + ((at * 367) % 900);
    const target = `/lookup?voterid=${number}`;
    return { second: START + DAY + at * 6, target, bytes: sizeOf(number), agent: 'curl/7.68.0' };
  });
  const all = [...people('a'), ...mixed];
  expect(assess(all).taken).toEqual({ atLeast: records(900), atMost: records(900) });
  const from = START + DAY + 900;
  const found = assess(all.filter(({ second }) => second < from || second >= from + 3_000));
  expect(found.gaps).toEqual([]);
  expect(found.refusals.map(({ code }) => code)).toEqual(['gap-unbounded']);
  expect(found.actors[0]?.gaps).toMatchObject([{ numbers: 0, silent: true }]);
});

test("look-ups that may be other people's raise the upper number alone", () => {
  const page = people('a').filter(({ target }) => target.startsWith('/lookup'));
  const crowd = page.map((hit) =>
    hit.address < '192.0.2.11' ? { ...hit, address: EXITS[0]! } : hit,
  );
  const found = assess([...crowd, ...sweep(900, () => ({ agent: BROWSER }))]);
  expect(found.taken.atLeast).toBe(records(900));
  expect(found.taken.atMost).toBeGreaterThan(records(900));
  const [actor] = found.actors;
  expect(actor).toMatchObject({ requests: 900, distinctIds: 900, from: START + DAY });
  expect(actor?.doubtful).toBeGreaterThan(30);
  expect([...found.notice()]).toHaveLength(found.taken.atMost ?? 0);
  expect(accessLogText(found)).toMatch(/beside +\d+ look-ups from the same addresses may be/);
});

test('lines of its time that cannot be read raise the upper number and are named', () => {
  const all = [...people('a'), ...sweep(900)].sort((a, b) => a.second - b.second);
  const found = assessLines(all, 1 << 20, null, null, (text, at) =>
    at % 40 === 0 ? text.slice(0, 30) : text,
  );
  const torn = all.filter((hit, at) => at % 40 === 0 && EXITS.includes(hit.address)).length;
  expect(torn).toBeGreaterThan(5);
  expect(found.taken.atLeast).toBeLessThan(records(900));
  expect(found.taken.atMost).toBeGreaterThanOrEqual(records(900));
  expect(found.actors[0]?.unread).toBeGreaterThanOrEqual(torn);
  expect(accessLogText(found)).toMatch(/unread +\d+ lines of that time could not be read/);
});

test.each<[string, (at: number) => string]>([
  ['tries a hole', (at) => `/lookup?voterid[$acunetix]=${1_010_001 + at}`],
  ['counts by its own clock', (at) => `/feed?since=${START + at * 2}`],
  ['counts by its own clock in milliseconds', (at) => `/feed?since=${(START + at * 2) * 1_000}`],
  ['numbers its pages', (at) => `/feed?batch=${at + 1}`],
])('a request that %s looks nobody up', (_, target) => {
  const hits = sweep(900, (_number, at) => ({ target: target(at), second: START + at * 2 }));
  const found = assess([...FEW, ...hits]);
  expect(found.actors).toEqual([]);
  expect(found.taken).toEqual({ atLeast: 0, atMost: 0 });
});
