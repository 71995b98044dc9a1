import { expect, test } from 'vitest';
import { readReceived } from './received.ts';
import { routeOddities } from './route-oddity.ts';

const IN = 'from m.evil.example (m.evil.example [203.0.113.9]) by mx.county.example with ESMTP';
const OUT = 'from pc (pc.evil.example [203.0.113.7]) by m.evil.example with ESMTPSA';

const oddities = (...values: readonly string[]) =>
  routeOddities(
    readReceived(values.map((value) => ({ value, offset: 0, length: value.length }))),
  ).map(({ code, hop, seconds }) => [code, hop, seconds]);

const at = (time: string): string => `; Tue, 20 Oct 2020 ${time} +0000`;

test.each<[string, readonly string[], (string | number | null)[][]]>([
  ['a plain route', [IN + at('10:00:05'), OUT + at('10:00:00')], []],
  ['clocks two minutes apart', [IN + at('09:58:00'), OUT + at('10:00:00')], []],
  [
    'a clock that runs backwards',
    [IN + at('09:57:59'), OUT + at('10:00:00')],
    [['clock-backwards', 0, 121]],
  ],
  ['a wait of hours', [IN + at('16:00:01'), OUT + at('10:00:00')], [['long-wait', 0, 21_601]]],
  ['no date', [IN, OUT + at('10:00:00')], [['undated', 0, null]]],
  [
    'a client inside a network below the boundary',
    [IN + at('10:00:05'), `from pc ([192.168.1.5]) by m.evil.example with SMTP${at('10:00:00')}`],
    [['private-client', 1, null]],
  ],
  [
    "a forged hop in the recipient's name",
    [
      IN + at('10:00:05'),
      `from bank.example ([198.51.100.7]) by mx.county.example with SMTP${at('10:00:00')}`,
    ],
    [
      ['names-differ', 0, null],
      ['claims-recipient', 1, null],
    ],
  ],
  [
    'a hop that another host goes on from',
    [
      IN + at('10:00:05'),
      `from pc ([203.0.113.7]) by relay.other.example with SMTP${at('10:00:00')}`,
    ],
    [['names-differ', 0, null]],
  ],
])('%s', (_, values, expected) => {
  expect(oddities(...values)).toEqual(expected);
});
