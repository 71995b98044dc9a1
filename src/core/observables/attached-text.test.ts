import { describe, expect, test } from 'vitest';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import { type MessageContent, readMessage } from '../mail/index.ts';
import { ATTACHED_BYTES_MAX, ATTACHED_FILES_MAX } from './attached-text.ts';
import { collectObservables, unsearchedFiles } from './index.ts';

interface File {
  readonly type: string;
  readonly name?: string;
  readonly text: string;
}

function collect(files: readonly File[]) {
  const parts = files.map(({ type, name, text }) =>
    [
      '--b',
      `Content-Type: ${type}`,
      `Content-Disposition: attachment${name === undefined ? '' : `; filename="${name}"`}`,
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(text).toString('base64'),
      '',
    ].join('\r\n'),
  );
  const head = 'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nsee\r\n';
  const contents: MessageContent[] = [];
  const { messages } = readMessage(Buffer.from(`${head}${parts.join('')}--b--\r\n`), kernels, {
    onContent: (content) => contents.push(content),
  });
  const [[message], [files_]] = [messages, contents];
  if (message === undefined || files_ === undefined) throw new Error('no message');
  const { bodies } = files_;
  return {
    ...collectObservables({ message, bodies, files: files_, codes: [], kernels }),
    unsearched: unsearchedFiles(files_, kernels).map(
      ({ part, for: sought }) => `${part.contentType} ${sought}`,
    ),
  };
}

const urls = (files: readonly File[]): string[] =>
  collect(files)
    .observables.filter(({ type }) => type === 'url')
    .map(({ value }) => value);

const LINK = 'https://a.example.com/x';
const REFRESH = `<meta http-equiv=refresh content="0;url=${LINK}">`;

describe('a file that is text is searched', () => {
  test.each<[string, File]>([
    ['a page', { type: 'text/html', name: 'doc.html', text: REFRESH }],
    ['a page by its name', { type: 'application/octet-stream', name: 'a.HTM', text: REFRESH }],
    ['a page by its type', { type: 'text/html', text: REFRESH }],
    [
      'a drawing',
      { type: 'image/svg+xml', name: 'a.svg', text: `<svg><a xlink:href="${LINK}"/></svg>` },
    ],
    [
      'a script of a page',
      { type: 'text/html', text: '<script>location="https:\\/\\/a.example.com\\/x"</script>' },
    ],
    [
      'a calendar with folded lines',
      { type: 'text/calendar', text: 'URL:https://a.exam\r\n ple.com/x\r\nEND:VEVENT' },
    ],
    [
      'a calendar with written breaks',
      { type: 'text/plain', name: 'a.ics', text: `DESCRIPTION:see ${LINK}\\nand more` },
    ],
    ['a note', { type: 'text/plain', name: 'n.txt', text: LINK }],
    [
      'a short cut',
      {
        type: 'application/octet-stream',
        name: 'vote.url',
        text: `[InternetShortcut]\nURL=${LINK}`,
      },
    ],
    [
      'rich text',
      { type: 'application/rtf', text: `{\\rtf1{\\field{\\*\\fldinst HYPERLINK "${LINK}"}}}` },
    ],
  ])('%s', (_, file) => expect(urls([file])).toEqual([LINK]));

  test('what is found has the place of the file, in bytes of the message', () => {
    const { observables } = collect([{ type: 'text/html', text: REFRESH }]);
    const hash = observables.find(({ type }) => type === 'hash')?.where[0];
    const url = observables.find(({ type }) => type === 'url')?.where[0];
    expect(url).toMatchObject({ place: 'attachment', at: '0.2 meta content', side: 'sender' });
    expect([url?.offset, url?.length]).toEqual([hash?.offset, hash?.length]);
  });

  test('words of a script that look like hosts are none', () => {
    const text = '<script>if (a.is) window.location.host = "b.com";</script>';
    expect(collect([{ type: 'text/html', text }]).observables.map(({ type }) => type)).toEqual([
      'hash',
    ]);
  });
});

test('files of other kinds are named as not searched', () => {
  const { unsearched, observables } = collect([
    { type: 'application/pdf', text: LINK },
    { type: 'image/png', text: 'x' },
    { type: 'text/plain', text: 'x' },
  ]);
  expect(unsearched).toEqual(['application/pdf observables']);
  expect(observables.some(({ type }) => type === 'url')).toBe(false);
});

test.each<[string, string, string, readonly string[]]>([
  ['RFC 3156: a PGP signature', 'application/pgp-signature', '-----BEGIN PGP SIGNATURE-----\n', []],
  ['RFC 8551: an S/MIME signature', 'application/x-pkcs7-signature', '0\x82', []],
  [
    'another file that is called one',
    'application/pgp-signature',
    LINK,
    ['application/pgp-signature observables'],
  ],
])('%s', (_, type, text, named) => expect(collect([{ type, text }]).unsearched).toEqual(named));

describe('a PDF', () => {
  const pdf = (uri: string, rest = ''): File => ({
    type: 'application/octet-stream',
    name: 'invoice.pdf',
    text: `%PDF-1.7\n<</S/URI/URI(${uri})>>\n${rest}`,
  });

  test.each<[string, string, string]>([
    ['a link', LINK, `url ${LINK} 0.2 annotation URI`],
    ['without its scheme', 'a.example.com/x', `url ${LINK} 0.2 annotation URI`],
    ['an address', 'mailto:x@b.example.com', 'email x@b.example.com 0.2 annotation URI'],
    ['a number', 'tel:+1 202 555 0123', 'phone +12025550123 0.2 annotation URI'],
  ])('%s', (_, uri, expected) => {
    const { observables, unsearched } = collect([pdf(uri)]);
    const hash = observables.find(({ type }) => type === 'hash')?.where[0];
    const told = observables.flatMap(({ type, value, where }) =>
      where.map((seen) => ({ what: `${type} ${value} ${seen.at}`, seen })),
    );
    const seen = told.find(({ what }) => what === expected)?.seen;
    expect(seen).toMatchObject({ place: 'attachment', offset: hash?.offset, length: hash?.length });
    expect(unsearched).toEqual(['application/octet-stream pages']);
  });

  test('that is locked is named, and names nothing by chance', () => {
    const { observables, unsearched } = collect([pdf('q7.cc', 'trailer <</Encrypt 8 0 R>>')]);
    expect(observables.map(({ type }) => type)).toEqual(['file-name', 'hash']);
    expect(unsearched).toEqual(['application/octet-stream observables']);
  });

  test('that could not be unpacked whole is said', () => {
    const { limits } = collect([pdf(LINK, '<</Type/ObjStm/Filter/FlateDecode>>stream\nqq')]);
    expect(limits.map(({ code }) => code)).toEqual(['pdf-scan-over-limit']);
  });
});

test('one past the limits is said', () => {
  const padded = { type: 'text/plain', text: `${' '.repeat(ATTACHED_BYTES_MAX)}${LINK}` };
  const long = collect([padded]);
  expect(long.observables.some(({ type }) => type === 'url')).toBe(false);
  expect(long.limits.map(({ code }) => code)).toEqual(['attachment-scan-over-limit']);
  const many = Array.from({ length: ATTACHED_FILES_MAX + 1 }, (_, at) => ({
    type: 'text/plain',
    text: `https://h${at}.example.com/`,
  }));
  const { observables, limits } = collect(many);
  expect(observables.filter(({ type }) => type === 'url')).toHaveLength(ATTACHED_FILES_MAX);
  expect(limits.map(({ code }) => code)).toEqual(['attachment-scan-over-limit']);
});
