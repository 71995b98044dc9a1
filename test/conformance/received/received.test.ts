import { expect, test } from 'vitest';
import { decodeHeaderText } from '../../../src/core/header/index.ts';
import { readReceived } from '../../../src/core/route/index.ts';
import { nodeKernels } from '../../../src/host/kernels/index.ts';
import fields from './fields.json' with { type: 'json' };

test.each(fields.map((row) => [row.rule, row] as const))('%s', (_, { value, hop }) => {
  const unfolded = decodeHeaderText(nodeKernels.encode(value), nodeKernels);
  const [read] = readReceived([{ value: unfolded, offset: 0, length: value.length }]);
  expect(read).toMatchObject(hop);
});

test('the table is whole', () => {
  expect(fields).toHaveLength(57);
});
