import { describe, expect, test } from 'vitest';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import { TEXT_BYTES_MAX } from '../charset/index.ts';
import { FORWARD_TEXT_MAX, FORWARDS_MAX } from '../forward/index.ts';
import { ADDRESSES_MAX, ENCODED_WORDS_MAX } from '../header/index.ts';
import { HOPS_MAX } from '../route/index.ts';
import { BOUNDARY_BYTES_MAX, DEPTH_MAX, HEADER_BYTES_MAX, PARTS_MAX } from './mail-limits.ts';
import { readMessage } from './read.ts';

const head = 'From: a@example.org\r\nSubject: x\r\n';
const read = (text: string) => readMessage(Buffer.from(text, 'latin1'), kernels);
const codes = (text: string) => read(text).limits.map(({ code }) => code);

/** Multiparts inside each other; one as deep as the limit allows holds what is deeper as a leaf. */
function nested(depth: number): string {
  let text = head;
  for (let n = 0; n < depth; n += 1) {
    text += `Content-Type: multipart/mixed; boundary="b${n}"\r\n\r\n--b${n}\r\n`;
  }
  text += 'Content-Type: text/plain\r\n\r\ninmost';
  for (let n = depth - 1; n >= 0; n -= 1) text += `\r\n--b${n}--`;
  return text;
}

const parts = (count: number): string =>
  `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(count)}--b--\r\n`;
const addresses = (count: number): string => `To: ${'a@example.org, '.repeat(count)}\r\n\r\n`;
const words = (count: number): string => `X: ${'=?utf-8?q?a?= '.repeat(count)}\r\n\r\n`;

describe('a limit is named, and one below it is not', () => {
  test.each<[string, string, string, string]>([
    ['multiparts', 'mail-depth', nested(DEPTH_MAX), nested(DEPTH_MAX + 1)],
    ['parts', 'mail-parts', parts(PARTS_MAX - 1), parts(PARTS_MAX)],
    [
      'header bytes',
      'mail-header-bytes',
      `A: ${'x'.repeat(HEADER_BYTES_MAX - 7)}\r\n\r\n`,
      `A: ${'x'.repeat(HEADER_BYTES_MAX)}\r\n\r\n`,
    ],
    [
      'hops',
      'mail-hops',
      'Received: x\r\n'.repeat(HOPS_MAX),
      'Received: x\r\n'.repeat(HOPS_MAX + 1),
    ],
    ['addresses', 'mail-addresses', addresses(ADDRESSES_MAX - 1), addresses(ADDRESSES_MAX)],
    ['words', 'mail-encoded-words', words(ENCODED_WORDS_MAX), words(ENCODED_WORDS_MAX + 1)],
  ])('%s', (_, code, below, beyond) => {
    expect(codes(below)).toEqual([]);
    expect(codes(beyond)).toEqual([code]);
  });
});

describe('nothing is lost', () => {
  test('what nests too deep stays one leaf with all its bytes', () => {
    const text = nested(10_000);
    const [message] = read(text).messages;
    expect(message?.parts).toHaveLength(1);
    const { offset, length } = message!.parts[0]!;
    expect(text.slice(offset, offset + length)).toContain('inmost');
  });

  test('parts beyond the limit stay one leaf and are counted', () => {
    const text = parts(3 * PARTS_MAX);
    const { messages, limits } = read(text);
    const last = messages[0]!.parts.at(-1)!;
    expect(limits[0]?.text).toContain(`remaining ${2 * PARTS_MAX + 1}`);
    expect(last.offset + last.length).toBe(text.length);
  });

  test('a multipart whose delimiter never stands is one leaf, and its text is read', () => {
    const [message] = read(
      `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\nhello`,
    ).messages;
    expect(message?.parts).toMatchObject([{ path: '0.1', bytes: 5 }]);
    expect(message?.text).toBe('hello');
    expect(message?.defects).toMatchObject([{ code: 'boundary-unmatched' }]);
  });

  test('messages inside each other stop where hashing them all would cost too much', () => {
    const level = `${head}Content-Type: message/rfc822\r\n\r\n`;
    const text = `${level.repeat(60)}${head}\r\n${'x'.repeat(4_000_000)}`;
    const { messages, limits } = read(text);
    expect(messages.length).toBeGreaterThan(10);
    expect(limits).toMatchObject([{ code: 'mail-work' }]);
    expect(messages.at(-1)?.parts[0]?.length).toBeGreaterThan(4_000_000);
  });
});

test(`a boundary of ${BOUNDARY_BYTES_MAX + 1} bytes is not looked for, which is said`, () => {
  const shown = (length: number) => {
    const b = 'b'.repeat(length);
    const { messages, limits } = read(
      `${head}Content-Type: multipart/mixed; boundary=${b}\r\n\r\n--${b}\r\n\r\nx\r\n--${b}--\r\n`,
    );
    return [messages[0]?.parts[0]?.contentType, limits.map(({ code, at }) => `${code} ${at}`)];
  };
  expect(shown(BOUNDARY_BYTES_MAX)).toEqual(['text/plain', []]);
  expect(shown(BOUNDARY_BYTES_MAX + 1)).toEqual(['multipart/mixed', ['mail-boundary 0']]);
});

