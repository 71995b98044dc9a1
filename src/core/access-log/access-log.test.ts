import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  assess,
  BROWSER,
  DAY,
  EXITS,
  type Hit,
  isRecord,
  MISS,
  people,
  records,
  START,
  sizeOf,
  sweep,
} from '../../../test/kit/portal-log.ts';
import { readNetworkList } from '../web-log/index.ts';
import { accessLogJson, accessLogText, type KnownNumbers, parseKnownNumbers } from './index.ts';

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

  test('a sequence that goes down, and rests on the way, is one actor as well', () => {
    const down = sweep(900, (_, at) => {
      const number = 1_010_900 - at;
      const second = START + DAY + at * 2 + (at < 400 ? 0 : 5_000);
      return { second, target: `/lookup?voterid=${number}`, bytes: sizeOf(number) };
    });
    const found = assess([...people('a'), ...down]);
    expect(found.actors).toMatchObject([{ kind: 'sequence', requests: 900, step: -1, gaps: [] }]);
    expect(found.taken).toEqual({ atLeast: records(900), atMost: records(900) });
  });

  test("a browser's name that fetches nothing, from several addresses, is one actor", () => {
    const agent = 'Mozilla/5.0 (X11; Linux x86_64) Firefox/78.0';
    const drawn = (pause: number, addresses: number): Hit[] =>
      Array.from({ length: 600 }, (_, at) => {
        const number = 1_010_001 + ((at * 367) % 900);
        const address = `198.51.100.${1 + (at % addresses)}`;
        const second = START + DAY + at * pause;
        return {
          ...{ second, address, agent, bytes: sizeOf(number) },
          target: `/lookup?voterid=${number}`,
        };
      });
    const found = assess([...people('a'), ...drawn(11, 3)]);
    expect(found.actors).toMatchObject([{ kind: 'bulk', requests: 600, networkCount: 1 }]);
    // Two are a kiosk or two; and so many in an hour is what it takes.
    expect(assess([...people('a'), ...drawn(11, 2)]).actors).toEqual([]);
    expect(assess([...people('a'), ...drawn(13, 3)]).actors).toEqual([]);
  });

  test('requests to a proxy, which name the host, are the same look-ups', () => {
    const named = [...people('a'), ...sweep(900)].map((hit) => ({
      ...hit,
      target: `https://portal.example${hit.target}`,
    }));
    const { taken, actors } = assess(named);
    expect(taken).toEqual({ atLeast: records(900), atMost: records(900) });
    expect(actors[0]?.pages).toEqual(['/lookup?voterid=']);
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

  test('where an unknown number is told by its status, the status counts', () => {
    const told = [...people('a'), ...sweep(900)].map((hit) =>
      hit.bytes === MISS ? { ...hit, status: 404, bytes: 4_000 } : hit,
    );
    const found = assess(told);
    expect(found.taken).toEqual({ atLeast: records(900), atMost: records(900) });
    expect(found.refusals).toEqual([]);
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
