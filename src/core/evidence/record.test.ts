import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import type { Instant, Sha256 } from '../base/index.ts';
import { recordBody, sealFinding, storableText, storedFinding } from './index.ts';

const digest = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' as Sha256;
const at = '2020-10-21T23:30:00.000Z' as Instant;
const derivation = { stage: 'examine', methodVersion: 1, inputs: [digest], parameters: {} };

describe('a log record', () => {
  test('of custody binds who handed over which bytes, when and how', () => {
    const body = recordBody({
      kind: 'custody',
      exhibit: { digest, bytes: 3, kind: 'message' },
      custody: {
        exhibit: digest,
        givenBy: 'clerk',
        receivedAt: at,
        receivedHow: 'file',
        name: 'a.eml',
      },
    });
    expect(body).toBe(
      `{"exhibit":{"bytes":3,"digest":"${digest}","kind":"message"},"givenBy":"clerk",` +
        `"name":"a.eml","receivedAt":"${at}","receivedHow":"file","record":"custody","version":1}`,
    );
  });

  test('of a finding binds its output by digest alone', () => {
    const finding = sealFinding(derivation, { b: 1, a: [true] }, kernels);
    const body = recordBody({ kind: 'finding', finding });
    expect(finding.outputText).toBe('{"a":[true],"b":1}');
    expect(JSON.parse(body)).toMatchObject({
      key: finding.key,
      outputDigest: kernels.sha256(kernels.encode(finding.outputText)),
    });
    expect(body).not.toContain('outputText');
  });

  test('of an act may carry a body with members named like its own', () => {
    const act = { kind: 'judge', by: 'a', at, reason: 'r', body: { record: 'custody', by: 'b' } };
    expect(JSON.parse(recordBody({ kind: 'act', act }))).toMatchObject({ record: 'act', by: 'a' });
  });
});

describe('a finding', () => {
  test('gives back the output that it was made of', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (output) => {
        const finding = sealFinding(derivation, output as never, kernels);
        const { outputText, output: _, ...sealed } = finding;
        expect(storedFinding(sealed, outputText)).toEqual({
          ...finding,
          output: JSON.parse(JSON.stringify(output)),
        });
      }),
    );
  });

  test('has another key for another parameter, and the same for another output', () => {
    const key = (parameters: { readonly [name: string]: number }, output: number) =>
      sealFinding({ ...derivation, parameters }, output, kernels).key;
    expect(key({}, 1)).toBe(key({}, 2));
    expect(key({ seed: 1 }, 1)).not.toBe(key({ seed: 2 }, 1));
  });
});

test('text that no UTF-8 column holds is made storable', () => {
  expect(storableText('a\u0000b\ud800c')).toBe('a\ufffdb\ufffdc');
  fc.assert(
    fc.property(fc.uint16Array(), (units) => {
      const text = String.fromCharCode(...units);
      const kept = storableText(text);
      expect(kernels.utf8(kernels.encode(kept), 0, kernels.encode(kept).length)).toBe(kept);
    }),
  );
});
