import { expect, test } from 'vitest';
import { nodeKernels } from '../../host/kernels/index.ts';
import { filesByMessage, type MessageContent, readMessage, withOwnParts } from './index.ts';

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

const picture = (...fields: readonly string[]): readonly string[] => [
  ...['--b', 'Content-Type: image/png; name=q.png', 'Content-Transfer-Encoding: base64'],
  ...[...fields, '', 'iVBORw0KGgo='],
];

/** Each picture's owner, by the path of the message whose file it is. */
function ownersIn(own: string, shown: string): readonly (readonly [string, readonly string[]])[] {
  const page = `<p>${own}</p><div class="gmail_quote">---------- Forwarded message ---------<br>From: Group &lt;info@group.example&gt;<br>Date: Mon, Oct 19, 2020 at 8:59 AM<br>Subject: Vote<br>To: Vera &lt;vera@voter.example&gt;<br><br>Scan this: ${shown}</div>`;
  const mail = [
    'From: Vera <vera@voter.example>',
    'To: clerk@county.example',
    'References: <a@group.example>',
    'Subject: Fwd: Vote',
    'Content-Type: multipart/related; boundary=b',
    ...['', '--b', 'Content-Type: text/html', '', page],
    ...picture('Content-ID: <q1@group.example>'),
    ...picture('Content-Location: pictures/code.png?size=2&on=1'),
    ...picture(),
    ...['--b--', ''],
  ].join('\r\n');
  const contents: MessageContent[] = [];
  const { messages } = readMessage(nodeKernels.encode(mail), nodeKernels, {
    onContent: (content) => contents.push(content),
  });
  const files = filesByMessage(contents);
  return messages.map((message) => {
    const { parts } = withOwnParts(message, files.get(message.path));
    const leaves = files.get(message.path)?.leaves.map(({ part }) => part.path);
    const own = parts.map(({ path }) => path);
    expect(leaves).toEqual(own);
    return [message.path, own.filter((path) => path !== '0.1')];
  });
}

test.each<[string, string, string, readonly string[], readonly string[]]>([
  ['none is shown', 'Hi', 'Hi', ['0.2', '0.3', '0.4'], []],
  ['by its id', 'Hi', '<img src="cid:q1@group.example">', ['0.3', '0.4'], ['0.2']],
  ['by its id, escaped', 'Hi', '<img src="cid:q1%40group.example">', ['0.3', '0.4'], ['0.2']],
  ['a longer name', 'Hi', '<img src="cid:q1@group.example0">', ['0.2', '0.3', '0.4'], []],
  ['in a style', 'Hi', '<p style="background:url(CID:q1@group.example)">', ['0.3', '0.4'], ['0.2']],
  ['without quotes', 'Hi', '<img src=cid:q1@group.example>', ['0.3', '0.4'], ['0.2']],
  [
    'in a style with quotes',
    'Hi',
    '<p style="background:url(&quot;cid:q1@group.example&quot;)">',
    ['0.3', '0.4'],
    ['0.2'],
  ],
  ['by its place', 'Hi', '<img src="pictures/code.png?size=2&amp;on=1">', ['0.2', '0.4'], ['0.3']],
  ['by the mail itself', '<img src="cid:q1@group.example">', 'Hi', ['0.2', '0.3', '0.4'], []],
  [
    'by both',
    '<img src="cid:q1@group.example">',
    '<img src="cid:q1@group.example">',
    ['0.2', '0.3', '0.4'],
    [],
  ],
])('a picture is whose page shows it: %s', (_, own, shown, mails, originals) => {
  expect(ownersIn(own, shown)).toEqual([
    ['0', mails],
    ['0.i', originals],
  ]);
});

test('many pointers and many parts take one pass over a page', () => {
  const parts = Array.from({ length: 3_000 }, (_, at) =>
    picture(`Content-ID: <im${at}x@x.example>`),
  );
  const page =
    '---------- Forwarded message ---------<br>From: Group &lt;info@group.example&gt;<br>';
  const mail = [
    'From: Vera <vera@voter.example>',
    'Content-Type: multipart/related; boundary=b',
    ...['', '--b', 'Content-Type: text/html', ''],
    `<div class="gmail_quote">${page}Subject: Vote<br><br>${'cid:im '.repeat(500_000)}</div>`,
    ...parts.flat(),
    ...['--b--', ''],
  ].join('\r\n');
  const contents: MessageContent[] = [];
  readMessage(nodeKernels.encode(mail), nodeKernels, {
    onContent: (content) => contents.push(content),
  });
  const before = process.cpuUsage();
  filesByMessage(contents);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(1.5);
});
