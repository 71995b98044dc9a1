import { expect, test } from 'vitest';
import { networkHints } from '../../core/networks/index.ts';
import { networkTables } from './index.ts';

const shipped = networkTables(null);

test('the tables that come along say their day and whose they are', () => {
  if ('wrongUse' in shipped) throw new Error(shipped.wrongUse);
  expect(shipped.map(({ table }) => table.ranges > 400_000)).toEqual([true, true]);
  for (const { asOf, credit } of shipped) {
    expect(asOf).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(credit).toContain('CC BY');
  }
});

/** Addresses whose holders have not changed for decades: a shifted table would show here. */
test.each([
  ['8.8.8.8', 15169, 'US'],
  ['193.0.6.139', 3333, 'NL'],
  ['2001:67c:2e8:22::c100:68b', 3333, 'NL'],
  ['18.0.0.1', null, 'US'],
])('%s is of AS %s in %s', (ip, asNumber, country) => {
  const hints = 'wrongUse' in shipped ? [] : networkHints(ip, shipped);
  expect(hints.find((hint) => hint.country !== null)?.country).toBe(country);
  const numbers = hints.flatMap((hint) => hint.asNumber ?? []);
  if (asNumber !== null) expect(numbers).toContain(asNumber);
});

test.each(['192.0.2.1', '10.0.0.1', '2001:db8::1', '::1', 'x'])('%s is in no table', (ip) => {
  expect('wrongUse' in shipped ? null : networkHints(ip, shipped)).toEqual([]);
});

test('none is none, and a file that is no table is wrong use', () => {
  expect(networkTables('none')).toEqual([]);
  expect(networkTables('/nowhere/table.csv')).toHaveProperty('wrongUse');
});
