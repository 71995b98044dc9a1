import { MONTHS, type Random } from '../base/index.ts';

/** What the look-up page of state A answers, and how much it is used. */
export interface LookupOrder {
  /** Record numbers that the page shows something for. */
  readonly records: ReadonlySet<number>;
  /** Numbers that are tried one after the other, both included. */
  readonly from: number;
  readonly until: number;
  /** Visits of ordinary people in the five weeks. */
  readonly visits: number;
}

/** What is true of the log. */
export interface LookupTruth {
  /** Distinct records that the script was given; those whose lines are in the log. */
  readonly taken: number;
  readonly logged: number;
  readonly requests: number;
  /** Seconds since 1970. */
  readonly from: number;
  readonly until: number;
  readonly gaps: readonly { readonly from: number; readonly until: number }[];
}

/** One request: second since 1970, and the line that the server wrote. */
export type LogLine = readonly [second: number, line: string];

const SPAN_FROM = Date.UTC(2020, 8, 15) / 1000;
const SPAN_UNTIL = Date.UTC(2020, 9, 22) / 1000;
/** Scans by tools, then the script's work (alert AA20-304A). */
const SCANS = [Date.UTC(2020, 8, 20, 3) / 1000, Date.UTC(2020, 8, 28, 22) / 1000] as const;
const SCRIPT_DAYS = [
  Date.UTC(2020, 8, 29, 2),
  Date.UTC(2020, 9, 1, 21),
  Date.UTC(2020, 9, 3, 4),
  Date.UTC(2020, 9, 6, 21),
  Date.UTC(2020, 9, 9, 1),
  Date.UTC(2020, 9, 11, 19),
  Date.UTC(2020, 9, 14, 3),
  Date.UTC(2020, 9, 17, 14),
].map((time) => time / 1000);
/** The session in which the server's disk was full for a while, and how long each takes. */
const SESSION_WITH_GAP = 3;
const SESSION_SECONDS = 9_000;
const GAP_SECONDS = 5_400;

/** What people's browsers of 2020 called themselves. */
export const BROWSERS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/85.0.4183.102 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 13_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.1.2 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_6) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.1.2 Safari/605.1.15',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:80.0) Gecko/20100101 Firefox/80.0',
  'Mozilla/5.0 (Linux; Android 10; SM-G960U) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/85.0.4183.81 Mobile Safari/537.36',
];
/** What a tool of that year pretends to be. */
export const OLD_BROWSER =
  'Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/41.0.2228.0 Safari/537.36';
const CURL = ['curl/7.68.0', 'curl/7.64.1'];

/** Every line of the log in the order of time, without those that the gap swallowed. */
export function lookupLog(
  order: LookupOrder,
  random: Random,
): { readonly lines: readonly LogLine[]; readonly truth: LookupTruth } {
  const answer = pageOf(order.records, random.fork('page'));
  const lines: LogLine[] = [];
  for (let visit = 0; visit < order.visits; visit++) addVisit(lines, order, answer, random);
  addMonitor(lines);
  addScans(lines, random.fork('scans'));
  const script = scriptLines(order, answer, random.fork('script'));
  const gap = gapIn(script.lines);
  const isKept = ([second]: LogLine): boolean => second < gap.from || second > gap.until;
  const given = new Set<number>();
  const logged = new Set<number>();
  for (const [at, line] of script.lines.entries()) {
    const number = script.numbers[at] ?? 0;
    if (!order.records.has(number)) continue;
    given.add(number);
    if (isKept(line)) logged.add(number);
  }
  const seconds = script.lines.map(([second]) => second);
  return {
    lines: [...lines, ...script.lines].filter(isKept).sort(([a], [b]) => a - b),
    truth: {
      taken: given.size,
      logged: logged.size,
      requests: script.lines.filter(isKept).length,
      from: seconds.reduce((low, second) => Math.min(low, second)),
      until: seconds.reduce((high, second) => Math.max(high, second)),
      gaps: [gap],
    },
  };
}

/** In the middle of one afternoon's session, so that numbers go on behind it. */
function gapIn(script: readonly LogLine[]) {
  const start = SCRIPT_DAYS[SESSION_WITH_GAP] ?? 0;
  const first = script.find(([second]) => second >= start)?.[0] ?? start;
  const from = first + Math.floor((SESSION_SECONDS - GAP_SECONDS) / 2);
  return { from, until: from + GAP_SECONDS };
}

type Answer = (number: number) => { readonly status: number; readonly bytes: number };

/** A page for a record is larger than the one that says there is none, and differs by the name. */
function pageOf(records: ReadonlySet<number>, random: Random): Answer {
  const salt = random.between(1, 1_000_000);
  return (number) =>
    records.has(number)
      ? { status: 200, bytes: 5_140 + (Math.imul(number ^ salt, 0x9e37_79b1) >>> 26) }
      : { status: 200, bytes: 3_118 };
}

interface Request {
  readonly second: number;
  readonly address: string;
  readonly target: string;
  readonly status: number;
  readonly bytes: number;
  readonly agent: string;
}

