import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import { type MessageContent, readMessage } from '../mail/index.ts';
import type { Observable } from './index.ts';
import { collectObservables, observableLocator } from './index.ts';

interface Held {
  readonly type: Observable['type'];
  readonly value: string;
  readonly place: string;
  readonly how: readonly string[];
  /** The bytes that the place names, as text. */
  readonly bytes: string | null;
}

const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'utf8');

function heldIn(body: string, type = 'text/html; charset=utf-8'): readonly Held[] {
  const mail = bytesOf(`From: a@b.example\r\nContent-Type: ${type}\r\n\r\n${body}`);
  const contents = new Map<string, MessageContent>();
  const onContent = (content: MessageContent): void => void contents.set(content.path, content);
  const { messages } = readMessage(mail, kernels, { onContent });
  const locator = observableLocator({ messages, contents, kernels });
  return messages.flatMap((message) => {
    const { bodies = [] } = contents.get(message.path) ?? {};
    const files = contents.get(message.path);
    const locate = locator(message);
    const { observables } = collectObservables({ message, bodies, files, codes: [], kernels });
    return observables.flatMap(({ type: kind, value, where }) =>
      where.map((seen) => {
        const { offset, length } = locate(seen);
        const bytes =
          offset === null
            ? null
            : Buffer.from(mail.subarray(offset, offset + length)).toString('utf8');
        return { type: kind, value, place: seen.place, how: seen.how, bytes };
      }),
    );
  });
}

const rowsAt = (place: string, body: string): readonly string[] =>
  heldIn(body).flatMap(({ type, value, place: at, bytes }) =>
    at === place ? `${type} ${value} = ${bytes}` : [],
  );

test("the words of a link have their own bytes, not the target's", () => {
  expect(
    rowsAt('link-text', '<p><a href="http://x.example.net/y">go to www.a.example.org/v</a></p>'),
  ).toEqual([
    'url https://www.a.example.org/v = www.a.example.org/v',
    'link-mismatch example.org -> example.net = www.a.example.org/v',
  ]);
});

test('words on the picture of a link have the bytes of its alt', () => {
  expect(
    rowsAt(
      'link-text',
      '<a href="http://x.example.net/"><img src="cid:a" alt="see a.example.org!">ok.example.com</a>',
    ),
  ).toEqual([
    'host ok.example.com = ok.example.com',
    'link-mismatch example.com -> example.net = ok.example.com',
    'host a.example.org = see a.example.org!',
    'link-mismatch example.org -> example.net = see a.example.org!',
  ]);
});

test('words of a link that stand apart are no one word', () => {
  expect(
    rowsAt('link-text', '<a href="http://x.example.net/">one<br>a.example.org</a>').at(0),
  ).toBe('host a.example.org = a.example.org');
});

test("a file's name has the bytes of the field that names it, not those of the file", () => {
  const part = (fields: string) => `--b\r\n${fields}\r\n\r\nwords\r\n`;
  const parts = [
    'Content-Type: text/plain; name="one.txt"',
    'Content-Type: text/plain; name="2.txt"\r\nContent-Disposition: attachment;\r\n filename="two.txt"',
    "Content-Disposition: attachment; filename*=utf-8''thr%C3%A9e.txt",
    'Content-Disposition: attachment; filename="ok.pdf"\r\nContent-Type: application/pdf; name="evil.exe"',
    "Content-Type: application/pdf\r\nContent-Disposition: attachment; filename*=utf-8''e.exe; filename=s.pdf",
  ];
  const rows = heldIn(`${parts.map(part).join('')}--b--`, 'multipart/mixed; boundary=b');
  expect(
    rows.flatMap(({ place, value, bytes }) =>
      place === 'attachment-name' ? `${value} = ${bytes}` : [],
    ),
  ).toEqual([
    'one.txt = Content-Type: text/plain; name="one.txt"',
    'two.txt = Content-Disposition: attachment;\r\n filename="two.txt"',
    '2.txt = Content-Type: text/plain; name="2.txt"',
    "thrée.txt = Content-Disposition: attachment; filename*=utf-8''thr%C3%A9e.txt",
    'ok.pdf = Content-Disposition: attachment; filename="ok.pdf"',
    'evil.exe = Content-Type: application/pdf; name="evil.exe"',
    "e.exe = Content-Disposition: attachment; filename*=utf-8''e.exe; filename=s.pdf",
    "s.pdf = Content-Disposition: attachment; filename*=utf-8''e.exe; filename=s.pdf",
  ]);
});

/** Read as they stand: nothing was done to the words but what the page's own encoding asks for. */
const IN_CLEAR: ReadonlySet<string> = new Set(['in-url', 'in-address', 'user-info']);

const decoded = (text: string): string =>
  text
    .replace(/&#(\d+);/g, (_, point: string) => String.fromCodePoint(Number(point)))
    .replaceAll('&amp;', '&')
    .replace(/<[^>]*>/g, '');

const word = fc.constantFrom(
  'www.a.example.org',
  'https://b.example.net/p?a=1&amp;b=2',
  'c@d.example.com',
  'c&#64;d.example.com',
  '192.0.2.7',
  'é€😀 e.example.org/x',
  'plain',
);
const target = fc.constantFrom(
  'https://b.example.net/p?a=1&amp;b=2',
  'HTTP://Www.A.Example.org/',
  'mailto:c@d.example.com',
  '//f.example.net/x',
  'https:\\\\g.example.net\\x',
  'http://0xC0.0.2.1/',
  'https://𝐠.example.org/',
  ' https://h.example.net/x ',
  '/relative',
);
const page = fc.array(
  fc.oneof(
    fc
      .tuple(target, word, word)
      .map(([to, one, two]) => `<a class="é" href="${to}">${one} <b>${two}</b></a>`),
    fc.tuple(target, word).map(([to, alt]) => `<a href='${to}'><img src="${to}" alt="${alt}"></a>`),
    fc.tuple(word, word).map(([one, two]) => `<p>${one}\r\n${two}</p>`),
  ),
  { maxLength: 6 },
);

test('any page: the bytes that a place names hold the value, where it stood in clear', () => {
  fc.assert(
    fc.property(page, (pieces) => {
      const wrong = heldIn(pieces.join('é')).filter(({ type, value, place, how, bytes }) => {
        if (bytes === null || place === 'header' || type.startsWith('link-')) return false;
        if (!how.every((one) => IN_CLEAR.has(one))) return false;
        return !decoded(bytes).toLowerCase().includes(value.toLowerCase());
      });
      expect(wrong).toEqual([]);
    }),
    { numRuns: 150 },
  );
});
