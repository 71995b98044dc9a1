import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import { createMboxSplitter } from './mbox.ts';
import { unquoteMboxrd } from './quoting.ts';
import type { MboxRange } from './splitter.ts';

const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const textOf = (bytes: Uint8Array | null): string => Buffer.from(bytes ?? []).toString('latin1');

function split(text: string | Uint8Array, chunk = 1_000_000) {
  const bytes = typeof text === 'string' ? bytesOf(text) : text;
  const splitter = createMboxSplitter(kernels);
  const ranges: MboxRange[] = [];
  for (let at = 0; at < bytes.length; at += chunk) {
    ranges.push(...splitter.push(bytes.subarray(at, at + chunk)));
  }
  const last = splitter.end();
  ranges.push(...last.ranges);
  return { ...last, ranges, messages: ranges.flatMap((x) => (x.kind === 'message' ? [x] : [])) };
}

const mail = (n: number, body: string, more = ''): string =>
  `From: voter${n}@example.org\nDate: Wed, 21 Oct 2020 0${n}:00:00 +0000\n${more}` +
  `Message-ID: <${n}@example.org>\nSubject: n${n}\n\n${body}\n`;
const plain = (n: number): string => `From voter${n}@example.org Wed Oct 21 0${n}:00:00 2020\n`;
const fake =
  'From bob@example.net Mon Jan  1 00:00:00 2024\nFrom: bob@example.net\nSubject: x\n\nhi';

