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

/** A derivation under its key, bound to its output by digest: what the log commits to. */
export interface SealedDerivation extends Derivation {
  readonly key: FindingKey;
  /** SHA-256 of the finding's `outputText` in UTF-8. */
  readonly outputDigest: Sha256;
}

/** A derivation with what came out of it. Recomputable, never edited. */
export interface Finding extends SealedDerivation {
  /** Its shape is that of the stage and method version that wrote it. */
  readonly output: Json;
  /** The output as canonical JSON, exactly as it was hashed. */
  readonly outputText: string;
}

export function findingKey(derivation: Derivation, kernels: Kernels): FindingKey {
  const { stage, methodVersion, inputs, parameters } = derivation;
  const text = canonicalJson({ stage, methodVersion, inputs, parameters });
  return kernels.sha256(kernels.encode(text)) as string as FindingKey;
}

/** Seals what a method gave for a derivation. */
export function sealFinding(derivation: Derivation, output: Json, kernels: Kernels): Finding {
  const { stage, methodVersion, inputs, parameters } = derivation;
  const outputText = canonicalJson(output);
  const outputDigest = kernels.sha256(kernels.encode(outputText));
  const key = findingKey(derivation, kernels);
  return { key, stage, methodVersion, inputs, parameters, outputDigest, output, outputText };
}

/**
 * A finding as it was stored. The output is parsed when it is first asked for: it can be 50 MB, and
 * who only hashes or copies it needs the text.
 */
export function storedFinding(sealed: SealedDerivation, outputText: string): Finding {
  let parsed: { readonly output: Json } | null = null;
  return {
    ...sealed,
    outputText,
    get output() {
      parsed ??= { output: JSON.parse(outputText) };
      return parsed.output;
    },
  };
}