describe('boundaries', () => {
  const part = (text: string): string => `Content-Type: text/plain\r\n\r\n${text}\r\n`;
  const multipart = (boundary: string, body: string): string =>
    `Content-Type: multipart/mixed; boundary="${boundary}"\r\n\r\n${body}`;
  const texts = (text: string) => {
    const [message] = read(head + text).messages;
    return [message?.text.split('\n'), message?.defects.map(({ code }) => code)];
  };

  test.each<[string, string, readonly string[], readonly string[]]>([
    [
      'an inner one that begins with the outer',
      multipart(
        'b',
        `--b\r\n${multipart('bb', `--bb\r\n${part('1')}--bb--\r\n`)}--b\r\n${part('2')}--b--`,
      ),
      ['1', '2'],
      ['boundary-prefix'],
    ],
    ['blanks behind', multipart('b', `--b \t\r\n${part('1')}--b-- \r\n`), ['1'], []],
    [
      'no closing delimiter',
      multipart('b', `--b\r\n${part('1')}--b\r\n${part('2')}`),
      ['1', '2'],
      ['boundary-unclosed'],
    ],
    [
      'an inner one that never closes',
      multipart('b', `--b\r\n${multipart('c', `--c\r\n${part('1')}`)}--b\r\n${part('2')}--b--`),
      ['1', '2'],
      ['boundary-unclosed'],
    ],
    [
      'no parameter',
      `Content-Type: multipart/mixed\r\n\r\n--b\r\n${part('1')}--b--`,
      ['1'],
      ['boundary-missing'],
    ],
    [
      'blanks alone',
      `Content-Type: multipart/mixed; boundary=" "\r\n\r\n--b\r\n${part('1')}--b--`,
      ['1'],
      ['boundary-missing'],
    ],
    [
      'another one than declared',
      multipart('b', `preamble\r\n--x\r\n${part('1')}--x\r\n${part('2')}--x--`),
      ['1', '2'],
      ['boundary-unmatched'],
    ],
    [
      'another one before the declared',
      multipart('b', `--x\r\n${part('1')}${' '.repeat(100_000)}\r\n--b\r\n${part('2')}--b--`),
      ['2'],
      [],
    ],
    [
      'the outer one is not that of an inner multipart',
      multipart('b', `--b\r\n${multipart('c', 'inner\r\n')}--b\r\n${part('2')}--b--`),
      ['inner', '2'],
      ['boundary-unmatched'],
    ],
    [
      'a longer word is none',
      multipart('b', `--b\r\n${part('1\r\n--bc\r\n-- b')}--b--`),
      ['1', '--bc', '-- b'],
      [],
    ],
    [
      'text behind the closing one',
      multipart('b', `--b\r\n${part('1')}--b--end\r\n--b\r\n${part('2')}`),
      ['1'],
      [],
    ],
  ])('%s', (_, text, shown, defects) => {
    const [lines, found] = texts(text);
    expect((lines as string[]).filter((line) => line !== '')).toEqual(shown);
    expect(found).toEqual(defects);
  });
});

test('multiparts under other boundaries than declared are read in linear time', () => {
  const one = `--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n${'x'.repeat(200)}\r\n`;
  const { messages } = read(
    `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n${one.repeat(PARTS_MAX - 1)}--b--\r\n`,
  );
  expect(messages[0]?.parts).toHaveLength(PARTS_MAX - 1);
});

test('a digest past the forwards, and a body past the text that is searched for them, say so', () => {
  const one = (n: number): string =>
    `---------- Forwarded message ---------\nFrom: A <a${n}@b.example>\nDate: Tue, Oct 20, 2020 at 9:00 AM\nSubject: n\nTo: <v@voter.example>\n\nx\n\n`;
  const many = Array.from({ length: FORWARDS_MAX + 1 }, (_, n) => one(n)).join('');
  expect(codes(`${head}\r\n${many}`)).toEqual(['mail-forwards']);
  expect(codes(`${head}\r\n${one(1)}`)).toEqual([]);
  expect(codes(`${head}\r\n${'x'.repeat(FORWARD_TEXT_MAX + 1)}`)).toEqual(['mail-forward-text']);
  expect(codes(`${head}\r\n${'x'.repeat(FORWARD_TEXT_MAX)}`)).toEqual([]);
});

test('a body beyond the limit is hashed whole, read up to the end of a line, and told', () => {
  const line = `${'a ballot by mail '.repeat(5)}\r\n`;
  const body = line.repeat(Math.ceil(TEXT_BYTES_MAX / line.length) + 3);
  const mail = kernels.encode(`From: a@example.org\r\n\r\n${body}`);
  const { messages, limits } = readMessage(mail, kernels);
  const [message] = messages;
  const lines = Math.floor(TEXT_BYTES_MAX / line.length);
  expect(message?.text.length).toBe(lines * (line.length - 1));
  expect(message?.parts[0]).toMatchObject({
    bytes: body.length,
    sha256: kernels.sha256(kernels.encode(body)),
  });
  expect(limits.map(({ code }) => code)).toContain('mail-text-bytes');
  expect(limits.find(({ code }) => code === 'mail-text-bytes')?.text).toContain(
    `the last ${body.length - TEXT_BYTES_MAX} `,
  );
});