/** The combined form of Apache and nginx, in UTC. */
function lineOf({ second, address, target, status, bytes, agent }: Request): LogLine {
  const iso = new Date(second * 1000).toISOString();
  const month = MONTHS[Number(iso.slice(5, 7)) - 1];
  const stamp = `${iso.slice(8, 10)}/${month}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
  return [
    second,
    `${address} - - [${stamp}] "GET ${target} HTTP/1.1" ${status} ${bytes} "-" "${agent}"`,
  ];
}

/** More by day than by night, in a state nine hours behind UTC; less on weekends. */
function moment(random: Random): number {
  for (;;) {
    const second = SPAN_FROM + random.unit() * (SPAN_UNTIL - SPAN_FROM);
    const hour = (second / 3600 + 15) % 24;
    const weekend = ((Math.floor(second / 86_400) + 4) % 7) % 6 === 0;
    const day = 0.1 + 0.9 * Math.max(0, Math.sin(((hour - 5) / 19) * Math.PI));
    if (random.chance(day * (weekend ? 0.6 : 1))) return Math.floor(second);
  }
}

const LOOKUP = '/voter/lookup?voterid=';

function addVisit(lines: LogLine[], order: LookupOrder, answer: Answer, random: Random): void {
  const second = moment(random);
  const address = `2001:db8:${random.between(4096, 8191).toString(16)}:${random.hex(3)}::${random.between(1, 99)}`;
  const who = { address, agent: random.pick(BROWSERS) };
  const add = (after: number, target: string, bytes: number): void =>
    void lines.push(lineOf({ ...who, second: second + after, target, status: 200, bytes }));
  add(0, '/voter/', 8_120);
  add(1, '/static/site.css', 20_311);
  add(1, '/static/app.js?v=16', 48_007);
  if (random.chance(0.5)) add(2, '/static/seal.png', 9_951);
  for (let turn = 0; turn === 0 || (turn < 4 && random.chance(0.25)); turn++) {
    const number = ownNumber(order, random);
    add(random.between(15, 40) + turn * 35, `${LOOKUP}${number}`, answer(number).bytes);
  }
}

/** People mistype one number in twenty, and few of those who look have no record. */
function ownNumber({ records, from, until }: LookupOrder, random: Random): number {
  const reach = Math.floor((until - from) * 1.09);
  for (let tried = 0; tried < 40; tried++) {
    const number = from + random.between(0, reach);
    if (records.has(number) || random.chance(0.01)) return number;
  }
  return from;
}

const MONITOR_SECONDS = 600;

function addMonitor(lines: LogLine[]): void {
  const who = { address: '198.51.100.77', agent: 'uptime-probe/2', target: '/health' };
  for (let second = SPAN_FROM; second < SPAN_UNTIL; second += MONITOR_SECONDS)
    lines.push(lineOf({ ...who, second, status: 200, bytes: 2 }));
}

/** Probes with a scanner's suffixes and an old browser's name: none of them is given a record. */
const PROBES = [
  '/voter/lookup?voterid[$acunetix]=1',
  '/voter/lookup?voterid=%27%20OR%201%3D1--',
  '/voter/register?first=%27%7C%7Csleep(5)%23&last=x',
  '/voter/lookup?voterid=1%20UNION%20SELECT%20NULL--',
  '/voter/../../../../etc/passwd',
  '/voter/register?dob=%22%3E%3Cscript%3Ealert(1)%3C/script%3E',
];

function addScans(lines: LogLine[], random: Random): void {
  const [from, until] = SCANS;
  for (let burst = 0; burst < 14; burst++) {
    const start = from + Math.floor(((until - from) * (burst + random.unit())) / 14);
    const address = `192.0.2.${random.between(20, 60)}`;
    for (let turn = 0; turn < 60; turn++) {
      const status = random.pick([400, 403, 404, 500]);
      const second = Math.min(until, start + turn * random.between(1, 3));
      const target = random.pick(PROBES);
      lines.push(lineOf({ second, address, target, status, bytes: 512, agent: OLD_BROWSER }));
    }
  }
}

/** Exits that the script changes between at random. */
const EXITS = 24;

/**
 * The script's look-ups: one number after the other, in sessions, each going on where the last
 * stopped. Four workers run side by side, so neighbours change places.
 */
function scriptLines(
  { from, until }: LookupOrder,
  answer: Answer,
  random: Random,
): { readonly lines: readonly LogLine[]; readonly numbers: readonly number[] } {
  const exits = Array.from({ length: EXITS }, () =>
    random.chance(0.6)
      ? `203.0.113.${random.between(1, 254)}`
      : `2001:db8:${random.hex(4)}::${random.hex(3)}`,
  );
  const lines: LogLine[] = [];
  const numbers: number[] = [];
  const count = until - from + 1;
  const each = Math.ceil(count / SCRIPT_DAYS.length);
  const pace = SESSION_SECONDS / each;
  for (let at = 0; at < count; at++) {
    const start = SCRIPT_DAYS[Math.floor(at / each)] ?? 0;
    const late = random.unit() * 3 * Math.min(pace, 2);
    const second = Math.floor(start + (at % each) * pace + late);
    const [address, agent] = [random.pick(exits), random.pick(CURL)];
    const number = from + at;
    const page = answer(number);
    lines.push(lineOf({ second, address, agent, target: `${LOOKUP}${number}`, ...page }));
    numbers.push(number);
  }
  return { lines, numbers };
}
