import { type Instant, instantFromMilliseconds } from '../../../src/core/base/index.ts';
import type { DnsEntry, DnsRecord, DnsType } from '../../../src/core/forensics/index.ts';
import type { DnsSource } from '../../../src/host/dns/index.ts';
import scenarios from './rfc7208-tests.json' with { type: 'json' };

type ZoneRow = string | Readonly<Record<string, unknown>>;
export type Zone = Readonly<Record<string, readonly ZoneRow[]>>;

export interface SuiteCase {
  readonly spec: unknown;
  readonly helo: string;
  readonly host: string;
  readonly mailfrom: string;
  readonly result: string | readonly string[];
  readonly explanation?: string;
}

/** Every row of the openspf suite with its name and its zone. */
export const suiteRows = (): readonly (readonly [string, SuiteCase, Zone])[] =>
  (scenarios as unknown as { tests: Record<string, SuiteCase>; zonedata: Zone }[]).flatMap(
    ({ tests, zonedata }) =>
      Object.entries(tests).map(([name, row]) => [name, row, zonedata] as const),
  );

const time = instantFromMilliseconds(Date.UTC(2020, 9, 21));
if (time === null) throw new Error('fixed time');
const now: Instant = time;

/**
 * The suite's zone as a name server: SPF rows stand in for TXT where a name has no TXT of its own.
 */
export function zoneDns(zone: Zone): DnsSource {
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
