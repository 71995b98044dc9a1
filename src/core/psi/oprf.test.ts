import { ristretto255, ristretto255_hasher, ristretto255_oprf } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RFC_9497 } from '../../../test/conformance/voprf/rfc9497.data.ts';
import { sodiumCurve } from '../../host/psi/index.ts';
import { hexOf, joinBytes } from '../base/index.ts';
import { ascii, fromHex } from './octets.ts';
import { deriveKey, finalize, hashToGroup, outputOf, proofHolds, prove } from './oprf.ts';

const curve = await sodiumCurve();
const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
const label = ({ mode }: { readonly mode: number }): string =>
  mode === 0 ? 'A.1.1 OPRF' : 'A.1.2 VOPRF';

const rows = RFC_9497.flatMap((suite) =>
  suite.vectors.map((vector, at) => [`${label(suite)}, vector ${at + 1}`, suite, vector] as const),
);

describe('RFC 9497, ristretto255-SHA512', () => {
  test.each(RFC_9497.map((suite) => [label(suite), suite] as const))('%s: keys', (_, suite) => {
    const key = deriveKey(curve, suite.mode, { seed: bytes(suite.seed), info: bytes(suite.info) });
    expect(hexOf(key)).toBe(suite.key);
    if (suite.publicKey !== null) expect(hexOf(curve.multiplyBase(key))).toBe(suite.publicKey);
  });

  test.each(rows)('%s: every step', (_, { mode, key }, vector) => {
    for (const [at, text] of vector.inputs.entries()) {
      const [input, blind] = [bytes(text), bytes(vector.blinds[at]!)];
      const element = hashToGroup(curve, mode, input);
      const blinded = curve.multiply(blind, element);
      expect(hexOf(blinded)).toBe(vector.blinded[at]);
      const evaluated = curve.multiply(bytes(key), blinded);
      expect(hexOf(evaluated)).toBe(vector.evaluated[at]);
      expect(hexOf(finalize(curve, { input, blind, evaluated }))).toBe(vector.outputs[at]);
      const own = outputOf(curve, input, curve.multiply(bytes(key), element));
      expect(hexOf(own)).toBe(vector.outputs[at]);
    }
  });

  test.each(rows.filter(([, , { proof }]) => proof !== null))('%s: proof', (_, suite, vector) => {
    const batch = {
      publicKey: bytes(suite.publicKey ?? ''),
      blinded: vector.blinded.map(bytes),
      evaluated: vector.evaluated.map(bytes),
    };
    const r = bytes(vector.proofScalar ?? '');
    // A scalar below the order is what it reduces to.
    const proof = prove(curve, bytes(suite.key), batch, () => joinBytes(r, new Uint8Array(32)));
    expect(hexOf(proof)).toBe(vector.proof);
    expect(proofHolds(curve, batch, proof)).toBe(true);
    for (const place of [0, 31, 32, 63]) {
      const forged = Uint8Array.from(proof);
      forged[place]! ^= 1;
      expect(proofHolds(curve, batch, forged)).toBe(false);
    }
    const swapped = { ...batch, evaluated: batch.evaluated.map(() => batch.blinded[0]!) };
    expect(proofHolds(curve, swapped, proof)).toBe(false);
  });
});

describe('libsodium against noble', () => {
  const octets = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

  test('maps, multiplies, adds and judges encodings alike', () => {
    fc.assert(
      fc.property(octets(64), octets(64), octets(64), octets(32), (u, v, w, any) => {
        const [a, b] = [curve.fromUniform(u), curve.fromUniform(v)];
        const pa = ristretto255_hasher.deriveToCurve!(u);
        const pb = ristretto255_hasher.deriveToCurve!(v);
        expect(hexOf(a)).toBe(pa.toHex());
        expect(hexOf(curve.add(a, b))).toBe(pa.add(pb).toHex());
        const scalar = curve.reduce(w);
        const n = ristretto255.Point.Fn.fromBytes(scalar);
        expect(hexOf(curve.multiply(scalar, a))).toBe(pa.multiply(n).toHex());
        expect(hexOf(curve.multiplyBase(scalar))).toBe(ristretto255.Point.BASE.multiply(n).toHex());
        expect(curve.isElement(any)).toBe(nobleAccepts(any));
      }),
      { numRuns: 25 },
    );
  });

  test('one VOPRF between the two: noble asks, libsodium answers and proves', () => {
    const { voprf } = ristretto255_oprf;
    const { secretKey, publicKey } = voprf.deriveKeyPair(new Uint8Array(32).fill(7), ascii('x'));
    const inputs = ['ada', 'bo', 'cy'].map(ascii);
    const asked = inputs.map((input) => voprf.blind(input));
    const blinded = asked.map((one) => one.blinded);
    const evaluated = blinded.map((element) => curve.multiply(secretKey, element));
    const proof = prove(curve, secretKey, { publicKey, blinded, evaluated }, (length) =>
      crypto.getRandomValues(new Uint8Array(length)),
    );
    const outputs = voprf.finalizeBatch(
      inputs.map((input, at) => ({
        input,
        blind: asked[at]!.blind,
        evaluated: evaluated[at]!,
        blinded: blinded[at]!,
      })),
      publicKey,
      proof,
    );
    const own = inputs.map((input) =>
      outputOf(curve, input, curve.multiply(secretKey, hashToGroup(curve, 1, input))),
    );
    expect(outputs.map(hexOf)).toEqual(own.map(hexOf));
  });

  test('the identity and encodings that are not canonical are no elements', () => {
    // RFC 9496 appendix A.2: negative, over the field's prime, not on the curve.
    for (const hex of [
      '00'.repeat(32),
      `01${'00'.repeat(31)}`,
      `ed${'ff'.repeat(30)}7f`,
      `00${'ff'.repeat(31)}`,
      '26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371',
    ]) {
      expect(curve.isElement(fromHex(hex, 32)!)).toBe(false);
    }
  });
});

function nobleAccepts(encoding: Uint8Array): boolean {
  try {
    return !ristretto255.Point.fromBytes(encoding).is0();
  } catch {
    return false;
  }
}
