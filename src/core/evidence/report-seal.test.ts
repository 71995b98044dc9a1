import { generateKeyPairSync, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import type { Instant, Sha256 } from '../base/index.ts';
import { type CheckpointSigner, signCheckpoint } from './checkpoint.ts';
import { readReportSeal, sealReport } from './report-seal.ts';

function signer(): CheckpointSigner {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  return {
    name: 'tocsin/case/one',
    publicKey: raw,
    sign: (message) => sign(null, message, privateKey),
    verify: (message, signature) => verify(null, message, publicKey, signature),
  };
}

const key = signer();
const SEAL = {
  logSize: 9,
  files: [
    { name: 'index.html', sha256: 'ab'.repeat(32) as Sha256 },
    { name: 'findings.json', sha256: 'cd'.repeat(32) as Sha256 },
  ],
};
const note = sealReport(SEAL, key, kernels);

test('a seal reads as it was written, and its file lines are those of sha256sum', () => {
  expect(readReportSeal(note, key, kernels)).toEqual(SEAL);
  expect(note).toContain(`\n${'ab'.repeat(32)}  index.html\n`);
});

test('another key, a checkpoint and any other text are no seal', () => {
  expect(readReportSeal(note, signer(), kernels)).toBeNull();
  const root = new Uint8Array(32);
  const at = '2020-10-21T00:00:00.000Z' as Instant;
  const checkpoint = signCheckpoint({ origin: key.name, size: 9, root, at }, key, kernels);
  expect(readReportSeal(checkpoint, key, kernels)).toBeNull();
  fc.assert(fc.property(fc.string(), (text) => readReportSeal(text, key, kernels) === null));
});

test('a change of any character is found', () => {
  fc.assert(
    fc.property(fc.nat({ max: note.length - 1 }), (at) => {
      const altered = `${note.slice(0, at)}${note[at] === 'x' ? 'y' : 'x'}${note.slice(at + 1)}`;
      expect(readReportSeal(altered, key, kernels)).toBeNull();
    }),
    { numRuns: 60 },
  );
});
