import { MONTHS } from '../../src/core/base/index.ts';
import { BROWSERS, OLD_BROWSER } from '../../src/core/invented/index.ts';
import { createRandom, type Random } from './random.ts';

/**
 * What happens to an invented look-up page in an invented month. `ordinary`: people, a kiosk,
 * clerks with batches, a monitor, crawlers, and nobody who enumerates. The others add one actor:
 * `sequence` one script; `exits` four workers behind forty VPN exits, a browser's name; `shuffled`
 * a script in no order; `gap` exits and a hole in the log while they work; `body` numbers in POST
 * bodies; `blurred` pages of which some sizes do not tell a record from "not found".
 */
export type LogKind = 'ordinary' | 'sequence' | 'exits' | 'shuffled' | 'gap' | 'body' | 'blurred';

export interface LogOrder {
  readonly seed: number;
  readonly kind: LogKind;
  /** Visits of ordinary people in the month. */
  readonly visits: number;
  /** Numbers that the actor tries. */
  readonly tried: number;
  readonly form: 'combined' | 'w3c' | 'json';
}

export interface GeneratedLog {
  /** In the order of the log. */
  readonly lines: readonly string[];
  /** Distinct records that the actor was given, whether logged or not. */
  readonly taken: number;
  readonly numbers: ReadonlySet<number>;
  readonly gap: { readonly from: number; readonly until: number } | null;
}

interface Sent {
  readonly second: number;
  readonly address: string;
  readonly method: string;
  readonly target: string;
  readonly status: number;
  readonly bytes: number;
  readonly agent: string;
}

const START = Date.UTC(2020, 8, 1) / 1000;
const DAYS = 30;
const BASE = 110_000_000;
const CURL = 'curl/7.68.0';

/** The page: which numbers are taken, and how large its answers are. */
interface Page {
  readonly roll: number;
  isRecord(number: number): boolean;
  answer(number: number): { readonly status: number; readonly bytes: number };
}

const scrambled = (number: number, salt: number): number => {
  let hash = Math.imul(number ^ salt, 0x9e37_79b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85eb_ca6b);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
};
/** Sum of four uniform draws: near normal, mean 0, deviation 1. */
const bell = (number: number, salt: number): number =>
  [1, 2, 3, 4].reduce((sum, at) => sum + scrambled(number, salt + at) - 0.5, 0) * Math.sqrt(3);

function createPage(random: Random, kind: LogKind): Page {
  const salt = random.below(1e9);
  const share = 0.4 + random.next() * 0.55;
  const roll = 40_000 + random.below(400_000);
  const [missBytes, missSpread] = kind === 'blurred' ? [5_060, 12] : [3_100 + random.below(200), 0];
  const isRecord = (number: number): boolean =>
    number >= BASE && number < BASE + roll && scrambled(number, salt) < share;
  return {
    roll,
    isRecord,
    answer(number) {
      const size = isRecord(number)
        ? 5_200 + 60 * bell(number, salt + 10)
        : missBytes + missSpread * bell(number, salt + 20);
      return { status: 200, bytes: Math.round(size) };
    },
  };
}

/** More by day than by night, less on weekends. */
function moment(random: Random): number {
  for (;;) {
    const second = START + random.next() * DAYS * 86_400;
    const hour = (second / 3600) % 24;
    const weekend = ((Math.floor(second / 86_400) + 4) % 7) % 6 === 0;
    const share =
      (0.08 + 0.92 * Math.max(0, Math.sin(((hour - 6) / 18) * Math.PI))) * (weekend ? 0.5 : 1);
    if (random.chance(share)) return Math.floor(second);
  }
}

const address = (random: Random): string =>
  `198.${18 + random.below(2)}.${random.below(256)}.${1 + random.below(254)}`;

/** The path of the look-up and how the number is sent there. */
const lookup = (page: Page, kind: LogKind, number: number) => ({
  ...page.answer(number),
  ...(kind === 'body'
    ? { method: 'POST', target: '/voter/lookup' }
    : { method: 'GET', target: `/voter/lookup?voterid=${number}&lang=en` }),
});

