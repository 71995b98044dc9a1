import {
  assessAccessLog,
  createAccessLogReader,
  createMemorySpool,
  type KnownNumbers,
  type ReadLog,
} from '../../src/core/access-log/index.ts';
import { randomFrom } from '../../src/core/base/index.ts';
import type { NetworkList } from '../../src/core/web-log/index.ts';
import { nodeKernels } from '../../src/host/kernels/index.ts';

/** A request to an invented look-up page. */
export interface Hit {
  readonly second: number;
  readonly address: string;
  readonly agent: string;
  readonly target: string;
  readonly method?: string;
  readonly status?: number;
  readonly bytes: number;
}

export const START = Date.UTC(2020, 9, 5) / 1000;
export const BROWSER = 'Mozilla/5.0 (Windows NT 10.0) Chrome/85.0 Safari/537.36';
export const DAY = 86_400;
export const MISS = 3_100;
/** Three of five numbers are records; their pages are larger and differ. */
export const isRecord = (number: number): boolean => (number * 7) % 5 > 1;
export const sizeOf = (number: number): number =>
  isRecord(number) ? 5_200 + ((number * 7919) % 200) : MISS;

/** The same hits stand in many logs. */
const LINES = new WeakMap<Hit, string>();
function line(hit: Hit): string {
  const kept = LINES.get(hit) ?? rendered(hit);
  LINES.set(hit, kept);
  return kept;
}

function rendered({
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
export function people(seed: string, numbers = 40_000): readonly Hit[] {
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

export const EXITS = ['198.51.100.9', '203.0.113.5', '203.0.113.200'];

/** One who asks for number after number from 1,010,001, every two seconds, from three exits. */
export function sweep(
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

/** What is found in these requests, in the order of their times. */
export function assess(
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
export function assessLines(
  hits: readonly Hit[],
  cut = 1 << 20,
  known: KnownNumbers | null = null,
  own: NetworkList | null = null,
  tear: (text: string, at: number) => string = (text) => text,
) {
  const lines = hits.map((hit, at) => tear(line(hit), at));
  return assessAccessLog(readLog(lines, cut, known, own));
}

/** The first reading alone: what is kept of these requests. */
export const readHits = (hits: readonly Hit[]): ReadLog => readLog(hits.map(line));

function readLog(
  lines: readonly string[],
  cut = 1 << 20,
  known: KnownNumbers | null = null,
  own: NetworkList | null = null,
): ReadLog {
  const bytes = nodeKernels.encode(`${lines.join('\n')}\n`);
  const order = { kernels: nodeKernels, spool: createMemorySpool(), parameter: null, known, own };
  const reader = createAccessLogReader(order);
  const piece = reader.piece('log');
  for (let at = 0; at < bytes.length; at += cut) piece.add(bytes.subarray(at, at + cut));
  piece.end();
  return reader.log;
}

/** How many of the first so many numbers of a sweep are records. */
export const records = (count: number): number =>
  Array.from({ length: count }, (_, at) => 1_010_001 + at).filter(isRecord).length;
