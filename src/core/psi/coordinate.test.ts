import { createHash } from 'node:crypto';
import { ed25519, ristretto255, x25519 } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodePrimitives } from '../../host/psi/index.ts';
import { hexOf } from '../base/index.ts';
import { coordinatesOf, ladderInputs, ladderScalar } from './coordinate.ts';
import { fromHex } from './octets.ts';
import { elementPlaces, rollPlaces } from './tag.ts';

const primitives = await nodePrimitives();
const { curve } = primitives;
const octets = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const scalars = octets(64).map((wide) => curve.reduce(wide));

/** u of RFC 7748 out of a point of edwards25519 as noble has it. */
function coordinateByNoble(element: Uint8Array): string {
  const { x, y } = ed25519.Point.fromAffine(ristrettoAffine(element)).multiply(8n);
  const { Fp } = ed25519.Point;
  expect(Fp.isValid(x)).toBe(true);
  return hexOf(Fp.toBytes(Fp.div(Fp.add(Fp.ONE, y), Fp.sub(Fp.ONE, y))));
}
const ristrettoAffine = (element: Uint8Array) =>
  (
    ristretto255.Point.fromBytes(element) as unknown as {
      ep: { toAffine(): { x: bigint; y: bigint } };
    }
  ).ep.toAffine();

describe('the coordinate that a tag hashes', () => {
  test('is u of eight times the point that noble decodes', () => {
    fc.assert(
      fc.property(octets(64), (wide) => {
        const element = curve.fromUniform(wide);
        expect(hexOf(coordinatesOf([element])[0]!)).toBe(coordinateByNoble(element));
      }),
      { numRuns: 10 },
    );
  });

  test('comes alike from X25519 and from ristretto255, for every key and its negative', () => {
    fc.assert(
      fc.property(octets(64), scalars, (wide, key) => {
        fc.pre(key.some((byte) => byte !== 0));
        const element = curve.fromUniform(wide);
        const [coordinate] = coordinatesOf([curve.multiply(key, element)]);
        const scalar = ladderScalar(curve, key);
        const [u] = ladderInputs([element]);
        expect(hexOf(curve.ladder(scalar)(u!))).toBe(hexOf(coordinate!));
        expect(hexOf(x25519.scalarMult(scalar, u!))).toBe(hexOf(coordinate!));
        const negative = curve.scalarSubtract(new Uint8Array(32), key);
        expect(ladderScalar(curve, negative)).toEqual(scalar);
      }),
      { numRuns: 15 },
    );
  });

  test('gives the place of a tag by the first 53 bits of a hash', () => {
    fc.assert(
      fc.property(octets(64), (wide) => {
        const element = curve.fromUniform(wide);
        const hash = createHash('sha256').update('tag');
        hash.update(Buffer.from(coordinateByNoble(element), 'hex'));
        const bits = BigInt(`0x${hash.digest('hex')}`) >> 203n;
        expect([...elementPlaces(primitives, [element])]).toEqual([Number(bits) / 2 ** 53]);
      }),
      { numRuns: 10 },
    );
  });

  test('of many is that of each, and differs between elements', () => {
    const elements = Array.from({ length: 40 }, (_, at) =>
      curve.fromUniform(new Uint8Array(64).fill(at + 1)),
    );
    const together = coordinatesOf(elements).map(hexOf);
    expect(together).toEqual(elements.map((element) => hexOf(coordinatesOf([element])[0]!)));
    expect(new Set(together).size).toBe(40);
    expect([...elementPlaces(primitives, elements)].length).toBe(40);
  });
});

test('both multipliers make the same tags, in every batch', () => {
  const key = curve.reduce(new Uint8Array(64).fill(7));
  const inputs = Array.from({ length: 600 }, (_, at) => Uint8Array.of(at, at >> 8));
  const [fast, plain] = (['x25519', 'ristretto255'] as const).map((by) => [
    ...rollPlaces(primitives, key, { inputs, by }),
  ]);
  expect(fast).toEqual(plain);
  expect(new Set(fast).size).toBe(600);
});

test('a machine whose X25519 errs makes no tags by it, and all by ristretto255', () => {
  const wrong = { ...primitives, curve: { ...curve, ladder: () => (u: Uint8Array) => u } };
  const key = curve.reduce(new Uint8Array(64).fill(7));
  const inputs = [new Uint8Array(9)];
  expect(() => [...rollPlaces(wrong, key, { inputs, by: 'x25519' })]).toThrow('agree');
  expect([...rollPlaces(wrong, key, { inputs, by: 'ristretto255' })].length).toBe(1);
});

test('RFC 7748 section 5.2: the ladder', () => {
  const scalar = fromHex('a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4', 32)!;
  const u = fromHex('e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c', 32)!;
  expect(hexOf(curve.ladder(scalar)(u))).toBe(
    'c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552',
  );
});
