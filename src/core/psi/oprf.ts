import { assert, joinBytes } from '../base/index.ts';
import type { Curve, Draw, Element, Scalar } from './curve.ts';
import { drawScalar, ELEMENT_BYTES } from './curve.ts';
import { ascii, octetsOf, prefixed, sameOctets } from './octets.ts';
import { wiping } from './wiping.ts';

/** RFC 9497 section 3: 0 OPRF, 1 VOPRF (with a proof that one known key was used). */
export type OprfMode = 0 | 1;

/** A proof that one key made all evaluations of a batch: two scalars, c then s. */
export type Proof = Uint8Array;

/** RFC 9497 section 2.2.1 numbers the elements of a batch with two octets. */
export const PROOF_BATCH_MAX = 65_535;
export const PROOF_BYTES = 64;

/** SHA-512's input block, and the most that expand_message_xmd is asked for here. */
const BLOCK_BYTES = 128;
const WIDE_BYTES = 64;

/** RFC 9497 section 3.1. */
const contextOf = (mode: OprfMode): Uint8Array =>
  joinBytes(ascii('OPRFV1-'), octetsOf(mode, 1), ascii('-ristretto255-SHA512'));

const tagFor = (what: string, mode: OprfMode): Uint8Array =>
  joinBytes(ascii(what), contextOf(mode));

/** RFC 9380 section 5.3.1, expand_message_xmd with SHA-512, for exactly 64 octets. */
function expand(curve: Curve, message: Uint8Array, tag: Uint8Array): Uint8Array {
  const suffix = joinBytes(tag, octetsOf(tag.length, 1));
  const pad = new Uint8Array(BLOCK_BYTES);
  const first = curve.sha512(
    joinBytes(pad, message, octetsOf(WIDE_BYTES, 2), octetsOf(0, 1), suffix),
  );
  return curve.sha512(joinBytes(first, octetsOf(1, 1), suffix));
}

/** HashToGroup of RFC 9497 section 4.1. */
export const hashToGroup = (curve: Curve, mode: OprfMode, input: Uint8Array): Element =>
  curve.fromUniform(expand(curve, input, tagFor('HashToGroup-', mode)));

const hashToScalar = (curve: Curve, mode: OprfMode, input: Uint8Array): Scalar =>
  curve.reduce(expand(curve, input, tagFor('HashToScalar-', mode)));

/** DeriveKeyPair of RFC 9497 section 3.2.1. */
export function deriveKey(
  curve: Curve,
  mode: OprfMode,
  { seed, info }: { readonly seed: Uint8Array; readonly info: Uint8Array },
): Scalar {
  const tag = tagFor('DeriveKeyPair', mode);
  for (let counter = 0; counter < 256; counter++) {
    const input = joinBytes(seed, prefixed(info), octetsOf(counter, 1));
    const key = curve.reduce(expand(curve, input, tag));
    if (key.some((byte) => byte !== 0)) return key;
  }
  throw new Error('256 keys in a row were zero');
}

/** Finalize of RFC 9497 section 3.3.1: the output for `input`, 64 octets. */
export function finalize(
  curve: Curve,
  {
    input,
    blind,
    evaluated,
  }: {
    readonly input: Uint8Array;
    readonly blind: Scalar;
    readonly evaluated: Element;
  },
): Uint8Array {
  return outputOf(curve, input, curve.multiply(curve.invert(blind), evaluated));
}

/** The output from the element that is not blinded: what the key's holder computes itself. */
export const outputOf = (curve: Curve, input: Uint8Array, element: Element): Uint8Array =>
  curve.sha512(joinBytes(prefixed(input), prefixed(element), ascii('Finalize')));

/** A batch as both sides see it: the second of each pair is the key times the first. */
export interface Batch {
  readonly publicKey: Element;
  readonly blinded: readonly Element[];
  readonly evaluated: readonly Element[];
}

/** GenerateProof of RFC 9497 section 2.2.1, with the fast composites of the key's holder. */
export function prove(curve: Curve, key: Scalar, batch: Batch, draw: Draw): Proof {
  const { m } = composites(curve, batch);
  const z = curve.multiply(key, m);
  // Whoever learnt r could compute the key from the proof.
  return wiping(drawScalar(curve, draw), (r) => {
    const commitments = [m, z, curve.multiplyBase(r), curve.multiply(r, m)];
    const c = challenge(curve, batch.publicKey, commitments);
    return joinBytes(c, curve.scalarSubtract(r, curve.scalarMultiply(c, key)));
  });
}

/** VerifyProof of RFC 9497 section 2.2.2. False for any bytes that are no proof of this batch. */
export function proofHolds(curve: Curve, batch: Batch, proof: Uint8Array): boolean {
  if (proof.length !== PROOF_BYTES) return false;
  const [c, s] = [proof.subarray(0, 32), proof.subarray(32)];
  if (![c, s].every((scalar) => isProper(curve, scalar))) return false;
  const { m, z } = composites(curve, batch);
  const t2 = curve.add(curve.multiplyBase(s), curve.multiply(c, batch.publicKey));
  const t3 = curve.add(curve.multiply(s, m), curve.multiply(c, z));
  return sameOctets(c, challenge(curve, batch.publicKey, [m, z, t2, t3]));
}

/** Canonical and not zero: an honest proof has a zero scalar once in 2^252. */
function isProper(curve: Curve, scalar: Uint8Array): boolean {
  const wide = new Uint8Array(WIDE_BYTES);
  wide.set(scalar);
  return scalar.some((byte) => byte !== 0) && sameOctets(curve.reduce(wide), scalar);
}

/** ComputeComposites: random weights bind every pair of the batch into one. */
function composites(
  curve: Curve,
  { publicKey, blinded, evaluated }: Batch,
): { readonly m: Element; readonly z: Element } {
  assert(blinded.length === evaluated.length && blinded.length > 0, 'a batch has pairs');
  assert(blinded.length <= PROOF_BATCH_MAX, 'a batch is numbered by two octets');
  const seed = curve.sha512(joinBytes(prefixed(publicKey), prefixed(tagFor('Seed-', 1))));
  let m: Element | null = null;
  let z: Element | null = null;
  for (const [at, c] of blinded.entries()) {
    const d = evaluated[at]!;
    const weight = hashToScalar(
      curve,
      1,
      joinBytes(prefixed(seed), octetsOf(at, 2), prefixed(c), prefixed(d), ascii('Composite')),
    );
    const [weightedC, weightedD] = [curve.multiply(weight, c), curve.multiply(weight, d)];
    m = m === null ? weightedC : curve.add(m, weightedC);
    z = z === null ? weightedD : curve.add(z, weightedD);
  }
  return { m: m ?? new Uint8Array(ELEMENT_BYTES), z: z ?? new Uint8Array(ELEMENT_BYTES) };
}

const challenge = (curve: Curve, publicKey: Element, parts: readonly Element[]): Scalar =>
  hashToScalar(
    curve,
    1,
    joinBytes(prefixed(publicKey), ...parts.map(prefixed), ascii('Challenge')),
  );
