import type { DNSResolver } from 'mailauth';
import { expect, test } from 'vitest';
import { recordingResolver } from '../../../src/host/dns/index.ts';
import { evaluateSpf } from '../../../src/host/mailauth/index.ts';
import { suiteRows, zoneDns } from './zone.ts';

/** Row to the written reason why it is skipped. A skipped row that passes fails the run. */
const SKIPPED: Readonly<Record<string, string>> = {};

/** RFC 7208 section 7.3 leaves the case of an address's hexadecimal digits open. */
const sameButForHexCase = (a: string | undefined, b: string): boolean =>
  a?.toLowerCase() === b.toLowerCase();

const rows = suiteRows();

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
