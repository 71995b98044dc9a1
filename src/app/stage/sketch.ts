import type { Json, Kernels } from '../../core/base/index.ts';
import type { Sketch } from '../../core/campaign/index.ts';
import type { ExaminedBatch } from './examine.ts';

/** Fingerprints of every reported original's wording. */
export const SKETCH = { stage: 'sketch', methodVersion: 1 } as const;

export interface SketchedOriginal {
  readonly path: string;
  readonly sketch: Sketch;
}

/** What a `sketch` finding stores: fingerprints as base64 of little-endian 32-bit numbers. */
export interface SketchOutput {
  readonly originals: readonly {
    readonly path: string;
    readonly words: number;
    readonly fingerprints: string;
  }[];
}

export function sketchOutput({ originals }: ExaminedBatch, kernels: Kernels): SketchOutput & Json {
  return {
    originals: originals.map(({ path, sketch }) => ({
      path,
      words: sketch.words,
      fingerprints: kernels.toBase64(littleEndian(sketch.fingerprints)),
    })),
  };
}

/**
 * The sketches of a `sketch` finding, as they went in. All stand in one array behind each other: a
 * case can hold a million, and an array of its own would cost each more than its numbers.
 */
export function readSketches(output: SketchOutput, kernels: Kernels): readonly SketchedOriginal[] {
  const decoded = output.originals.map(({ fingerprints }) => {
    const text = kernels.encode(fingerprints);
    return kernels.base64(text, 0, text.length);
  });
  const room = new Uint32Array(decoded.reduce((sum, bytes) => sum + (bytes.length >> 2), 0));
  let filled = 0;
  return output.originals.map(({ path, words }, index) => {
    const bytes = decoded[index] ?? new Uint8Array();
    const fingerprints = room.subarray(filled, filled + (bytes.length >> 2));
    filled += fingerprints.length;
    readLittleEndian(bytes, fingerprints);
    return { path, sketch: { words, fingerprints } };
  });
}

function littleEndian(values: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  values.forEach((value, index) => {
    view.setUint32(index * 4, value, true);
  });
  return bytes;
}

function readLittleEndian(bytes: Uint8Array, into: Uint32Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let index = 0; index < into.length; index++) into[index] = view.getUint32(index * 4, true);
}
