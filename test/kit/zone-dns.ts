import type { Instant } from '../../src/core/base/index.ts';
import { type DnsRecord, type DnsType, questionKey } from '../../src/core/forensics/index.ts';
import type { DnsSource } from '../../src/host/dns/index.ts';

/** Questions as `TXT name`, with their answers, or an error's code. */
export type Zone = Readonly<Record<string, readonly DnsRecord[] | string>>;

/** A name server made of a table. A name of which nothing is written does not exist. */
export function zoneDns(zone: Zone, time: Instant): DnsSource & { readonly asked: string[] } {
  const rows = new Map(
    Object.entries(zone).map(([question, answer]) => {
      const [type = '', name = ''] = question.split(' ');
      return [questionKey(name, type), answer] as const;
    }),
  );
  const asked: string[] = [];
  return {
    kind: 'live',
    now: () => time,
    asked,
    ask: async (name: string, type: DnsType) => {
      const key = questionKey(name, type);
      asked.push(key);
      const answer = rows.get(key) ?? 'ENOTFOUND';
      const [answers, error] = typeof answer === 'string' ? [[], answer] : [answer, null];
      return { name, type, time, server: 'zone', answers, ttl: null, error };
    },
  };
}
