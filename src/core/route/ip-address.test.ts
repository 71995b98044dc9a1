import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isInBlock, parseIpAddress, reachOf } from './ip-address.ts';

test.each<[string, string | null]>([
  ['192.0.2.1', '192.0.2.1'],
  ['192.0.2.1:4711', '192.0.2.1'],
  ['192.0.2.256', null],
  ['192.0.2', null],
  ['1.2.3.4.5', null],
  ['IPv6:2001:db8::1', '2001:db8::1'],
  ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
  ['1::2::3', null],
  ['1:2:3:4:5:6:7', null],
  ['::1', '::1'],
  ['::', '::'],
  ['10:00', null],
  ['mail.x.example', null],
])('%j is %j', (text, ip) => {
  expect(parseIpAddress(text)).toBe(ip);
});

test.each([
  ['RFC 1918', '10.1.2.3', 'private'],
  ['RFC 1918', '172.31.0.1', 'private'],
  ['RFC 1918, one past', '172.32.0.1', 'public'],
  ['RFC 6598', '100.64.0.1', 'private'],
  ['RFC 3927', '169.254.1.1', 'private'],
  ['loopback', '::1', 'private'],
  ['RFC 4193', 'fd00::1', 'private'],
  ['6to4 of a private address, as Gmail writes', '2002:a05:6402:f0b::1', 'private'],
  ['documentation stands for public', '192.0.2.1', 'public'],
  ['documentation stands for public', '2001:db8::1', 'public'],
])('%s: %s is %s', (_, ip, reach) => {
  expect(reachOf(ip)).toBe(reach);
});

test.each([
  ['209.85.255.1', '209.85.128.0/17', true],
  ['209.85.127.1', '209.85.128.0/17', false],
  ['2603:10b6:408::1', '2603:1000::/24', true],
  ['2603:1100::1', '2603:1000::/24', false],
  ['2603:1000::1', '209.85.128.0/17', false],
])('%s in %s: %s', (ip, block, inside) => {
  expect(isInBlock(ip, block)).toBe(inside);
});

test('what was read once reads the same again', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
      const ip = parseIpAddress(text);
      expect(ip).not.toBeNull();
      expect(parseIpAddress(ip ?? '')).toBe(ip);
    }),
  );
});

test('a block holds the addresses that share its first bits, and no others', () => {
  const quad = (address: number): string =>
    [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
  fc.assert(
    fc.property(
      fc.nat(0xffff_ffff),
      fc.integer({ min: 0, max: 32 }),
      fc.integer({ min: 0, max: 31 }),
      (address, length, flipped) => {
        const other = (address ^ (1 << (31 - flipped))) >>> 0;
        const six = (number: number): string =>
          `${((number >>> 16) | 0x2000).toString(16)}:${(number & 0xffff).toString(16)}::1`;
        expect(isInBlock(quad(other), `${quad(address)}/${length}`)).toBe(flipped >= length);
        expect(isInBlock(quad(address), `${quad(address)}/${length}`)).toBe(true);
        expect(isInBlock(six(address), `${six(address)}/${length}`)).toBe(true);
        if (flipped !== 2)
          expect(isInBlock(six(other), `${six(address)}/${length}`)).toBe(flipped >= length);
      },
    ),
  );
});
