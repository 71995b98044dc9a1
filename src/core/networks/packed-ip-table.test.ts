import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nodeKernels } from '../../host/kernels/index.ts';
import { type PackedRange, packIpTable, unpackIpTable } from './index.ts';

const PARTS = {
  ipv4: [
    [0, 0, 0],
    [0xc000_0200, 0xc000_02ff, 1],
    [0xffff_ffff, 0xffff_ffff, 0],
  ] as readonly PackedRange[],
  ipv6: [[0x2001_0db8_0001, 0x2001_0db8_0003, 1]] as readonly PackedRange[],
  labels: [['XA'], ['64496', 'Exämple, Inc.']],
};

/** Stands for a compressor: a page is read as it was written only when it was turned back. */
const turned = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => byte ^ 0x55);

test.each([
  ['0.0.0.0', ['XA']],
  ['0.0.0.1', null],
  ['192.0.1.255', null],
  ['192.0.2.0', ['64496', 'Exämple, Inc.']],
  ['192.0.2.255', ['64496', 'Exämple, Inc.']],
  ['255.255.255.255', ['XA']],
  ['2001:db8:0:ffff::', null],
  ['2001:db8:1::', ['64496', 'Exämple, Inc.']],
  ['2001:db8:3:ffff:ffff:ffff:ffff:ffff', ['64496', 'Exämple, Inc.']],
  ['2001:db8:4::', null],
])('a packed table finds %s', (ip, columns) => {
  const table = unpackIpTable(packIpTable(PARTS, nodeKernels, turned), nodeKernels, turned);
  expect(table?.ranges).toBe(4);
  expect(table?.find(ip) ?? null).toEqual(columns);
});

test('any rising ranges come back as they were', () => {
  const points = fc.uniqueArray(fc.nat(2 ** 32 - 1), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(points, fc.nat(2 ** 32 - 1), (found, probe) => {
      const rising = found.toSorted((a, b) => a - b);
      const ipv4 = rising.flatMap((from, at): PackedRange[] =>
        at % 2 === 0 ? [[from, rising[at + 1] ?? from, at % 3]] : [],
      );
      const labels = [['a'], ['b'], ['c']];
      const bytes = packIpTable({ ipv4, ipv6: [], labels }, nodeKernels, turned);
      const table = unpackIpTable(bytes, nodeKernels, turned);
      for (const address of [probe, ...rising]) {
        const held = ipv4.find(([from, until]) => from <= address && address <= until);
        expect(table?.find(String(address)) ?? null).toEqual(labels[held?.[2] ?? -1] ?? null);
      }
    }),
    { numRuns: 50 },
  );
});

test('of many ranges and labels a look-up unpacks one page each', () => {
  const count = 20_000;
  const rows = Array.from({ length: count }, (_, at) => at);
  const parts = {
    ipv4: rows.map((at): PackedRange => [at * 300 + 7, at * 300 + 200, at]),
    ipv6: rows.map((at): PackedRange => [2 ** 45 + at * 2, 2 ** 45 + at * 2, count - 1 - at]),
    labels: rows.map((at) => [`${at}`, 'name']),
  };
  let unpacked = 0;
  const table = unpackIpTable(packIpTable(parts, nodeKernels, turned), nodeKernels, (page) => {
    unpacked += 1;
    return turned(page);
  });
  expect(table?.ranges).toBe(2 * count);
  expect(table?.find('7')).toEqual(['0', 'name']);
  expect(unpacked).toBe(2);
  for (const at of [0, 1, 8191, 8192, 16_383, 16_384, count - 1]) {
    expect(table?.find(String(at * 300 + 7))).toEqual([`${at}`, 'name']);
    expect(table?.find(String(at * 300 + 200))).toEqual([`${at}`, 'name']);
    expect(table?.find(String(at * 300 + 201))).toBeNull();
    expect(table?.find(String(at * 300 + 6))).toBeNull();
    const block = (2 ** 45 + at * 2)
      .toString(16)
      .padStart(12, '0')
      .replace(/(.{4})(?!$)/g, '$1:');
    expect(table?.find(`${block}::1`)).toEqual([`${count - 1 - at}`, 'name']);
  }
});

test('bytes that are no packed table are none', () => {
  const whole = packIpTable(PARTS, nodeKernels, turned);
  const cut = whole.subarray(0, whole.length - 20);
  for (const bytes of [new Uint8Array(), new Uint8Array(300), whole.subarray(1), cut])
    expect(unpackIpTable(bytes, nodeKernels, turned)).toBeNull();
});
