import type { Json, Kernels } from '../../core/base/index.ts';
import type { Sketch } from '../../core/campaign/index.ts';
import type { ExaminedBatch } from './examine.ts';
import type { SketchShelf } from './sketch-shelf.ts';

/** Fingerprints of every reported original's wording. */
export const SKETCH = { stage: 'sketch', methodVersion: 24 } as const;

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

/** The sketches of a `sketch` finding, as they went in; their numbers stand on the shelf. */
export function readSketches(
  output: SketchOutput,
  shelf: SketchShelf,
  kernels: Kernels,
): readonly SketchedOriginal[] {
  return output.originals.map(({ path, words, fingerprints }) => {
    const text = kernels.encode(fingerprints);
    const bytes = kernels.base64(text, 0, text.length);
    return { path, sketch: { words, fingerprints: shelf.keep(fromLittleEndian(bytes)) } };
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
  const values = new Uint32Array(bytes.length >> 2);
  for (let index = 0; index < values.length; index++)
    values[index] = view.getUint32(index * 4, true);
  return values;
}
