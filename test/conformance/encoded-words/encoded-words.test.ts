import { describe, expect, test } from 'vitest';
import { decodeHeaderText, parseContentHeader } from '../../../src/core/header/index.ts';
import { nodeKernels } from '../../../src/host/kernels/index.ts';
import { type ConformanceRow, holdRow } from '../../kit/conformance-row.ts';
import parameters from './parameters.json' with { type: 'json' };
import words from './words.json' with { type: 'json' };

interface WordRow extends ConformanceRow {
  readonly raw: string;
  readonly text: string;
}

interface ParameterRow extends ConformanceRow {
  readonly raw: string;
  readonly value: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const bytesOf = (latin1: string): Uint8Array => Buffer.from(latin1, 'latin1');

describe('header text', () => {
  test.each(words.map((row: WordRow) => [row.rule, row] as const))('%s', (_, row) => {
    holdRow(row, () => expect(decodeHeaderText(bytesOf(row.raw), nodeKernels)).toBe(row.text));
  });
});

describe('parameters', () => {
  test.each(parameters.map((row) => [row.rule, row as unknown as ParameterRow] as const))(
    '%s',
    (_, row) => {
      const header = parseContentHeader(row.raw, nodeKernels);
      holdRow(row, () => {
        expect(header.value).toBe(row.value);
        expect(Object.fromEntries(header.parameters)).toEqual(row.parameters);
      });
    },
  );
});

test('the tables are whole', () => {
  expect([words.length, parameters.length]).toEqual([39, 19]);
});
