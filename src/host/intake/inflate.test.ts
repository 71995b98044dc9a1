import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memorySource } from './byte-source.ts';
import { gather } from './chunks.ts';
import { InflateFailure, inflate, inflateAtOnce, type Packing } from './inflate.ts';

async function stepwise(bytes: Uint8Array, packing: Packing): Promise<Uint8Array | null> {
  try {
    return (await gather(inflate(memorySource(bytes), packing), 1e9, 0)).bytes;
  } catch (failure) {
    if (failure instanceof InflateFailure) return null;
    throw failure;
  }
}

const packedBytes = fc
  .tuple(
    fc.uint8Array({ maxLength: 400 }),
    fc.nat(200),
    fc.boolean(),
    fc.uint8Array({ maxLength: 20 }),
    fc.nat(),
    fc.nat(255),
    fc.nat(3),
  )
  .map(([content, repeats, isGzip, tail, at, value, damage]) => {
    const whole = Buffer.concat(Array.from({ length: repeats }, () => content));
    const packed = isGzip ? gzipSync(whole) : deflateRawSync(whole);
    const bytes = Buffer.concat([packed, tail]);
    if (damage === 1) bytes[at % packed.length] = value;
    return {
      packing: isGzip ? ('gzip' as const) : ('deflate' as const),
      bytes: damage === 2 ? bytes.subarray(0, at % packed.length) : bytes,
    };
  });

test('what unpacks at once is what the steps give, whatever follows or is damaged', async () => {
  await fc.assert(
    fc.asyncProperty(packedBytes, fc.nat(5_000), async ({ packing, bytes }, expected) => {
      const most = 1_000_000;
      const atOnce = await inflateAtOnce(memorySource(bytes), packing, { most, expected });
      const steps = await stepwise(bytes, packing);
      expect(atOnce === null ? null : Buffer.from(atOnce)).toEqual(
        steps === null ? null : Buffer.from(steps),
      );
    }),
    { numRuns: 300 },
  );
});

test('more than may come out is not unpacked at once: at the edge it is, one beyond it is not', async () => {
  const packed = memorySource(deflateRawSync(Buffer.alloc(70_000)));
  const length = async (most: number) =>
    (await inflateAtOnce(packed, 'deflate', { most, expected: 10 }))?.length;
  expect([await length(70_000), await length(69_999), await length(0)]).toEqual([
    70_000,
    undefined,
    undefined,
  ]);
});
