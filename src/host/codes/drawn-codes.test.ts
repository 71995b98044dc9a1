import { describe, expect, test } from 'vitest';
import { type MessageContent, readMessage } from '../../core/mail/index.ts';
import { nodeKernels } from '../kernels/index.ts';
import { DRAWN_MAX, drawnCodes } from './drawn-codes.ts';
import { pictureCodes } from './picture-codes.ts';

/** `https://drawn.example/v`, two rows of modules a line, as ZXing writes it. */
const HALVES = [
  ' ▄▄▄▄▄▄▄   ▄▄▄ ▄   ▄▄▄▄▄▄▄',
  ' █ ▄▄▄ █ ██ ██ █▄▀ █ ▄▄▄ █',
  ' █ ███ █ ▀▄█ ▄▀▄ █ █ ███ █',
  ' █▄▄▄▄▄█ ▄ █ █ ▄ ▄ █▄▄▄▄▄█',
  ' ▄     ▄ ████ ▄▄ ▄▄▄  ▄▄▄',
  '  █ ██ ▄▄▄█▀▄▀▀██▄▀▄▀▀█▀█▄',
  ' ▄ █▄▄ ▄▄ ██ █  ▄█ ▄█ ▀  █',
  ' █ ▀ ▀█▄▀▄▀▄▄▄ ▄█▀ ▄█▄▄ █▄',
  ' █ ▀▄ ▀▄█▀▄██ ▄ ▀▄███▄▀█ ▀',
  ' ▄▄▄▄▄▄▄ ▀█ ▄▀▀  █ ▄ █   ▄',
  ' █ ▄▄▄ █  █▄ █▄█▄█▄▄▄█ ▄█▄',
  ' █ ███ █  ▀▀▄▄▄▄ ▄█▀  ▄▄▀█',
  ' █▄▄▄▄▄█ ▄▄▀▀▄▄▄ █▀▀▀▀▄  █',
];
const [ABOVE, BELOW] = ['\u2588\u2580', '\u2588\u2584'];
const MODULES = HALVES.flatMap((row) =>
  [ABOVE, BELOW].map((marks) => Array.from(row.padEnd(27), (char) => marks.includes(char))),
).slice(1);
const written = (dark: string, light: string, end = '\n'): string =>
  MODULES.map((row) => row.map((one) => (one ? dark : light)).join('')).join(end);
const table = (dark: string): string =>
  `<table>${MODULES.map((row) => `<tr>${row.map((one) => `<td ${one ? dark : 'bgcolor=white'}></td>`).join('')}</tr>`).join('')}</table>`;

async function codesIn(type: string, body: string): Promise<readonly string[]> {
  const contents: MessageContent[] = [];
  const mail = `Content-Type: ${type}; charset=utf-8\r\n\r\n${body}`;
  readMessage(Buffer.from(mail), nodeKernels, { onContent: (content) => contents.push(content) });
  const { codes } = await pictureCodes(contents[0]!);
  return codes.map(({ text }) => text);
}

describe('a code that is drawn without a picture is read', () => {
  test.each<[string, string, string]>([
    ['half blocks in a text', 'text/plain', HALVES.join('\n')],
    ['whole blocks in a text', 'text/plain', written('\u2588\u2588', '  ')],
    ['squares', 'text/plain', written('\u2b1b', '\u2b1c')],
    ['half blocks in a page', 'text/html', `<pre>${HALVES.join('\n')}</pre>`],
    [
      'references in a page',
      'text/html',
      `<br>${written('&#9608;&#9608;', '&nbsp;&nbsp;', '<br>')}`,
    ],
    ['painted cells', 'text/html', table('style="width:4px;background:#000"')],
    ['cells of another dark colour', 'text/html', table('bgcolor="#103050"')],
  ])('%s', async (_, type, body) =>
    expect(await codesIn(type, `Scan\n\n${body}\n`)).toEqual(['https://drawn.example/v']),
  );
});

test('a bar of blocks, a small table and a table of words hold none', () => {
  const cells = `<tr>${'<td>a</td>'.repeat(21)}</tr>`;
  const body = (kind: 'plain' | 'html', text: string) => ({ path: '0.1', kind, text });
  expect(drawnCodes([body('plain', '\u2588'.repeat(60))])).toEqual([]);
  expect(drawnCodes([body('html', `<table>${cells.repeat(20)}</table>`)])).toEqual([]);
  expect(
    drawnCodes([body('html', `<table>${cells.repeat(21)}<tr><td></td></tr></table>`)]),
  ).toEqual([]);
});

test('one past the limit is not read', () => {
  const text = `${HALVES.join('\n')}\n\n`.repeat(DRAWN_MAX + 1);
  expect(drawnCodes([{ path: '0.1', kind: 'plain', text }])).toHaveLength(DRAWN_MAX);
});
