import { assert } from '../base/index.ts';
import { type Curve, ELEMENT_BYTES, type Element, type Scalar } from './curve.ts';
import { wiping } from './wiping.ts';

/**
 * The u-coordinate (RFC 7748) of eight times an element, 32 bytes, little-endian: what tags hash.
 *
 * An element of ristretto255 is a class of points that differ by small torsion; eight times them
 * are one point, and u forgets its sign. So u is a function of the element, equal for an element
 * and its negative and for no others. Whoever holds the key computes it by X25519, which every TLS
 * library has in native constant-time code.
 *
 * Source: RFC 9496 section 4.3.1 gives y = (1 - s^2) / (1 + s^2) for the encoding s, and RFC 7748
 * section 4.1 u = (1 + y) / (1 - y); together u = 1 / s^2.
 */
export type Coordinate = Uint8Array;

/** 2^255 - 19. */
const PRIME = 2n ** 255n - 19n;
/** (486662 + 2) / 4 of RFC 7748's curve: in the doubling of Montgomery 1987. */
const DOUBLING = 121_666n;
/** Eight is three doublings. */
const DOUBLINGS = 3;

const reduced = (value: bigint): bigint => {
  const rest = value % PRIME;
  return rest < 0n ? rest + PRIME : rest;
};

/**
 * u of 8 Q for each element Q; all are valid and none is the identity. Not constant-time: it is for
 * elements that a side made or received itself, never for a key.
 */
export function coordinatesOf(elements: readonly Element[]): readonly Coordinate[] {
  const points = elements.map((element) => {
    const s = numberOf(element);
    let [x, z] = [1n, reduced(s * s)];
    for (let doubling = 0; doubling < DOUBLINGS; doubling++) {
      const [plus, minus] = [reduced((x + z) ** 2n), reduced((x - z) ** 2n)];
      const difference = plus - minus;
      x = reduced(plus * minus);
      z = reduced(difference * (minus + DOUBLING * difference));
    }
    return { x, z };
  });
  const inverses = inverted(points.map(({ z }) => z));
  return points.map(({ x }, at) => octetsFrom(reduced(x * inverses[at]!)));
}

/** u of each element itself, 1 / s^2: what X25519 multiplies. */
export const ladderInputs = (elements: readonly Element[]): readonly Uint8Array[] =>
  inverted(
    elements.map((element) => {
      const s = numberOf(element);
      return reduced(s * s);
    }),
  ).map(octetsFrom);

/** All inverses with one exponentiation (Montgomery 1987, section 10.3.1). */
function inverted(values: readonly bigint[]): readonly bigint[] {
  const products: bigint[] = [];
  let product = 1n;
  for (const value of values) {
    products.push(product);
    product = reduced(product * value);
  }
  assert(product !== 0n, 'an element is not the identity');
  let rest = power(product, PRIME - 2n);
  const inverses: bigint[] = [];
  for (let at = values.length - 1; at >= 0; at--) {
    inverses[at] = reduced(rest * products[at]!);
    rest = reduced(rest * values[at]!);
  }
  return inverses;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = reduced(result * square);
    square = reduced(square * square);
  }
  return result;
}

const WORDS = [24, 16, 8, 0] as const;

function numberOf(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, ELEMENT_BYTES);
  return WORDS.reduce((sum, at) => (sum << 64n) | view.getBigUint64(at, true), 0n);
}

function octetsFrom(value: bigint): Uint8Array {
  const bytes = new Uint8Array(ELEMENT_BYTES);
  const view = new DataView(bytes.buffer);
  for (const at of WORDS) view.setBigUint64(at, BigInt.asUintN(64, value >> BigInt(at * 8)), true);
  return bytes;
}

/**
 * The scalar with which X25519 gives u of 8 k P: eight times k, or times -k, whichever has the form
 * that RFC 7748 section 5 forces on a scalar. u does not tell the two apart, so every key has one.
 */
export function ladderScalar(curve: Curve, key: Scalar): Uint8Array {
  const fits = (scalar: Scalar): boolean => (scalar[31]! & 0xf8) === 0x08;
  return wiping(curve.scalarSubtract(new Uint8Array(ELEMENT_BYTES), key), (negative) => {
    const scalar = fits(key) ? key : negative;
    // A key that is neither lies within 2^125 of a power of two: one in 2^127.
    assert(fits(scalar), 'the key has a form that X25519 takes');
    return timesEight(scalar);
  });
}

/** Without reduction: `scalar` is below 2^253. */
const timesEight = (scalar: Scalar): Uint8Array =>
  scalar.map((byte, at) => ((byte << 3) | ((scalar[at - 1] ?? 0) >>> 5)) & 0xff);
