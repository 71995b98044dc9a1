import type { DNSResolver } from 'mailauth';
import { expect, test } from 'vitest';
import { type Instant, instantFromMilliseconds } from '../../../src/core/base/index.ts';
import type { DnsEntry, DnsRecord, DnsType } from '../../../src/core/forensics/index.ts';
import { type DnsSource, recordingResolver } from '../../../src/host/dns/index.ts';
import { evaluateSpf } from '../../../src/host/mailauth/index.ts';
import scenarios from './rfc7208-tests.json' with { type: 'json' };

type ZoneRow = string | Readonly<Record<string, unknown>>;
type Zone = Readonly<Record<string, readonly ZoneRow[]>>;
interface Case {
  readonly spec: unknown;
  readonly helo: string;
  readonly host: string;
  readonly mailfrom: string;
  readonly result: string | readonly string[];
  readonly explanation?: string;
}

/** Row to the written reason why it is skipped. A skipped row that passes fails the run. */
const SKIPPED: Readonly<Record<string, string>> = {};

const time = instantFromMilliseconds(Date.UTC(2020, 9, 21));
if (time === null) throw new Error('fixed time');
const now: Instant = time;

/** The suite's zone as a name server: SPF rows stand in for TXT where a name has no TXT of its own. */
function zoneDns(zone: Zone): DnsSource {
  const names = new Map(Object.entries(zone).map(([name, rows]) => [name.toLowerCase(), rows]));
  const ask = (
    name: string,
    type: DnsType,
    depth = 0,
  ): Omit<DnsEntry, 'name' | 'type' | 'time'> => {
    const reply = (answers: readonly DnsRecord[], error: string | null) => ({
      server: '',
      answers,
      ttl: null,
      error,
    });
    const rows = names.get(name.toLowerCase().replace(/\.$/, ''));
    if (rows === undefined) return reply([], 'ENOTFOUND');
    const typed = rows.flatMap((row) => (typeof row === 'object' ? Object.entries(row) : []));
    const hasTxt = typed.some(([key]) => key === 'TXT');
    const wanted = type === 'TXT' && !hasTxt ? 'SPF' : type;
    const answers = typed
      .filter(([key, value]) => key === wanted && value !== 'NONE')
      .map(([key, value]) => record(key, value));
    if (answers.length > 0) return reply(answers, null);
    const alias = typed.find(([key]) => key === 'CNAME')?.[1];
    if (typeof alias === 'string')
      return depth > 8 ? reply([], 'ESERVFAIL') : ask(alias, type, depth + 1);
    const isSlow = rows.includes('TIMEOUT') || typed.some(([key]) => key === 'TIMEOUT');
    return reply([], isSlow ? 'ETIMEOUT' : 'ENODATA');
  };
  return {
    kind: 'recorded',
    now: () => now,
    ask: async (name, type) => ({ name, type, time: now, ...ask(name, type) }),
  };
}

function record(type: string, value: unknown): DnsRecord {
  if (type === 'MX' && Array.isArray(value))
    return { priority: Number(value[0]), exchange: String(value[1]) };
  if (type === 'TXT' || type === 'SPF')
    return Array.isArray(value) ? value.map(String) : [String(value)];
  return String(value);
}

/** RFC 7208 section 7.3 leaves the case of an address's hexadecimal digits open. */
const sameButForHexCase = (a: string | undefined, b: string): boolean =>
  a?.toLowerCase() === b.toLowerCase();

const rows = (scenarios as unknown as { tests: Record<string, Case>; zonedata: Zone }[]).flatMap(
  ({ tests, zonedata }) =>
    Object.entries(tests).map(([name, row]) => [name, row, zonedata] as const),
);

test('the whole suite is here', () => expect(rows).toHaveLength(203));

test.each(rows)('RFC 7208 suite: %s', async (name, row, zone) => {
  const { resolve } = recordingResolver(zoneDns(zone), () => 0);
  const { status, explanation } = await evaluateSpf(
    { ip: row.host, helo: row.helo, sender: row.mailfrom },
    resolve as DNSResolver,
  );
  const allowed = [row.result].flat();
  const explains =
    row.explanation === undefined || row.explanation === 'DEFAULT' || status.result !== 'fail'
      ? true
      : sameButForHexCase(explanation, row.explanation);
  const passes = allowed.includes(status.result) && explains;
  if (name in SKIPPED)
    expect(passes, `passes now: take it off the list (${SKIPPED[name]})`).toBe(false);
  else expect({ result: status.result, explanation, passes }).toMatchObject({ passes: true });
});
