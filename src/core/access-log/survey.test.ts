import { describe, expect, test } from 'vitest';
import { BROWSER, type Hit, MISS, readHits, START, sizeOf } from '../../../test/kit/portal-log.ts';
import { hidesAddresses } from './bulk.ts';
import { survey } from './survey.ts';

/** One look-up of a person with a browser, who fetches the page's style before it unless told. */
const visit = (person: number, number: number, change: Partial<Hit> = {}): Hit[] => {
  const who = {
    address: `192.0.2.${person}`,
    agent: BROWSER,
    second: START + person * 60,
    ...change,
  };
  return [
    { ...who, target: '/site.css', bytes: 900 },
    { ...who, target: `/lookup?voterid=${number}`, bytes: sizeOf(number), ...change },
  ];
};
const isLookup = ({ target }: Hit): boolean => target.startsWith('/lookup');
const crowd = Array.from({ length: 200 }, (_, at) => visit(at + 1, 1_000_000 + at * 101)).flat();

function ordinary(hits: readonly Hit[], address: string, agent = BROWSER): boolean {
  const log = readHits(hits);
  return survey(log).isOrdinary(log.clients.row(address, agent));
}

describe('who is an ordinary visitor', () => {
  const at = '203.0.113.7';
  const many = (count: number): Hit[] =>
    Array.from({ length: count }, (_, n) => visit(1, 1_000_000 + n * 31, { address: at })).flat();

  test.each([
    [20, true],
    [21, false],
  ])('one with %i look-ups: %s', (count, is) => {
    expect(ordinary([...crowd, ...many(count)], at)).toBe(is);
  });

  test('fetches what the page brings along, where the log shows that visitors do', () => {
    const bare = many(3).filter(isLookup);
    expect(ordinary([...crowd, ...bare], at)).toBe(false);
    // A content network serves images and styles: their absence tells nothing.
    expect(ordinary([...crowd.filter(isLookup), ...bare], at)).toBe(true);
    // One visitor in twenty who fetches them shows that they are logged.
    const few = crowd.filter((hit, n) => isLookup(hit) || n < 22);
    expect(ordinary([...few, ...bare], at)).toBe(false);
    const fewer = crowd.filter((hit, n) => isLookup(hit) || n < 18);
    expect(ordinary([...fewer, ...bare], at)).toBe(true);
  });

  test('names a browser, unless the log names no agents', () => {
    const nameless = many(3).map((hit) => ({ ...hit, agent: '' }));
    const script = many(3).map((hit) => ({ ...hit, agent: 'curl/7.68.0' }));
    expect(ordinary([...crowd, ...nameless], at, '')).toBe(false);
    expect(ordinary([...crowd, ...script], at, 'curl/7.68.0')).toBe(false);
    const bare = [...crowd, ...nameless].map((hit) => ({ ...hit, agent: '' }));
    expect(ordinary(bare, at, '')).toBe(true);
  });
});

/** What requests are look-ups of, in the words that a person is shown. */
function chosen(hits: readonly Hit[]): readonly string[] {
  const log = readHits(hits);
  const { chosen: is } = survey(log);
  return log.series.all.flatMap(({ index, slot }) =>
    is[index] ? [log.targets.slots[slot]!.shown] : [],
  );
}

describe('which parameter is the record number', () => {
  const asked = (count: number, query: (n: number) => string): Hit[] =>
    Array.from({ length: count }, (_, n) => ({
      ...visit(n % 250, 0)[1]!,
      target: `/lookup?${query(n)}`,
    }));

  test('one that is named so, though another number of the request varies more', () => {
    const hits = asked(
      300,
      (n) => `q=${500_000 + n * 17}&voterid=${1_000_000 + Math.floor(n / 3) * 9}`,
    );
    expect(chosen(hits)).toEqual(['/lookup?voterid=']);
  });

  test('of two without such a name, the one that varies more', () => {
    const hits = asked(600, (n) => `aa=${500_000 + Math.floor(n / 3)}&bb=${700_000 + n * 3}`);
    expect(chosen(hits)).toEqual(['/lookup?bb=']);
  });

  test.each([
    ['voterid', 20, true],
    ['voterid', 19, false],
    ['qq', 100, true],
    ['qq', 99, false],
  ])('%s, once %i different numbers were asked for: %s', (name, count, is) => {
    expect(chosen(asked(count, (n) => `${name}=${1_000_000 + n * 7}`))).toHaveLength(is ? 1 : 0);
  });

  test('none that holds dates', () => {
    const day = (n: number): number => 20_200_101 + (n % 28);
    expect(chosen(asked(120, (n) => `qq=${day(n)}`))).toEqual([]);
  });
});

describe('how near to each other look-ups of visitors lie', () => {
  const nearness = (numbers: readonly number[]): number =>
    survey(readHits(numbers.flatMap((number, at) => visit(at + 1, number)))).nearness[0]!;
  const spread = (count: number, step: number): number[] =>
    Array.from({ length: count }, (_, at) => 1_000_000 + at * step);

  test('is the share of pairs within 64 of each other', () => {
    expect(nearness(spread(40, 1))).toBe(1);
    expect(nearness(spread(40, 64))).toBeCloseTo((2 * 39) / (40 * 39), 12);
    expect(nearness(spread(40, 65))).toBe(0);
    expect(nearness(spread(40, 32))).toBeCloseTo((2 * (39 + 38)) / (40 * 39), 12);
  });

  test('leaves the same number out: one who asks twice says nothing of order', () => {
    const twice = spread(20, 1_000).flatMap((number) => [number, number]);
    expect(nearness(twice)).toBe(0);
  });
});

test('one page that a monitor asks for all day does not teach how the page answers', () => {
  const watch = Array.from({ length: 2_000 }, (_, at) => ({
    ...{ second: START + at * 100, address: '203.0.113.9', agent: 'Zabbix' },
    ...{ target: '/lookup?voterid=1000001', bytes: 700 },
  }));
  const log = readHits([...crowd, ...watch]);
  const [model] = survey(log).outcomes;
  expect(model?.of(200, MISS)).toBe('miss');
  expect(model?.of(200, 5_300)).toBe('hit');
  expect(model?.of(200, 700)).toBe('unclear');
});

describe('whether a proxy hides who asks', () => {
  const from = (...counts: readonly number[]): boolean =>
    hidesAddresses(
      readHits(
        counts.flatMap((count, at) =>
          Array.from({ length: count }, (_, n) => ({
            ...{ second: START + n, address: `10.${at}.0.5`, agent: BROWSER, bytes: 900 },
            target: `/lookup?voterid=${1_000_000 + n}`,
          })),
        ),
      ).clients,
    );

  test('is said where most look-ups come from one network', () => {
    expect(from(600)).toBe(true);
    expect(from(300, 300)).toBe(true);
    expect(from(200, 200, 201)).toBe(false);
  });

  test('is not said of few look-ups, nor where many addresses are seen', () => {
    expect(from(500)).toBe(true);
    expect(from(499)).toBe(false);
    expect(from(600, ...Array.from({ length: 48 }, () => 1))).toBe(true);
    expect(from(600, ...Array.from({ length: 49 }, () => 1))).toBe(false);
  });
});
