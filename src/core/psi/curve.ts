import type { Kernels } from '../base/index.ts';
import { wiping } from './wiping.ts';

/** 32 bytes: an element of ristretto255 (RFC 9496 section 4.3.2), or what claims to be one. */
export type Element = Uint8Array;
/** 32 bytes, little-endian, below the group order (RFC 9496 section 4.4). */
export type Scalar = Uint8Array;

/** Octets of an element and of a scalar: Ne and Ns of RFC 9497 section 4.1. */
export const ELEMENT_BYTES = 32;

/**
 * What private matching asks of a curve and a hash. `host/psi` fills it with libsodium, whose
 * operations on scalars and elements take the same time for every secret.
 */
export interface Curve {
  /** A canonical encoding of an element that is not the identity. */
  isElement(bytes: Uint8Array): boolean;
  /** The one-way map of RFC 9496 section 4.3.4; 64 uniform bytes. */
  fromUniform(bytes: Uint8Array): Element;
  /** `element` is valid, `scalar` not zero: check first, a breach is a defect. */
  multiply(scalar: Scalar, element: Element): Element;
  multiplyBase(scalar: Scalar): Element;
  add(a: Element, b: Element): Element;
  /** 64 bytes, little-endian, to a scalar. */
  reduce(bytes: Uint8Array): Scalar;
  scalarMultiply(a: Scalar, b: Scalar): Scalar;
  scalarSubtract(a: Scalar, b: Scalar): Scalar;
  invert(scalar: Scalar): Scalar;
  /** X25519 of RFC 7748 section 5 under one scalar, for many u-coordinates. */
  ladder(scalar: Uint8Array): (u: Uint8Array) => Uint8Array;
  /** FIPS 180-4. */
  sha512(bytes: Uint8Array): Uint8Array;
}

/** Everything that private matching asks of the machine. */
export interface Primitives {
  readonly curve: Curve;
  readonly kernels: Kernels;
  /** Authenticated encryption under a key that seals one text only; 16 bytes longer. */
  seal(key: Uint8Array, text: Uint8Array): Uint8Array;
  /** Null where the key is another or the bytes were altered. */
  open(key: Uint8Array, sealed: Uint8Array): Uint8Array | null;
}

/**
 * Fresh secret bytes that nobody can guess and nobody else holds: they are overwritten after use.
 */
export type Draw = (length: number) => Uint8Array;

const WIDE_BYTES = 64;

/** Uniform, never zero: 512 random bits reduced, so the bias is below 2^-250. */
export function drawScalar(curve: Curve, draw: Draw): Scalar {
  for (;;) {
    const scalar = wiping(draw(WIDE_BYTES), curve.reduce);
    if (scalar.some((byte) => byte !== 0)) return scalar;
  }
}
