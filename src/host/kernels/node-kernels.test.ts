import { expect, test } from 'vitest';
import { nodeKernels } from './index.ts';

test('FIPS 180-4 example: SHA-256 of "abc"', () => {
  expect(nodeKernels.sha256(nodeKernels.encode('abc'))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});

test('windows-1252 keeps its quotes and the euro sign, as Node below 24.14 does not', () => {
  expect(nodeKernels.decode('windows-1252', Uint8Array.of(0x80, 0x93, 0x94))).toBe('€“”');
});

test('a label that only the second decoder knows still decodes', () => {
  expect(nodeKernels.decode('cp437', Uint8Array.of(0x80))).toBe('Ç');
  expect(nodeKernels.decode('no-such-charset', Uint8Array.of(0x80))).toBeNull();
});