describe('the mbox splitter', () => {
  test('gives each mail exactly, without separator and without the empty line behind it', () => {
    const [a, b] = [mail(1, 'one'), mail(2, 'two')];
    const { messages, profile } = split(`${plain(1)}${a}\n${plain(2)}${b}\n`);
    expect(messages.map((message) => textOf(message.bytes))).toEqual([a, b]);
    expect(profile).toEqual({
      separator: 'plain/asctime',
      lineEnd: 'lf',
      quoting: 'none',
      contentLength: false,
    });
  });

  test.each<[string, string, string]>([
    ['CRLF', 'From a@example.org Wed Oct 21 01:00:00 2020', 'plain/asctime'],
    ['Gmail Takeout', 'From 1681240@xxx Wed Oct 21 01:00:00 +0000 2020', 'gmail/asctime-zone'],
    ['Thunderbird', 'From - Wed Oct 21 01:00:00 2020', 'thunderbird/asctime'],
    ['Eudora', 'From ???@??? Wed Oct 21 01:00:00 2020', 'eudora/asctime'],
    ['archive', 'From a at example.org  Wed Oct 21 01:00:00 2020', 'archive/asctime'],
    ['RFC 5322 date', 'From a@example.org Wed, 21 Oct 2020 01:00:00 +0000', 'plain/rfc822'],
    ['zone name', 'From a@example.org Wed Oct 21 01:00:00 EST 2020', 'plain/asctime-zone'],
    ['UUCP', 'From a Wed Oct 21 01:00:00 2020 remote from relay', 'plain/asctime'],
    ['quoted', 'From "a b"@example.org Wed Oct 21 01:00 2020', 'plain/asctime'],
  ])('reads %s files', (name, separator, shape) => {
    const text = [1, 2, 3].map((n) => `${separator}\n${mail(n, `body ${n}`)}\n`).join('');
    const { messages, profile, limits } = split(
      name === 'CRLF' ? text.replace(/\n/g, '\r\n') : text,
    );
    expect(messages.length).toBe(3);
    expect(profile.separator).toBe(shape);
    expect(profile.lineEnd).toBe(name === 'CRLF' ? 'crlf' : 'lf');
    expect(limits).toEqual([]);
  });

  test.each<[string, (n: number) => string, (body: string) => string]>([
    ['unquoted', plain, () => ''],
    [
      'Thunderbird',
      (n) => `From - Wed Oct 21 0${n}:00:00 2020\n`,
      () => 'X-Mozilla-Status: 0001\n',
    ],
    ['mboxcl2', plain, (body) => `Content-Length: ${body.length + 1}\n`],
  ])('a separator inside a body invents no message in %s files', (_, separator, more) => {
    const bodies = ['a', `b\n\n${fake}\n\nmore`, 'c', `\n${fake}`, 'e'];
    const mails = bodies.map((body, n) => mail(n, body, more(body)));
    const text = mails.map((each, n) => `${separator(n)}${each}\n`).join('');
    const { messages } = split(text);
    expect(messages.map((message) => textOf(message.bytes))).toEqual(mails);
  });

  test('a boundary in doubt is not split, and its place is told', () => {
    const text = `${plain(1)}${mail(1, `a\n\n${fake}`)}\n`;
    const { messages, limits } = split(text);
    expect(messages.length).toBe(1);
    expect(limits).toMatchObject([
      { code: 'mbox-ambiguous-boundary', at: `${text.indexOf('From bob@example.net Mon')}` },
    ]);
  });

  test('a whole mail inside an open multipart is body, as its closing delimiter shows', () => {
    const inner = `${plain(9)}${mail(9, 'inner')}`;
    const body = `--b1\n\n\n${inner}\n--b1--`;
    const outer = mail(1, body, 'Content-Type: multipart/mixed;\n boundary="b1"\n');
    const { messages } = split(`${plain(1)}${outer}\n${plain(2)}${mail(2, 'two')}`);
    expect(messages.map((message) => textOf(message.bytes))).toEqual([outer, mail(2, 'two')]);
  });

  test('a multipart that never closes does not swallow the next mail', () => {
    const outer = mail(1, '--b1\n\ncut', 'Content-Type: multipart/mixed; boundary=b1\n');
    const rest = [2, 3].map((n) => `${plain(n)}${mail(n, 'x')}\n`).join('');
    expect(split(`${plain(1)}${outer}\n${rest}`).messages.length).toBe(3);
  });

  test.each([5, 100_000, 999_999_999_999])(
    'a false Content-Length of %i is not believed',
    (length) => {
      const first = mail(1, 'one', `Content-Length: ${length}\n`);
      const { messages } = split(`${plain(1)}${first}\n${plain(2)}${mail(2, 'x')}\n`);
      expect(messages.length).toBe(2);
    },
  );

  test('a chain of Content-Length is believed once it is longer than a sender would send', () => {
    const bodies = Array.from({ length: 5 }, (_, n) => `${'x'.repeat(2_100_000)}\n\n${fake}${n}`);
    const mails = bodies.map((body, n) => mail(n, body, `Content-Length: ${body.length + 1}\n`));
    const chain = mails.map((each, n) => `${plain(n)}${each}\n`).join('');
    const short = `${mails[0]}\n${plain(6)}${mail(6, 'no length')}`;
    expect(split(chain + plain(6) + mail(6, 'x'), 65_536).messages.length).toBe(6);
    expect(split(plain(0) + short).limits).toMatchObject([{ code: 'mbox-ambiguous-boundary' }]);
  });

  test.each(['\n', '\r'])(
    'a mail that another follows at once is not merged with it: %j',
    (eol) => {
      const [a, b] = [mail(1, 'one'), mail(2, 'two')].map((each) => each.replaceAll('\n', eol));
      const text = `${plain(1)}`.replace('\n', eol) + a + plain(2).replace('\n', eol) + b;
      const { messages, limits } = split(text);
      expect(messages.map((message) => textOf(message.bytes))).toEqual([a, b]);
      expect(limits).toEqual([]);
    },
  );

  test('a line end that was mangled to CR CR LF is none of a Macintosh', () => {
    const text = `${plain(1)}${mail(1, 'one')}\n${plain(2)}${mail(2, 'x')}`;
    expect(split(text.replaceAll('\n', '\r\r\n')).profile.lineEnd).not.toBe('cr');
  });

  test('what stands before the first separator is a lead, not a mail', () => {
    const { ranges } = split(`junk\n\n${plain(1)}${mail(1, 'x')}`);
    expect(ranges[0]).toEqual({ kind: 'lead', start: 0, end: 6 });
    expect(split('no mail at all\n').ranges).toEqual([{ kind: 'lead', start: 0, end: 15 }]);
    expect(split('').ranges).toEqual([]);
  });

  test('a mail that has a header only keeps the empty line that ends it', () => {
    const only = 'From: a@example.org\nMessage-ID: <1@example.org>\n\n';
    const { messages } = split(`${plain(1)}${only}${plain(2)}${mail(2, 'x')}`);
    expect(textOf(messages[0]?.bytes ?? null)).toBe(only);
  });

  test('mboxrd: >From lines are counted, and unquoting is a view of its own', () => {
    const body = '>From me\n>>From you\n >From no\n>Fromage';
    const { messages, profile } = split(`${plain(1)}${mail(1, body)}\n`);
    expect(messages[0]?.quotedLines).toBe(2);
    expect(profile.quoting).toBe('mboxrd');
    const view = unquoteMboxrd(messages[0]?.bytes ?? new Uint8Array(), kernels);
    expect(textOf(view)).toBe(mail(1, 'From me\n>From you\n >From no\n>Fromage'));
  });

  test('ranges tile the file and do not depend on how it was cut', () => {
    const pieces = fc.constantFrom(
      plain(1),
      plain(2),
      fake,
      '\n',
      '\r\n',
      '\n\nFrom ',
      'x',
      '>From a\n',
      '\0',
      'From - ',
      mail(1, 'a'),
      mail(2, '--b', 'Content-Type: multipart/mixed; boundary=b\n'),
      '\n--b--\n',
      mail(3, 'abc', 'Content-Length: 4\n'),
      mail(4, 'abc', 'Content-Length: 70\n'),
    );
    const files = fc.array(pieces, { maxLength: 12 }).map((list) => list.join(''));
    fc.assert(
      fc.property(files, fc.integer({ min: 1, max: 90 }), fc.boolean(), (made, chunk, cr) => {
        const text = cr ? made.replaceAll('\n', '\r') : made;
        const whole = split(text);
        expect(split(text, chunk)).toEqual(whole);
        let at = 0;
        for (const range of whole.ranges) {
          expect(range.start).toBe(at);
          at = range.end;
          if (range.kind !== 'message') continue;
          const raw = text.slice(range.offset, range.offset + range.length);
          expect(textOf(range.bytes)).toBe(raw);
        }
        expect(at).toBe(text.length);
      }),
      { numRuns: 150 },
    );
  });
});
