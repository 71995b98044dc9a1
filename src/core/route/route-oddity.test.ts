import { expect, test } from 'vitest';
import { parseInstant } from '../base/index.ts';
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

const ARRIVED = '2020-10-20T10:00:05.000Z';

test.each<[string, string | null, (string | number)[][]]>([
  ['as it was taken in', ARRIVED, []],
  ['none that can be read', null, []],
  ['an hour ahead', '2020-10-20T11:00:05.000Z', []],
  ['further ahead', '2020-10-20T11:00:06.000Z', [['date-ahead', 1, 3601]]],
  ['years ahead', '2028-10-20T10:00:05.000Z', [['date-ahead', 1, 8 * 365 * 86_400 + 2 * 86_400]]],
  ['five days before', '2020-10-15T10:00:05.000Z', []],
  ['longer before', '2020-10-15T10:00:04.000Z', [['date-behind', 1, 432_001]]],
])('the Date line against the clock of the recipient: %s', (_, written, expected) => {
  const values = [
    `from mx.county.example (mx.county.example [10.0.0.1]) by in.county.example with ESMTP${at('10:00:06')}`,
    IN + at('10:00:05'),
    OUT + at('10:00:00'),
  ];
  const route = readReceived(values.map((value, n) => ({ value, offset: n * 100, length: 90 })));
  const date = written === null ? null : parseInstant(written);
  const instant = date === null ? null : date.ok ? date.value : null;
  expect(
    routeOddities(route, instant).map(({ code, hop, seconds }) => [code, hop, seconds]),
  ).toEqual(expected);
});

test('a Date line is held against no clock of the sender', () => {
  const [hop] = readReceived([{ value: IN + at('10:00:05'), offset: 0, length: 90 }]);
  const date = parseInstant('2028-10-20T10:00:05.000Z');
  if (hop === undefined || !date.ok) throw new Error('fixed');
  expect(routeOddities([{ ...hop, trusted: false }], date.value)).toEqual([]);
});
