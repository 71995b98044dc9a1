import { createGunzip, createInflateRaw, gunzipSync, inflateRawSync } from 'node:zlib';
import type { ByteSource } from './byte-source.ts';

/**
 * Deflate (RFC 1951) gives up to 1,032 bytes a byte. Steps double, so that looking at the first
 * bytes of a bomb costs 1 MB, and no step gives more than 17 MB.
 */
const FIRST_STEP_BYTES = 1 << 10;
const LAST_STEP_BYTES = 1 << 14;

/** Larger than the engine's 16 KB: each piece of output costs a hop between threads. */
const PIECE_BYTES = 1 << 16;

/**
 * Packed bytes up to this are unpacked in one call: a mail costs a tenth of what the steps do.
 * Real mail packs to half or a tenth, so that nearly every one is below.
 */
const AT_ONCE_BYTES_MAX = 1 << 16;

/** What one call reserves on the word of an archive, and the least that it reserves. */
const RESERVED_BYTES_MAX = 1 << 20;
const RESERVED_BYTES_MIN = 1 << 10;

/** What mail packs to, where the archive does not say: 6,046 SpamAssassin mails give 2.5. */
const USUAL_RATIO = 4;

export type Packing = 'deflate' | 'gzip';

/** The packed bytes are not deflate, or end too early. */
export class InflateFailure extends Error {
  override readonly name = 'InflateFailure';
}

/**
 * All that raw deflate or gzip (RFC 1952) unpacks to, in one piece; null where it is damaged, more
 * than `most` bytes, or too long packed to be held: `inflate` then gives what can be had.
 */
export async function inflateAtOnce(
  packed: ByteSource,
  packing: Packing,
  { most, expected }: { readonly most: number; readonly expected: number },
): Promise<Uint8Array | null> {
  if (packed.size > AT_ONCE_BYTES_MAX || expected > most || most <= 0) return null;
  const bytes = await packed.read(0, packed.size);
  const likely = expected === 0 ? USUAL_RATIO * packed.size : expected;
  // One byte more than expected: the engine sees the end without asking for another piece.
  const chunkSize = Math.min(Math.max(likely + 1, RESERVED_BYTES_MIN), RESERVED_BYTES_MAX);
  const options = { maxOutputLength: most, chunkSize };
  try {
    return packing === 'gzip' ? gunzipSync(bytes, options) : inflateRawSync(bytes, options);
  } catch (failure) {
    if (failure instanceof Error && 'code' in failure) return null;
    throw failure;
  }
}

/**
 * Unpacks raw deflate or gzip (RFC 1952) step by step; the caller may stop after any chunk.
 *
 * What came out before damage is given before `InflateFailure` is thrown, the same in every run.
 */
export async function* inflate(packed: ByteSource, packing: Packing): AsyncIterable<Uint8Array> {
  const options = { chunkSize: PIECE_BYTES };
  const inflater = packing === 'gzip' ? createGunzip(options) : createInflateRaw(options);
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