function visit(random: Random, page: Page, kind: LogKind): Sent[] {
  const second = moment(random);
  const who = { address: address(random), agent: random.pick(BROWSERS) };
  const out: Sent[] = [
    { ...who, second, method: 'GET', target: '/voter/', status: 200, bytes: 8_120 },
  ];
  for (const asset of ['site.css', `app.js?v=${1_600_000}`, 'seal.png']) {
    out.push({
      ...who,
      second: second + 1,
      method: 'GET',
      target: `/static/${asset}`,
      status: 200,
      bytes: 20_000,
    });
  }
  for (let turn = 0; turn === 0 || (turn < 4 && random.chance(0.25)); turn++) {
    let number = BASE + random.below(page.roll);
    for (let tries = 0; tries < 40 && !page.isRecord(number); tries++)
      number = BASE + random.below(page.roll);
    if (random.chance(0.07)) number += 900_000_000 % (1 + random.below(97));
    out.push({ ...who, second: second + 20 + turn * 30, ...lookup(page, kind, number) });
  }
  if (random.chance(0.2)) {
    const target = `/voter/search?last=O%27Brien&first=Pat&dob=1961-0${1 + random.below(9)}-11&_=${second}123`;
    out.push({ ...who, second: second + 90, method: 'GET', target, status: 200, bytes: 4_000 });
  }
  return out;
}

/** Everything regular that is no enumeration. */
function traps(random: Random, page: Page, kind: LogKind): Sent[] {
  const out: Sent[] = [];
  const ask = (second: number, from: string, agent: string, number: number): void =>
    void out.push({ second, address: from, agent, ...lookup(page, kind, number) });
  for (let second = START; second < START + DAYS * 86_400; second += 300) {
    if (kind !== 'body') ask(second, '192.0.2.10', CURL, BASE + 7);
  }
  for (let day = 0; day < DAYS; day++) {
    for (let turn = 0; turn < 60; turn++) {
      const second = START + day * 86_400 + 32_400 + turn * 480 + random.below(300);
      ask(second, '192.0.2.77', BROWSERS[0]!, BASE + random.below(page.roll));
    }
    if (day % 3 !== 0) continue;
    const first = BASE + random.below(page.roll);
    const pace = 12 + random.below(20);
    for (let turn = 0; turn < 40; turn++) {
      ask(START + day * 86_400 + 50_000 + turn * pace, '192.0.2.81', BROWSERS[3]!, first + turn);
    }
  }
  const crawler = 'Mozilla/5.0 (compatible; Examplebot/2.1; +http://bot.example/)';
  for (let at = 0; at < 400; at++) {
    const second = START + 200_000 + at * 11;
    const date = new Date((START + at * 86_400) * 1000)
      .toISOString()
      .slice(0, 10)
      .replaceAll('-', '');
    for (const target of [
      `/news?page=${10_000 + at}`,
      `/calendar?on=${date}`,
      `/news/${100_000 + at}`,
    ]) {
      out.push({
        second,
        address: '203.0.113.9',
        agent: crawler,
        method: 'GET',
        target,
        status: 200,
        bytes: 9_000 + at,
      });
    }
  }
  return out;
}

/** The numbers in the order in which the actor tries them, each with its moment. */
function attempts(
  random: Random,
  page: Page,
  order: LogOrder,
): readonly (readonly [number, number])[] {
  const { kind, tried } = order;
  const first = BASE + random.below(Math.max(1, page.roll - tried));
  const workers = kind === 'exits' || kind === 'gap' || kind === 'blurred' ? 4 : 1;
  const numbers = Array.from({ length: tried }, (_, at) => first + at);
  const tries = kind === 'shuffled' ? random.shuffled(numbers) : numbers;
  const pace = 0.3 + random.next() * 2.5;
  let second = START + 7 * 86_400 + random.below(86_400 * 5);
  return tries.map((number) => {
    second += pace * (0.5 + random.next());
    if (random.chance(0.0005)) second += random.below(7_200);
    return [number, second + random.next() * (workers - 1) * pace] as const;
  });
}

