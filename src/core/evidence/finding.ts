import { type Brand, canonicalJson, type Json, type Kernels, type Sha256 } from '../base/index.ts';

/** Digest of stage, method version, inputs and parameters: same work, same key. */
export type FindingKey = Brand<string, 'FindingKey'>;

/** What a machine is asked to derive; its digest is the finding's key. */
export interface Derivation {
  readonly stage: string;
  /** Raised whenever the same inputs may give other output. */
  readonly methodVersion: number;
  /** Exhibit digests and finding keys, in the order that the method reads them. */
  readonly inputs: readonly string[];
  readonly parameters: { readonly [name: string]: Json };
}

/** A derivation with what came out of it. Recomputable, never edited. */
export interface Finding extends Derivation {
  readonly key: FindingKey;
  /** SHA-256 of the canonical JSON of `output`. */
  readonly outputDigest: Sha256;
  readonly output: Json;
}

export function findingKey(derivation: Derivation, kernels: Kernels): FindingKey {
  const { stage, methodVersion, inputs, parameters } = derivation;
  const text = canonicalJson({ stage, methodVersion, inputs, parameters });
  return kernels.sha256(kernels.encode(text)) as string as FindingKey;
}
