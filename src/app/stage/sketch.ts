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

/** The sketches of a `sketch` finding, as they went in. */
export function readSketches(output: SketchOutput, kernels: Kernels): readonly SketchedOriginal[] {
  return output.originals.map(({ path, words, fingerprints }) => {
    const text = kernels.encode(fingerprints);
    const bytes = kernels.base64(text, 0, text.length);
    return { path, sketch: { words, fingerprints: fromLittleEndian(bytes) } };
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

function fromLittleEndian(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: bytes.length >> 2 }, (_, index) =>
    view.getUint32(index * 4, true),
  );
}
