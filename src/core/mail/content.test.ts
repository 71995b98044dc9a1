import { expect, test } from 'vitest';
import { nodeKernels } from '../../host/kernels/index.ts';
import { type MessageContent, readMessage } from './index.ts';

test('content is the exact bytes of each message, its bodies and decoded leaves', () => {
  const inner = 'From: a@example.org\r\n\r\nBGET: <b>x</b>\r\n';
  const mail = [
    'From: r@example.org',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    'PGI+aGk8L2I+',
    '--b',
    'Content-Type: message/rfc822',
    '',
    `${inner}`,
    '--b--',
    '',
  ].join('\r\n');
  const bytes = nodeKernels.encode(mail);
  const contents: MessageContent[] = [];
  const { messages } = readMessage(bytes, nodeKernels, { onContent: (c) => contents.push(c) });
  expect(contents.map(({ path }) => path)).toEqual(messages.map(({ path }) => path));
  expect(contents[0]?.bodies).toEqual([{ path: '0.1', kind: 'html', text: '<b>hi</b>' }]);
  expect(contents[0]?.leaves.map(({ bytes: leaf }) => leaf.length)).toEqual([9]);
  for (const [at, { bytes: own }] of contents.entries())
    expect(nodeKernels.sha256(own)).toBe(messages[at]?.sha256);
  expect(contents[1]?.bytes).toHaveLength(inner.length);
});
