import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import { type Instant, instantFromMilliseconds } from '../base/index.ts';
import {
  type CheckpointSigner,
  parseNoteKey,
  readCheckpoint,
  renderNoteKey,
  signCheckpoint,
} from './index.ts';
import { noteKeyId, parseNote } from './signed-note.ts';

/** Go's golang.org/x/mod/sumdb/note documents this key and this note. */
const GO_KEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const GO_NOTE =
  'If you think cryptography is the answer to your problem,\n' +
  "then you don't know what your problem is.\n\n" +
  '\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';

function publicKeyOf(raw: Uint8Array) {
  const x = Buffer.from(raw).toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}

const pair = generateKeyPairSync('ed25519');
const publicKey = Buffer.from(pair.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
const signer: CheckpointSigner = {
  name: 'case.example/log',
  publicKey,
  sign: (message) => sign(null, message, pair.privateKey),
  verify: (message, signature) => verify(null, message, pair.publicKey, signature),
};

const at = '2020-10-21T23:30:00.000Z' as Instant;
const root = kernels.sha256Raw(new Uint8Array(0));
const note = signCheckpoint({ origin: signer.name, size: 7, root, at }, signer, kernels);

describe('C2SP signed-note', () => {
  test("Go's documented note and key read, and its signature holds", () => {
    const key = parseNoteKey(GO_KEY, kernels)!;
    const parsed = parseNote(GO_NOTE, kernels)!;
    expect(renderNoteKey(key, kernels)).toBe(GO_KEY);
    expect(Buffer.from(parsed.signatures[0]!.keyId)).toEqual(Buffer.from(noteKeyId(key, kernels)));
    const message = kernels.encode(parsed.text);
    expect(verify(null, message, publicKeyOf(key.publicKey), parsed.signatures[0]!.signature)).toBe(
      true,
    );
  });

  test.each([
    ['another id', GO_KEY.replace('c74f', 'c74e')],
    ['another algorithm', GO_KEY.replace('+ARpc', '+AhpC')],
    ['no name', GO_KEY.replace('PeterNeumann', '')],
  ])('a verifier key with %s is refused', (_, text) =>
    expect(parseNoteKey(text, kernels)).toBeNull(),
  );
});

describe('C2SP tlog-checkpoint', () => {
  test('a signed checkpoint reads back', () => {
    expect(
      note.startsWith('case.example/log\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n'),
    ).toBe(true);
    const reading = readCheckpoint(note, signer, kernels);
    expect(reading).toMatchObject({ kind: 'signed', checkpoint: { size: 7, at } });
  });

  test('any flipped bit is noticed, in the text and in the signature', () => {
    const bytes = Buffer.from(note, 'utf8');
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(7), (place, bit) => {
        const flipped = Buffer.from(bytes);
        flipped[place] = flipped[place]! ^ (1 << bit);
        const reading = readCheckpoint(flipped.toString('utf8'), signer, kernels);
        expect(reading.kind).not.toBe('signed');
      }),
      { numRuns: 300 },
    );
  });

  test("another key's signature does not count", () => {
    const stranger = { ...signer, publicKey: publicKey.map((byte) => byte ^ 1) };
    expect(readCheckpoint(note, stranger, kernels).kind).toBe('unsigned');
  });

  test('never throws on any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readCheckpoint(`${text}\n\n\u2014 a b\n`, signer, kernels).kind).toBe('malformed');
      }),
    );
  });

  test('sizes up to 2^53 keep their digits', () => {
    const size = Number.MAX_SAFE_INTEGER;
    const instant = instantFromMilliseconds(0)!;
    const large = signCheckpoint({ origin: signer.name, size, root, at: instant }, signer, kernels);
    expect(readCheckpoint(large, signer, kernels)).toMatchObject({ checkpoint: { size } });
  });
});
