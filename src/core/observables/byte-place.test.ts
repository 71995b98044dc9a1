import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import { type MessageContent, readMessage } from '../mail/index.ts';
import { encodedPlaces } from './encoded-places.ts';
import { type BytePlace, collectObservables, observableLocator } from './index.ts';

const latin1 = (bytes: Uint8Array): string => kernels.latin1(bytes, 0, bytes.length);
const bytesOf = (text: string): Uint8Array =>
  Uint8Array.from(text, (char) => char.charCodeAt(0) & 0xff);

/** Every place of every observable of a mail, as `type value place` and its exact bytes. */
function located(mail: Uint8Array): { readonly what: string; readonly bytes: BytePlace }[] {
  const contents = new Map<string, MessageContent>();
  const onContent = (content: MessageContent): void => void contents.set(content.path, content);
  const { messages } = readMessage(mail, kernels, { onContent });
  const locate = observableLocator({ messages, contents, kernels });
  return messages.flatMap((message) => {
    const base = contents.get(message.path.replace(/(?:\.i\d*)+$/, ''));
    const words = { path: message.path, kind: 'plain', text: message.text } as const;
    const bodies = message.path.includes('i') ? [words] : (base?.bodies ?? []);
    const { observables } = collectObservables({ message, bodies, codes: [], kernels });
    const bytesOf = locate(message);
    return observables.flatMap(({ type, value, where }) =>
      where.map((seen) => ({ what: `${type} ${value} ${seen.place}`, bytes: bytesOf(seen) })),
    );
  });
}

const found = (mail: Uint8Array, what: string): string | null => {
  const bytes = located(mail).find((row) => row.what === what)?.bytes;
  if (bytes === undefined) return 'not found';
  return bytes.offset === null
    ? `no: ${bytes.why}`
    : latin1(mail.subarray(bytes.offset, bytes.offset + bytes.length));
};

const mailOf = (type: string, encoding: string, body: string): Uint8Array =>
  bytesOf(
    `From: a@b.example\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}`,
  );

