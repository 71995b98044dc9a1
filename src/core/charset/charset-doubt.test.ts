import { expect, test } from 'vitest';
import type { CharsetHow } from './body-text.ts';
import { charsetDoubt } from './charset-doubt.ts';

test.each<[string, string | null, CharsetHow, string | null, ReturnType<typeof charsetDoubt>]>([
  ['read as it says', 'windows-1252', 'label', 'iso-8859-1', null],
  ['a guess from bytes', 'windows-1251', 'guess', null, 'guessed'],
  ['nothing fits better', 'windows-1252', 'fallback', null, 'guessed'],
  ['named elsewhere in the mail', 'koi8-r', 'elsewhere', null, 'guessed'],
  ['us-ascii over eight bits', 'gbk', 'guess', 'us-ascii', 'guessed'],
  ['valid UTF-8 is no guess', 'utf-8', 'utf-8', null, null],
  ['valid UTF-8 under us-ascii', 'utf-8', 'utf-8', 'US-ASCII', null],
  ['the page says it', 'euc-jp', 'meta', null, null],
  ['a wrong label', 'utf-8', 'guess', 'iso-8859-1', 'overruled'],
  ['an unknown label', 'utf-8', 'utf-8', 'x-klingon', 'overruled'],
  ['a mark against the label', 'utf-8', 'bom', 'iso-8859-1', 'overruled'],
  ['a mark that completes the label', 'utf-16le', 'bom', 'UTF-16', null],
  ['no text', null, 'label', null, null],
])('charset: %s', (_, charset, charsetHow, charsetDeclared, doubt) => {
  expect(charsetDoubt({ charset, charsetHow, charsetDeclared })).toBe(doubt);
});
