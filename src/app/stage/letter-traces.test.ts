import { expect, test } from 'vitest';
import { nodeKernels } from '../../host/kernels/index.ts';
import { LETTERS_SEARCHED_MAX, searchLetters } from './letter-traces.ts';
import type { Wanted } from './reread.ts';

const letter = (...lines: readonly string[]): string =>
  ['From: Nora <nora@voter.example>', 'To: clerk@county.example', ...lines, ''].join('\r\n');

async function search(...letters: readonly string[]) {
  const bytes = letters.map((text) => nodeKernels.encode(text));
  const wanted = bytes.map((one): Wanted => {
    const digest = nodeKernels.sha256(one);
    return {
      exhibit: { digest, bytes: one.length, kind: 'message' },
      mail: { path: '0', base: 'exhibit', offset: 0, length: one.length, transforms: [] },
      path: '0',
    };
  });
  const reader = {
    vault: {
      read: async (digest: string) => bytes.find((one) => nodeKernels.sha256(one) === digest)!,
    },
    intake: {
      opener: () => () => null,
      messages: () => {
        throw new Error('every letter lies in its exhibit');
      },
    },
    kernels: nodeKernels,
  };
  return searchLetters(reader, wanted);
}

test('links and files of a letter are found, behind the words of its HTML too', async () => {
  const { letters, searched } = await search(
    letter('Content-Type: text/html', '', '<a href="https://evil.example/x">www.bank.com</a>'),
    letter(
      ...['Content-Type: multipart/mixed; boundary=b', '', '--b', '', 'See the file.', '--b'],
      ...['Content-Type: application/zip', 'Content-Disposition: attachment; filename=a.zip', ''],
      ...['PK', '--b--'],
    ),
  );
  expect(searched).toBe(2);
  expect(letters).toMatchObject([
    { links: 1, falseLinks: 1, files: 0, kind: 'undetermined' },
    { links: 0, falseLinks: 0, files: 1, traces: [{ type: 'file-name', value: 'a.zip' }, {}] },
  ]);
  expect(letters[0]?.traces).toContainEqual({ type: 'url', value: 'https://evil.example/x' });
});

test('a letter without any does not end the search', async () => {
  const link = letter('', 'See https://evil.example/x');
  const { letters, searched } = await search(letter('', 'Hello.'), link, letter('', 'Bye.'), link);
  expect([searched, letters.length]).toEqual([4, 2]);
});

test('what is the writer’s own is no trace: address, telephone, site, signature picture', async () => {
  const own = letter(
    ...['Content-Type: multipart/mixed; boundary=b', '', '--b', ''],
    'Call +1 202 555 0143, nora@voter.example, https://www.voter.example/me',
    ...['--b', 'Content-Type: image/png; name=logo.png', 'Content-Disposition: inline', ''],
    ...['png', '--b--'],
  );
  expect(await search(own)).toEqual({ searched: 1, left: 0, letters: [] });
});

test('letters past the limit are counted', async () => {
  const many = Array.from({ length: LETTERS_SEARCHED_MAX + 2 }, (_, at) =>
    letter('', `hello ${at}`),
  );
  expect(await search(...many)).toEqual({ searched: LETTERS_SEARCHED_MAX, left: 2, letters: [] });
});