function actor(
  random: Random,
  page: Page,
  kind: LogKind,
  tries: readonly (readonly [number, number])[],
): Sent[] {
  const single = kind === 'sequence' || kind === 'shuffled';
  const exits = Array.from(
    { length: single ? 1 : 40 },
    () => `203.0.${random.below(100)}.${1 + random.below(254)}`,
  );
  const agent = single || (kind === 'body' && random.chance(0.5)) ? CURL : OLD_BROWSER;
  const out: Sent[] = [];
  for (const [number, second] of tries) {
    const again = kind === 'body' && random.chance(0.1) ? 2 : 1;
    for (let turn = 0; turn < again; turn++) {
      const when = Math.floor(second) + turn;
      out.push({ second: when, address: random.pick(exits), agent, ...lookup(page, kind, number) });
    }
  }
  return out;
}

/** Draws one month of log with its truth. */
export function generateAccessLog(order: LogOrder): GeneratedLog {
  const random = createRandom(order.seed);
  const page = createPage(random, order.kind);
  const sent: Sent[] = traps(random, page, order.kind);
  for (let at = 0; at < order.visits; at++) sent.push(...visit(random, page, order.kind));
  const numbers = new Set<number>();
  let gap: GeneratedLog['gap'] = null;
  if (order.kind !== 'ordinary') {
    const tries = attempts(random, page, order);
    for (const [number] of tries) if (page.isRecord(number)) numbers.add(number);
    const own = actor(random, page, order.kind, tries);
    sent.push(...own);
    if (order.kind === 'gap') gap = holeIn(random, own);
  }
  const kept = sent.filter(({ second }) => gap === null || second < gap.from || second > gap.until);
  kept.sort((a, b) => a.second - b.second);
  const head = order.form === 'w3c' ? [W3C_HEAD] : [];
  return {
    lines: [...head, ...kept.map((each) => written(each, order.form))],
    taken: numbers.size,
    numbers,
    gap,
  };
}

/** A hole well inside the actor's work. */
function holeIn(
  random: Random,
  own: readonly Sent[],
): { readonly from: number; readonly until: number } {
  const [first, last] = [own[0]!.second, own.at(-1)!.second];
  // At most a third of the work: no log tells of an actor whose every line is lost.
  const third = Math.max(1, Math.floor((last - first) / 3));
  const length = Math.min(third, 1_800 + random.below(third));
  const from = first + Math.floor((last - first - length) * (0.2 + random.next() * 0.5));
  return { from, until: from + length };
}

const W3C_HEAD =
  '#Fields: date time c-ip cs-method cs-uri-stem cs-uri-query sc-status sc-bytes cs(User-Agent)';

/** One line of the log. */
function written(sent: Sent, form: LogOrder['form']): string {
  const { second, address: from, method, target, status, bytes, agent } = sent;
  const iso = new Date(second * 1000).toISOString();
  const [day, time] = [iso.slice(0, 10), iso.slice(11, 19)];
  const [path, query] = target.split('?');
  if (form === 'w3c') {
    return `${day} ${time} ${from} ${method} ${path} ${query ?? '-'} ${status} ${bytes} ${agent.replaceAll(' ', '+')}`;
  }
  if (form === 'json') {
    const row = {
      time_iso8601: iso,
      remote_addr: from,
      request_method: method,
      request_uri: target,
      status,
      body_bytes_sent: bytes,
      http_user_agent: agent,
    };
    return JSON.stringify(row);
  }
  const stamp = `${day.slice(8)}/${MONTHS[Number(day.slice(5, 7)) - 1]}/${day.slice(0, 4)}:${time} +0000`;
  return `${from} - - [${stamp}] "${method} ${target} HTTP/1.1" ${status} ${bytes} "-" "${agent}"`;
}
