import { createGunzip, createInflateRaw } from 'node:zlib';
import type { ByteSource } from './byte-source.ts';

/**
 * Deflate (RFC 1951) gives up to 1,032 bytes a byte. Steps double, so that looking at the first
 * bytes of a bomb costs 1 MB, and no step gives more than 17 MB.
 */
const FIRST_STEP_BYTES = 1 << 10;
const LAST_STEP_BYTES = 1 << 14;

/** The packed bytes are not deflate, or end too early. */
export class InflateFailure extends Error {
  override readonly name = 'InflateFailure';
}

/**
 * Unpacks raw deflate or gzip (RFC 1952) step by step; the caller may stop after any chunk.
 *
 * What came out before damage is given before `InflateFailure` is thrown, the same in every run.
 */
export async function* inflate(
  packed: ByteSource,
  packing: 'deflate' | 'gzip',
): AsyncIterable<Uint8Array> {
  const inflater = packing === 'gzip' ? createGunzip() : createInflateRaw();
  const given: Uint8Array[] = [];
  let broken: unknown = null;
  inflater.on('data', (chunk: Uint8Array) => given.push(chunk));
  inflater.on('error', (error) => {
    broken = error;
  });
  const over = new Promise<void>((resolve) => {
    for (const event of ['end', 'error', 'close']) inflater.once(event, () => resolve());
  });
  try {
    let width = FIRST_STEP_BYTES;
    for (let at = 0; at < packed.size && !inflater.readableEnded && broken === null; ) {
      const step = await packed.read(at, width);
      width = Math.min(2 * width, LAST_STEP_BYTES);
      if (step.length === 0) break;
      at += step.length;
      const taken = new Promise<void>((resolve) => inflater.write(step, () => resolve()));
      // Deflate that ends within the step ends the stream without taking the rest of the step.
      await Promise.race([taken, over]);
      yield* given.splice(0);
    }
    if (broken === null && !inflater.readableEnded) {
      inflater.end();
      await over;
      yield* given.splice(0);
    }
  } finally {
    inflater.destroy();
  }
  if (broken !== null) throw new InflateFailure('damaged deflate data', { cause: broken });
}
