import fc from 'fast-check';
import { decode } from 'iconv-lite';
import { expect, test } from 'vitest';
import { decodeUhc } from './uhc.ts';

const same = (bytes: Uint8Array): void => {
  const [ours, theirs] = [decodeUhc(bytes), decode(Buffer.from(bytes), 'cp949')];
  if (ours !== theirs) expect([...bytes, ours]).toEqual([...bytes, theirs]);
};

test('every pair of bytes is what the tables of iconv-lite say', () => {
  for (let lead = 0; lead < 256; lead += 1)
    for (let trail = 0; trail < 256; trail += 1) same(Uint8Array.of(lead, trail));
  expect(decodeUhc(Uint8Array.of(0x8c, 0x63, 0xb9, 0xe6, 0xb0, 0xa2))).toBe('똠방각');
});

test('any bytes are read as iconv-lite reads them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => same(bytes)),
    { numRuns: 2_000 },
  );
});
