import { expect, test } from 'vitest';
import { NO_NAMES, parseJudgeNames } from './judge-names.ts';

test('every field may be left out, and blanks around a name are none of it', () => {
  expect(parseJudgeNames({})).toEqual(NO_NAMES);
  expect(
    parseJudgeNames({
      protected: [{ holder: 'Example County', names: [' Elections '] }],
      ownHosts: [' mail.county.example'],
    }),
  ).toEqual({
    ...NO_NAMES,
    protectedHolders: [{ holder: 'Example County', names: ['Elections'], domains: [] }],
    ownHosts: ['mail.county.example'],
  });
});

test('a blank own host is none, lest hops that name no host count as own', () => {
  const names = parseJudgeNames({ ownHosts: ['', ' '], ownRecords: [''], groups: [''] });
  expect(names).toEqual(NO_NAMES);
});

test.each<[string, unknown]>([
  ['a list', []],
  ['hosts that are no list', { ownHosts: 'mail.county.example' }],
  ['a host that is no text', { ownHosts: [7] }],
  ['a holder without a name', { protected: [{ names: [] }] }],
  ['a holder that is no row', { protected: ['Example County'] }],
  ['holders that are no list', { protected: { holder: 'Example County' } }],
  ['more holders than any country has', { protected: Array(20_001).fill({ holder: 'x' }) }],
])('%s is no names file', (_, value) => {
  expect(parseJudgeNames(value)).toBeNull();
});
