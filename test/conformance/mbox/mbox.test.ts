import { expect, test } from 'vitest';
import { createMboxSplitter } from '../../../src/core/mbox/index.ts';
import { nodeKernels } from '../../../src/host/kernels/index.ts';
import table from './dialects.json' with { type: 'json' };

interface Row {
  readonly row: string;
  /** Who writes such files, or what says so. */
  readonly source: string;
  readonly eol?: 'lf' | 'crlf' | 'cr';
  readonly bom?: boolean;
  /** The last line has no line end. */
  readonly cut?: boolean;
  readonly file: readonly string[];
  /** Lines of each mail: first, and the one behind the last. */
  readonly mails: readonly (readonly [number, number])[];
  readonly quoting?: string;
  readonly contentLength?: boolean;
  readonly limit?: string;
}

/** Row to the written reason why it is not met. A row here that is met fails the run. */
const SKIPPED: Readonly<Record<string, string>> = {
  'a separator without a sender':
    'RFC 4155 wants an address; a line that begins "From Wed" may be prose',
};

const END = { lf: '\n', crlf: '\r\n', cr: '\r' } as const;

function read({ file, eol = 'lf', bom = false, cut = false }: Row) {
  const lines = file.map((line, at) => (cut && at === file.length - 1 ? line : line + END[eol]));
  const text = (bom ? '\xef\xbb\xbf' : '') + lines.join('');
  const splitter = createMboxSplitter(nodeKernels);
  const first = splitter.push(Buffer.from(text, 'latin1'));
  const { ranges, profile, limits } = splitter.end();
  const mails = [...first, ...ranges].flatMap((range) =>
    range.kind === 'message' ? [Buffer.from(range.bytes ?? []).toString('latin1')] : [],
  );
  return { lines, mails, profile, limits: limits.map(({ code }) => code) };
}

const rows = table as unknown as readonly Row[];

test.each(rows.map((row) => [row.row, row] as const))('mbox, %s', (name, row) => {
  const { lines, mails, profile, limits } = read(row);
  const wanted = row.mails.map(([from, to]) => lines.slice(from, to).join(''));
  if (name in SKIPPED) {
    expect(mails).not.toEqual(wanted);
    return;
  }
  expect(mails).toEqual(wanted);
  if (row.quoting !== undefined) expect(profile.quoting).toBe(row.quoting);
  if (row.contentLength === true) expect(profile.contentLength).toBe(true);
  expect(limits).toEqual(row.limit === undefined ? [] : [row.limit]);
});

test('every reason names a row', () => {
  const names = rows.map(({ row }) => row);
  expect(new Set(names).size).toBe(names.length);
  expect(Object.keys(SKIPPED).filter((name) => !names.includes(name))).toEqual([]);
});
