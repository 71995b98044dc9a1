import { hash } from 'node:crypto';
import sodium from 'libsodium-wrappers-sumo';
import { type Curve, ELEMENT_BYTES } from '../../core/psi/index.ts';

/** `Curve` filled with libsodium; resolves when its WebAssembly is ready. */
export async function sodiumCurve(): Promise<Curve> {
  await sodium.ready;
  return {
    // libsodium refuses encodings that are not canonical, but takes the identity: all zero.
    isElement: (bytes) =>
      bytes.length === ELEMENT_BYTES &&
      sodium.crypto_core_ristretto255_is_valid_point(bytes) &&
      bytes.some((byte) => byte !== 0),
    fromUniform: (bytes) => sodium.crypto_core_ristretto255_from_hash(bytes),
    multiply: (scalar, element) => sodium.crypto_scalarmult_ristretto255(scalar, element),
    multiplyBase: (scalar) => sodium.crypto_scalarmult_ristretto255_base(scalar),
    add: (a, b) => sodium.crypto_core_ristretto255_add(a, b),
    reduce: (bytes) => sodium.crypto_core_ristretto255_scalar_reduce(bytes),
    scalarMultiply: (a, b) => sodium.crypto_core_ristretto255_scalar_mul(a, b),
    scalarSubtract: (a, b) => sodium.crypto_core_ristretto255_scalar_sub(a, b),
    invert: (scalar) => sodium.crypto_core_ristretto255_scalar_invert(scalar),
    sha512: (bytes) => hash('sha512', bytes, 'buffer'),
  };
}
