import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { curve, kernels, primitives, TERMS } from '../../../test/kit/exchange.ts';
import { type FileKind, renderFile } from './envelope.ts';
import {
  type Commitment,
  readAnswer,
  readCommitment,
  readNoticeTags,
  readQuery,
  readTags,
  type TagHeader,
} from './index.ts';

const EXPECTED = { tags: '', answered: false, quota: 20_000, spent: 0, today: '2020-10-22' };

test('a file with a sound checksum and any header is read or refused, never thrown at', () => {
  const field = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(24, 240, 'a', '2020-11-30', 'ab'.repeat(32), 'name', 'count', 'notice'),
  );
  const keys = [
    'incident',
    'epoch',
    'epochEnds',
    'key',
    'mode',
    'counties',
    'people',
    'reports',
    'root',
  ];
  const terms = fc.record(Object.fromEntries(keys.map((key) => [key, field])));
  const header = fc.record({
    county: field,
    commitment: fc.oneof(
      terms,
      fc.constant({ ...TERMS, people: 240, reports: 240, root: 'ab'.repeat(32) }),
    ),
    commitmentDigest: fc.constant('ab'.repeat(32)),
    publicKey: fc.constantFrom('ff'.repeat(32), '00'.repeat(32)),
    records: fc.oneof(fc.nat(400), fc.constant(1e9)),
    cells: fc.oneof(field, fc.dictionary(fc.string(), fc.nat(300))),
    strata: fc.oneof(field, fc.dictionary(fc.string(), fc.dictionary(fc.string(), fc.nat(300)))),
    epoch: field,
    releases: fc.oneof(
      field,
      fc.array(fc.record({ id: field, asOf: field, subset: fc.boolean(), jurisdiction: field })),
    ),
    tags: field,
    query: field,
    size: fc.nat(20),
    proof: field,
  });
  const kinds = fc.constantFrom('commitment', 'tags', 'query', 'answer');
  const bodies = fc.uint8Array({ maxLength: 700 });
  fc.assert(
    fc.property(kinds, header, bodies, (kind, made, body) => {
      const bytes = renderFile(kernels, kind as FileKind, { header: made as never, body });
      const head = made as never as TagHeader;
      for (const read of [
        () => readCommitment(kernels, bytes),
        () => readTags(kernels, bytes),
        () => readNoticeTags(kernels, bytes),
        () => readQuery(primitives, bytes, { ...EXPECTED, header: head }),
      ]) {
        expect(typeof read().ok).toBe('boolean');
      }
    }),
  );
});

test('a public key that is no point cannot prove anything', () => {
  const publicKey = new Uint8Array(32).fill(255);
  const commitment: Commitment = { ...TERMS, mode: 'notice', people: 240, reports: 240, root: '' };
  const header = { county: 'c', commitment, commitmentDigest: '', publicKey, releases: [] };
  const element = curve.fromUniform(randomBytes(64));
  const bytes = renderFile(kernels, 'answer', {
    header: { tags: 't', query: 'q', size: 1, proof: '11'.repeat(64) },
    body: element,
  });
  const question = { header, tags: 't', query: 'q', size: 1, elements: [element] };
  expect(readAnswer(primitives, bytes, question)).toMatchObject({
    failure: { code: 'match-proof-wrong' },
  });
});
