import { describe, expect, test } from 'vitest';
import { TERMS } from '../../../test/kit/exchange.ts';
import { nodeKernels } from '../../host/kernels/index.ts';
import { type Commitment, commit, commitmentFromText, readCommitment } from './commitment.ts';
import { readFile, renderFile } from './envelope.ts';
import { renderCommitment } from './index.ts';

const COMMITMENT: Commitment = {
  ...TERMS,
  counties: 67,
  people: 240,
  reports: 250,
  root: 'ab'.repeat(32),
};

describe('a commitment', () => {
  const read = (change: object): Commitment | null =>
    commitmentFromText(JSON.stringify({ ...COMMITMENT, ...change }));

  test.each<[string, object]>([
    ['that names no counties', { counties: null }],
    ['of one county', { counties: 1 }],
    ['in which everybody reported once', { people: 250 }],
    ['by e-mail, in match mode', { key: 'email', mode: 'notice' }],
    ['with a name of one figure', { epoch: '9' }],
  ])('%s is read', (_, change) => {
    expect(read(change)).toEqual({ ...COMMITMENT, ...change });
  });

  test.each<[string, object]>([
    ['an incident of two lines', { incident: 'a\nb' }],
    ['an epoch that begins with a blank', { epoch: ' a' }],
    ['a name longer than 80 signs', { epoch: 'a'.repeat(81) }],
    ['a last day that no calendar has', { epochEnds: '2020-02-30' }],
    ['a key of another kind', { key: 'phone' }],
    ['a mode of another kind', { mode: 'both' }],
    ['more people than reports', { people: 251 }],
    ['half a person', { people: 239.5 }],
    ['more reports than one exchange takes', { reports: 1e9 }],
    ['no county', { counties: 0 }],
    ['more counties than any state has', { counties: 301 }],
    ['a root that is no digest', { root: 'AB'.repeat(32) }],
  ])('with %s is none', (_, change) => expect(read(change)).toBeNull());

  test.each<[Partial<Commitment>, string]>([
    [{ people: 200 }, 'ok'],
    [{ people: 199 }, 'match-batch-small'],
    // RFC 9497 section 2.2.1 numbers a proof's batch with two octets, the invented people with it.
    [{ mode: 'notice', people: 65_495, reports: 65_495 }, 'ok'],
    [{ mode: 'notice', people: 65_496, reports: 65_496 }, 'match-batch-large'],
    [{ mode: 'count', people: 65_496, reports: 65_496 }, 'ok'],
  ])('%j: %s', (change, code) => {
    const bytes = renderCommitment(nodeKernels, { ...COMMITMENT, ...change });
    const found = readCommitment(nodeKernels, bytes);
    expect(found.ok ? 'ok' : found.failure.code).toBe(code);
  });

  test('counts people, not reports, and binds to every one of these', () => {
    const reports = Array.from({ length: 210 }, (_, at) => ({ id: `r${at}`, identity: `p${at}` }));
    const twice = { id: 'again', identity: 'p7' };
    const { people: _, reports: __, root: ___, ...terms } = COMMITMENT;
    const made = (list: typeof reports) =>
      commit(nodeKernels, { terms, reports: list, secret: new Uint8Array(32).fill(5) });
    expect(made([...reports, twice])).toMatchObject({ value: { people: 210, reports: 211 } });
    const roots = [reports, [...reports, twice], reports.toReversed()].map((list) => {
      const found = made(list);
      return found.ok ? found.value.root : '';
    });
    expect(new Set(roots).size).toBe(3);
  });
});

describe('the envelope', () => {
  const encode = (text: string): Uint8Array => nodeKernels.encode(text);
  const codeOf = (bytes: Uint8Array): string => {
    const read = readFile(nodeKernels, 'query', bytes);
    return read.ok ? 'ok' : read.failure.code;
  };
  const sound = renderFile(nodeKernels, 'query', { header: { a: 1 }, body: encode('body') });
  const magic = nodeKernels.latin1(sound, 0, sound.indexOf(10) + 1);

  test('gives its header and its body back, and may be empty', () => {
    const read = readFile(nodeKernels, 'query', sound);
    expect(read).toMatchObject({ value: { header: { a: 1, bytes: 4 }, body: encode('body') } });
    const empty = renderFile(nodeKernels, 'query', { header: {}, body: new Uint8Array(0) });
    expect(codeOf(empty)).toBe('ok');
  });

  test.each([
    ['nothing', new Uint8Array(0), 'match-file-foreign'],
    ['another file', encode('%PDF-1.7\n'), 'match-file-foreign'],
    ['a first line without an end', encode('x'.repeat(100)), 'match-file-foreign'],
    ['no header', encode(magic), 'match-file-truncated'],
    ['half a header', encode(`${magic}{"bytes":`), 'match-file-truncated'],
    ['a header without an end', encode(magic + ' '.repeat(1 << 21)), 'match-file-rule'],
    ['a header that is no object', encode(`${magic}[]\n`), 'match-file-rule'],
    ['a length in words', encode(`${magic}{"bytes":"4"}\n`), 'match-file-rule'],
    ['a length below zero', encode(`${magic}{"bytes":-1}\n`), 'match-file-rule'],
    ['half a byte', encode(`${magic}{"bytes":0.5}\n`), 'match-file-rule'],
    ['one byte short', sound.subarray(0, -1), 'match-file-truncated'],
    ['a byte too many', Uint8Array.of(...sound, 0), 'match-file-damaged'],
    [
      'one bit changed',
      sound.map((byte, at) => (at === 40 ? byte ^ 1 : byte)),
      'match-file-damaged',
    ],
  ])('%s is %s', (_, bytes, code) => expect(codeOf(bytes)).toBe(code));
});
