import { expect, test } from 'vitest';
import { nodeKernels, rememberingDigest } from './index.ts';

test('a large stretch is hashed once in a row, whatever view shows it, and no other is mistaken for it', () => {
  let hashed = 0;
  const kernels = rememberingDigest({
    ...nodeKernels,
    sha256: (bytes) => {
      hashed += 1;
      return nodeKernels.sha256(bytes);
    },
  });
  const bytes = new Uint8Array(3_000_000).map((_, at) => at % 251);
  const views = [bytes, bytes.subarray(0), bytes.subarray(1), bytes.subarray(0, 2_999_999)];
  for (const view of views) expect(kernels.sha256(view)).toBe(nodeKernels.sha256(view));
  expect(hashed).toBe(3);
  const small = bytes.subarray(0, 1000);
  expect(kernels.sha256(small)).toBe(kernels.sha256(small));
  expect(hashed).toBe(5);
});
