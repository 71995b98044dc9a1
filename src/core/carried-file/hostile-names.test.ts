import { expect, test } from 'vitest';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import { isRunning } from './running-file.ts';

/** A zip's list of entries that all claim the longest name, and lie in each other. */
function liars(count: number): Uint8Array {
  const rows = Array.from({ length: count }, () => {
    const row = Buffer.alloc(46);
    row.write('PK\x01\x02', 'latin1');
    row.writeUInt16LE(0xffff, 28);
    return row;
  });
  return Buffer.concat([Buffer.from('PK\x03\x04'), ...rows, Buffer.alloc(66_000, 0x20)]);
}

test('entries of a zip that lie about their names cost what is looked at, no more', () => {
  const bytes = liars(2_000);
  const part = { fileName: 'a.zip', contentType: 'application/zip' };
  const before = process.cpuUsage();
  for (let times = 0; times < 20; times += 1) isRunning({ part, bytes, kernels });
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(1);
});

test('a name that lies about its length hides no entry behind it', () => {
  const row = Buffer.alloc(46);
  row.write('PK\x01\x02', 'latin1');
  row.writeUInt16LE(11, 28);
  const honest = Buffer.concat([row, Buffer.from('invoice.exe')]);
  const bytes = Buffer.concat([liars(1).subarray(0, 50), honest, Buffer.alloc(66_000)]);
  const part = { fileName: 'a.zip', contentType: 'application/zip' };
  expect(isRunning({ part, bytes, kernels })).toBe(true);
});
