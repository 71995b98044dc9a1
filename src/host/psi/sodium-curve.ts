import { createPrivateKey, createPublicKey, diffieHellman, hash } from 'node:crypto';
import sodium from 'libsodium-wrappers-sumo';
import { type Curve, ELEMENT_BYTES, wiping } from '../../core/psi/index.ts';

/** RFC 8410 section 7: what stands before the 32 bytes of an X25519 private key. */
const X25519_PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex');
/** RFC 8410 section 4: the 12 bytes before a public key, which are 16 characters of base64. */
const X25519_SPKI = Buffer.from('302a300506032b656e032100', 'hex').toString('base64');
const PEM = [`-----BEGIN PUBLIC KEY-----\n${X25519_SPKI}`, '\n-----END PUBLIC KEY-----\n'] as const;

/**
 * As text: of an object Node 24 finds out by four caught exceptions that it is no key, which
 * together take two thirds of a ladder.
 */
const publicKeyOf = (u: Uint8Array) =>
  createPublicKey(`${PEM[0]}${Buffer.from(u).toString('base64')}${PEM[1]}`);

/**
 * `Curve` filled with libsodium, and X25519 with OpenSSL; resolves when its WebAssembly is ready.
 */
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
    ladder: (scalar) => {
      const privateKey = wiping(Buffer.concat([X25519_PKCS8, scalar]), (key) =>
        createPrivateKey({ key, format: 'der', type: 'pkcs8' }),
      );
      return (u) => diffieHellman({ privateKey, publicKey: publicKeyOf(u) });
    },
    sha512: (bytes) => hash('sha512', bytes, 'buffer'),
  };
}
