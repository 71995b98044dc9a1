import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { networkHints, readIpTable } from './index.ts';

const TABLE = [
  '192.0.2.0,192.0.2.255,64496,"Example, Inc."',
  '198.51.100.0,198.51.100.127,64497,Other',
  '198.51.100.128,198.51.100.128,64498,One host',
  '2001:db8::,2001:db8:0:ffff:ffff:ffff:ffff:ffff,64499,Six',
  '2001:db8:5::1,2001:db8:5::1,64500,One six',
].join('\r\n');

describe('a table of address ranges', () => {
  test.each<[string, string | undefined]>([
    ['192.0.2.0', 'Example, Inc.'],
    ['192.0.2.255', 'Example, Inc.'],
    ['192.0.1.255', undefined],
    ['192.0.3.0', undefined],
    ['198.51.100.127', 'Other'],
    ['198.51.100.128', 'One host'],
    ['198.51.100.129', undefined],
    ['255.255.255.255', undefined],
    ['0.0.0.0', undefined],
    ['2001:db8::1', 'Six'],
    ['2001:db8:1::', undefined],
    ['2001:db8:5::1', 'One six'],
    ['2001:db8:5::2', undefined],
    ['mail.example.org', undefined],
    ['', undefined],
  ])('%s', (ip, name) => expect(readIpTable(TABLE).find(ip)?.[1]).toBe(name));

  test('numbers, tabs and both families are read; rows out of order are counted', () => {
    const text = `3221225984\t3221226239\tXA\n3221225984\t3221226000\tXB\n${0x20010db8n << 96n},${(0x20010db8n << 96n) + 9n},XC\nnonsense\n9,8,XD\n`;
    const table = readIpTable(text);
    expect(table).toMatchObject({ ranges: 2, unread: 3 });
    expect([table.find('192.0.2.9'), table.find('2001:db8::9'), table.find('2001:db8::a')]).toEqual(
      [['XA'], ['XC'], null],
    );
  });

  test('agrees with a search through every range', () => {
    const sorted = fc.uniqueArray(fc.integer({ min: 0, max: 400 }), {
      minLength: 2,
      maxLength: 40,
    });
    fc.assert(
      fc.property(sorted, fc.integer({ min: 0, max: 410 }), (points, probe) => {
        const ends = points.toSorted((a, b) => a - b);
        const ranges = ends.flatMap((from, at) =>
          at % 2 === 0 && ends[at + 1] !== undefined ? [[from, ends[at + 1]]] : [],
        );
        const table = readIpTable(ranges.map(([a, b], at) => `${a},${b},r${at}`).join('\n'));
        const at = ranges.findIndex(([a = 0, b = 0]) => a <= probe && probe <= b);
        expect(table.find(`0.0.${probe >> 8}.${probe & 255}`)?.[0] ?? null).toBe(
          at < 0 ? null : `r${at}`,
        );
      }),
    );
  });

  test('hints name their table and its day, and do not merge what disagrees', () => {
    const tables = [
      { name: 'a', asOf: '2026-06-17', credit: '', table: readIpTable(TABLE) },
      { name: 'b', asOf: '2025-01-01', credit: '', table: readIpTable('192.0.2.0,192.0.2.255,XA') },
      { name: 'c', asOf: '2025-01-01', credit: '', table: readIpTable('192.0.2.0,192.0.2.255,XB') },
    ];
    expect(networkHints('192.0.2.9', tables)).toEqual([
      { table: 'a', asOf: '2026-06-17', asNumber: 64496, network: 'Example, Inc.', country: null },
      { table: 'b', asOf: '2025-01-01', asNumber: null, network: null, country: 'XA' },
      { table: 'c', asOf: '2025-01-01', asNumber: null, network: null, country: 'XB' },
    ]);
  });
});