describe('the bytes of an observable', () => {
  test.each<[string, string, string, string, string, string]>([
    [
      '7bit',
      'text/plain',
      '7bit',
      'one\r\ntwo\r\nwww.vote-check.com\r\n',
      'host www.vote-check.com text',
      'www.vote-check.com',
    ],
    [
      'bare LF',
      'text/plain',
      '7bit',
      'one\ntwo\nwww.vote-check.com\n',
      'host www.vote-check.com text',
      'www.vote-check.com',
    ],
    [
      '8bit UTF-8',
      'text/plain; charset=utf-8',
      '8bit',
      '\xc3\xa9\xe2\x82\xac\r\nwww.vote-check.com',
      'host www.vote-check.com text',
      'www.vote-check.com',
    ],
    [
      'an IDN',
      'text/plain; charset=utf-8',
      '8bit',
      'http://b\xc3\xbccher.example.com/ x',
      'url http://xn--bcher-kva.example.com/ text',
      'http://b\xc3\xbccher.example.com/',
    ],
    [
      'GB 18030',
      'text/plain; charset=gb18030',
      '8bit',
      '\xc4\xe3\xba\xc3 www.vote-check.com',
      'host www.vote-check.com text',
      'www.vote-check.com',
    ],
    [
      'quoted-printable with a soft break inside',
      'text/plain',
      'quoted-printable',
      'a=C3=A9  \r\nhttps://vote-check.com/l=\r\nogin?a=3D1 x',
      'url https://vote-check.com/login?a=1 text',
      'https://vote-check.com/l=\r\nogin?a=3D1',
    ],
    [
      'defanged',
      'text/plain',
      '7bit',
      'hxxps[:]//bad[.]example[.]com/a',
      'url https://bad.example.com/a text',
      'hxxps[:]//bad[.]example[.]com/a',
    ],
    [
      'HTML text through references',
      'text/html',
      '7bit',
      '<p>info&#64;bad&period;example&#x2e;com</p>',
      'email info@bad.example.com html-text',
      'info&#64;bad&period;example&#x2e;com',
    ],
    [
      'HTML attribute',
      'text/html',
      'quoted-printable',
      '<a href=3D"http://a.example.com/?b=3D1&amp;c=\r\n">x</a>',
      'url http://a.example.com/?b=1&c link-target',
      'http://a.example.com/?b=3D1&amp;c',
    ],
    ['header', 'text/plain', '7bit', '', 'email a@b.example header', 'From: a@b.example'],
  ])('%s', (_, type, encoding, body, what, words) => {
    expect(found(mailOf(type, encoding, body), what)).toBe(words);
  });

  test('base64: the digits that hold the words, and no more', () => {
    const text = 'one two www.vote-check.com three';
    const encoded = (kernels.toBase64(bytesOf(text)).match(/.{1,7}/g) ?? []).join('\r\n');
    const digits = found(mailOf('text/plain', 'base64', encoded), 'host www.vote-check.com text');
    const at = text.indexOf('www');
    const first = Math.floor((at * 4) / 3);
    const last = Math.ceil(((at + 'www.vote-check.com'.length) * 4) / 3);
    const bare = kernels.toBase64(bytesOf(text)).slice(first, last);
    expect(digits?.replace(/\r\n/g, '')).toBe(bare);
  });

  const FLOWED = 'text/plain; format=flowed; delsp=yes';
  test.each<[string, string, string, string, string]>([
    [
      'RFC 3676 a link that a soft break parts',
      '7bit',
      'one \r\ntwo\r\nhttps://www.vote-check.com/a/ \r\nb?c#d three \r\nx',
      'url https://www.vote-check.com/a/b?c#d text',
      'https://www.vote-check.com/a/ \r\nb?c#d',
    ],
    [
      'quoted, with bare LF, twice',
      '7bit',
      '> x\n> https://www.vote-check.com/a \n> b \n> c\n',
      'url https://www.vote-check.com/abc text',
      'https://www.vote-check.com/a \n> b \n> c',
    ],
    [
      'quoted-printable, where the blank is written',
      'quoted-printable',
      'see https://www.vote-check.com/a=20\r\nb now',
      'url https://www.vote-check.com/ab text',
      'https://www.vote-check.com/a=20\r\nb',
    ],
    [
      'what stands behind keeps its place',
      '7bit',
      'https://www.vote-check.com/a \r\nb a@b.example',
      'email a@b.example text',
      'a@b.example',
    ],
    [
      'another host in the first line alone',
      '7bit',
      'x https://www.vote-check.com \r\n.ru/x',
      'url https://www.vote-check.com text',
      'https://www.vote-check.com',
    ],
    [
      'the host of both lines',
      '7bit',
      'x https://www.vote-check.com \r\n.ru/x',
      'host www.vote-check.com.ru text',
      'https://www.vote-check.com \r\n.ru/x',
    ],
    [
      'another link in the second line',
      '7bit',
      'x https://www.vote-check.com/ \r\nhttps://www.other-check.com/x',
      'url https://www.other-check.com/x text',
      'https://www.other-check.com/x',
    ],
  ])('%s', (_, encoding, body, what, expected) =>
    expect(found(mailOf(FLOWED, encoding, body), what)).toBe(expected),
  );

  test('the rest of a parted link is no host of its own', () => {
    const body = 'https://www.vote-check.com/a \r\nother-check.com/b';
    const what = located(mailOf(FLOWED, '7bit', body)).map((row) => row.what);
    expect(what.filter((one) => one.startsWith('host'))).toEqual([
      'host b.example header',
      'host www.vote-check.com text',
    ]);
  });

  test('where no bytes can be named, the reason is', () => {
    const uu = mailOf(
      'text/plain',
      'x-uuencode',
      'begin 644 a\r\n2=W=W+G9O=&4M8VAE8VLN8V]M\r\n`\r\nend\r\n',
    );
    expect(found(uu, 'host www.vote-check.com text')).toBe('no: encoding');
    const broken = mailOf(
      'text/plain; charset=gb18030',
      '8bit',
      '\x81 \xff www.vote-check.com \x81\x30\x81',
    );
    expect(found(broken, 'host www.vote-check.com text')).toMatch(
      /^(?:no: charset-inexact|www\.vote-check\.com)$/,
    );
  });

  test('a forward inline: words that stand once in the carrier have its bytes', () => {
    const forward =
      'see below\r\n\r\n---------- Forwarded message ---------\r\nFrom: Bad <bad@evil.example>\r\nDate: Tue, Oct 20, 2020 at 9:00 AM\r\nSubject: vote\r\nTo: <v@voter.example>\r\n\r\nopen www.vote-check.com now\r\n';
    const mail = mailOf('text/plain', '7bit', forward);
    expect(found(mail, 'host www.vote-check.com text')).toBe('www.vote-check.com');
  });

  test('a message that came out of base64 has no bytes in the mail', () => {
    const inner = kernels.toBase64(
      bytesOf('From: x@y.example\r\nSubject: s\r\n\r\nwww.vote-check.com\r\n'),
    );
    const mail = mailOf('message/rfc822', 'base64', inner);
    expect(found(mail, 'host www.vote-check.com text')).toBe('no: message-encoded');
  });
});

