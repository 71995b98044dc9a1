import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import { readMessage } from './read.ts';
import { joinSoftBreaks } from './soft-breaks.ts';

describe('RFC 3676', () => {
  test.each<[string, string, string]>([
    ['4.1 a word that is cut is whole', 'https://a.exam \nple/x', 'https://a.example/x'],
    ['4.1 it may be cut twice', 'a \nb \nc d', 'abc d'],
    ['4.1 a break between words stays', 'vote  \nor else', 'vote  \nor else'],
    ['4.2 a hard break stays', 'vote\nor else', 'vote\nor else'],
    ['4.3 the signature separator is no soft line', '-- \nVera', '-- \nVera'],
    ['4.3 nor is it in a quotation', '> -- \n> Vera', '> -- \n> Vera'],
    ['4.4 stuffing is no part of the word', 'https://a.exam \n ple/x', 'https://a.example/x'],
    ['4.5 quoted lines of one depth', '> a.exam \n> ple', '> a.example'],
    ['4.5 quoted without blanks', '>>a.exam \n>>ple', '>>a.example'],
    ['4.5 lines of other depth are apart', '> a \nb', '> a \nb'],
    ['4.5 deeper lines too', '> a \n>> b', '> a \n>> b'],
    ['an empty line ends a paragraph', 'a \n\nb', 'a \n\nb'],
    ['nothing goes on at the end', 'a \n', 'a \n'],
    ['a line of blanks holds no word', ' \na', ' \na'],
  ])('%s', (_, sent, joined) => expect(joinSoftBreaks(sent).text).toBe(joined));
});

test('each piece stands where it is said to have stood', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b', ' ', ' \n', '\n', '> ', '>', '-- ')), (all) => {
      const sent = all.join('');
      const { text, starts, sources } = joinSoftBreaks(sent);
      for (const [index, start] of starts.entries()) {
        const piece = text.slice(start, starts[index + 1] ?? text.length);
        expect(sent.startsWith(piece, sources[index])).toBe(true);
      }
    }),
  );
});

const mail = (type: string, text: string): Buffer =>
  Buffer.from(`From: a@sender.example\r\nContent-Type: ${type}\r\n\r\n${text}`);

test.each<[string, string]>([
  ['text/plain; format=flowed; delsp=yes', 'see https://a.example/xy'],
  ['text/plain; charset=utf-8; Format="Flowed"; DelSp=Yes', 'see https://a.example/xy'],
  ['text/plain; format=flowed', 'see https://a.example/x \ny'],
  ['text/plain; delsp=yes', 'see https://a.example/x \ny'],
  ['text/plain', 'see https://a.example/x \ny'],
])('the text of a message of %s', (type, text) => {
  const { messages } = readMessage(mail(type, 'see https://a.example/x \r\ny'), kernels);
  expect(messages[0]?.text).toBe(text);
});

test('a forward’s header lines that were broken within a word are read whole', () => {
  const text = [
    '---------- Forwarded message ---------',
    'From: Sentinels <info@senti \r\nnels.example>',
    'Date: Tue, Oct 20, 2020 at 8:59 AM',
    'Subject: Vote or else',
    'To: Vera <vera@voter.example>',
    '',
    'We know.',
  ].join('\r\n');
  const { messages } = readMessage(mail('text/plain; format=flowed; delsp=yes', text), kernels);
  expect(messages.map(({ role }) => role)).toEqual(['carrier', 'original']);
  expect(messages[1]?.from?.address).toBe('info@sentinels.example');
});
