import { describe, expect, test } from 'vitest';
import { induceTemplate } from './template.ts';

const TOWNS = ['Tampa', 'Orlando', 'Lakeland', 'Pensacola', 'Gainesville', 'Ocala', 'Miami'];
const town = (at: number): string => TOWNS[(at * 3) % TOWNS.length] ?? '';
const zip = (at: number): string => String(33_001 + 137 * at);
const letters = (at: number): string =>
  [...String(at * 7919 + 1000)].map((digit) => 'bdfhkmprst'[Number(digit)]).join('');

/** Types of a template's slots, those that only the context tells marked with `?`. */
const typesOf = (text: (at: number) => string): readonly string[] =>
  induceTemplate(Array.from({ length: 40 }, (_, at) => text(at))).slots.map(
    ({ type, probable }) => `${type}${probable === true ? '?' : ''}`,
  );

describe('five digits', () => {
  test.each<[string, (at: number) => string, readonly string[]]>([
    [
      'behind a state are a postal code',
      (at) => `we know that you live in ${town(at)}, FL ${zip(at)} and will visit`,
      ['city', 'postal-code'],
    ],
    [
      'or nine, mixed, are one too',
      (at) =>
        `we know that you live in ${town(at)}, FL ${zip(at)}${at % 2 === 0 ? '-1234' : ''} and will visit`,
      ['city', 'postal-code'],
    ],
    [
      'behind a code that is no state are probably one',
      (at) => `we know that you live in ${town(at)}, ZZ ${zip(at)} and will visit`,
      ['city', 'postal-code?'],
    ],
    [
      'behind a town alone are probably one',
      (at) => `we know that you live in ${town(at)} ${zip(at)} and will visit`,
      ['city', 'postal-code?'],
    ],
    [
      'anywhere else are a number',
      (at) => `we know that there are ${zip(at)} reasons to stay at home`,
      ['number'],
    ],
  ])('%s', (_, text, types) => {
    expect(typesOf(text)).toEqual(types);
  });
});

describe('in log lines', () => {
  test.each<[string, (at: number) => string, readonly string[]]>([
    [
      'a key names the value that has no form',
      (at) =>
        `login ok for account lastname=${letters(at)} session=${letters(at + 50)} on host one`,
      ['person-name?', 'url-token?'],
    ],
    [
      'IPv6 addresses and paths are one token each',
      (at) => `refused 2001:db8::${(at + 16).toString(16)} for /srv/rolls/${letters(at)}/list now`,
      ['ip', 'path'],
    ],
    [
      'a host of its own for every reader is a URL',
      (at) => `confirm your vote at https://${letters(at)}.drop.example today or lose it`,
      ['url'],
    ],
    [
      'a token at the end of one URL stays a token',
      (at) => `confirm your vote at https://drop.example/c/${letters(at)}${at}x today or lose it`,
      ['url-token'],
    ],
  ])('%s', (_, text, types) => {
    expect(typesOf(text)).toEqual(types);
  });
});