/** Decodes one mapped byte on its own: what the map says stands there must be that byte. */
const single = (encoding: string, slice: Uint8Array): number | null => {
  if (encoding === 'base64') return null;
  const [first, ...rest] = slice;
  return rest.length === 2 ? Number.parseInt(latin1(slice.subarray(1)), 16) : (first ?? null);
};

test('any body of any encoding: each byte is mapped to characters that make it, in order', () => {
  const pieces = fc.array(
    fc.constantFrom(
      'a',
      '=',
      '=3D',
      '=c3',
      '=\r\n',
      '= \n',
      ' ',
      '\t',
      '\r\n',
      '\n',
      '\r',
      'QUJD',
      '==',
      '\xe9',
      '-',
    ),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(pieces, fc.constantFrom('base64', 'quoted-printable'), (list, encoding) => {
      const mail = mailOf('text/plain; charset=iso-8859-1', encoding, list.join(''));
      let content: MessageContent | undefined;
      readMessage(mail, kernels, { onContent: (one) => (content ??= one) });
      const leaf = content?.leaves[0];
      if (leaf === undefined) return;
      const body = mail.subarray(leaf.part.offset, leaf.part.offset + leaf.part.length);
      const map = encodedPlaces(encoding as 'base64', body, leaf.bytes);
      if (map === null) return;
      for (let at = 0; at < leaf.bytes.length; at += 1) {
        const slice = body.subarray(map.starts[at], map.ends[at]);
        if (encoding !== 'base64') expect(single(encoding, slice)).toBe(leaf.bytes[at]);
        expect(map.ends[at]).toBeGreaterThan(map.starts[at] ?? 0);
        expect(map.starts[at]).toBeGreaterThanOrEqual(map.starts[at - 1] ?? 0);
      }
    }),
    { numRuns: 300 },
  );
});

test('a quoted-printable body is always mapped', () => {
  const pieces = fc.array(
    fc.constantFrom('a', '=', '=3D', '=\r\n', '= \n', '=\r', ' ', '\t', '\r\n', '\n', '\r'),
    {
      maxLength: 30,
    },
  );
  fc.assert(
    fc.property(pieces, (list) => {
      const mail = mailOf('text/plain; charset=iso-8859-1', 'quoted-printable', list.join(''));
      readMessage(mail, kernels, {
        onContent: ({ leaves }) => {
          for (const { part, bytes } of leaves) {
            const body = mail.subarray(part.offset, part.offset + part.length);
            expect(encodedPlaces('quoted-printable', body, bytes)).not.toBeNull();
          }
        },
      });
    }),
  );
});
