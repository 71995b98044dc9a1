import { expect, test } from 'vitest';
import { changedLineEnds } from './line-ends.ts';

const lines = ['From: a@group.example', 'Subject: x', '', 'words', ''];

test.each<[string, string, string | null]>([
  ['CRLF', lines.join('\r\n'), null],
  ['LF', lines.join('\n'), null],
  ['CR CR LF', lines.join('\r\r\n'), 'doubled'],
  ['bare CR', lines.join('\r'), 'cr'],
  ['CRLF with one doubled line end', `From: a\r\r\n${lines.join('\r\n')}`, null],
  ['CRLF with a bare CR in the first line', `X: a\rb\r\n${lines.join('\r\n')}`, null],
  ['one line', 'From: a@group.example', null],
  ['no bytes', '', null],
])('%s', (_, text, changed) => {
  expect(changedLineEnds(Buffer.from(text))).toBe(changed);
});
