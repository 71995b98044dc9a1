import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseMailDate, readMailDate } from './mail-date.ts';

test.each<[string, string, string | null]>([
  ['3.3', 'Fri, 21 Nov 1997 09:55:06 -0600', '1997-11-21T15:55:06.000Z'],
  ['3.3 no weekday, no seconds', '21 Nov 1997 09:55 -0600', '1997-11-21T15:55:00.000Z'],
  [
    'A.5 comments and folds',
    'Thu,\r\n      13\r\n        Feb\r\n          1969\r\n      23:32\r\n               -0330 (Newfoundland Time)',
    '1969-02-14T03:02:00.000Z',
  ],
  ['A.6.2 two digits, GMT', '21 Nov 97 09:55:06 GMT', '1997-11-21T09:55:06.000Z'],
  [
    'A.6.3 comments inside',
    'Fri, 21 Nov 1997 09(comment):   55  :  06 -0600',
    '1997-11-21T15:55:06.000Z',
  ],
  ['4.3 two digits below 50', '1 Jan 02 00:00:00 UT', '2002-01-01T00:00:00.000Z'],
  ['4.3 three digits', '1 Jan 102 00:00:00 UT', '2002-01-01T00:00:00.000Z'],
  ['4.3 EDT', 'Tue, 20 Oct 2020 10:00:00 EDT', '2020-10-20T14:00:00.000Z'],
  ['4.3 a military zone is -0000', '20 Oct 2020 10:00:00 R', '2020-10-20T10:00:00.000Z'],
  ['4.3 an unknown zone is -0000', '20 Oct 2020 10:00:00 XYZ', '2020-10-20T10:00:00.000Z'],
  ['3.3 a leap second', '31 Dec 2016 23:59:60 +0000', '2017-01-01T00:00:00.000Z'],
  ['3.3 no such day', '30 Feb 2020 10:00:00 +0000', null],
  ['3.3 no such hour', '20 Oct 2020 25:00:00 +0000', null],
])('RFC 5322 section %s', (_, text, instant) => {
  expect(parseMailDate(text)).toBe(instant);
});

test.each<[string, string, string | null]>([
  ['asctime with zone', 'Tue Oct 20 10:00:00 EDT 2020', '2020-10-20T14:00:00.000Z'],
  ['asctime with offset at the end', 'Tue Oct 20 10:00:00 2020 -0400', '2020-10-20T14:00:00.000Z'],
  ['ISO', '2020-10-20T10:00:00-04:00', '2020-10-20T14:00:00.000Z'],
  ['ISO with a blank', '2020-10-20 14:00:00 +0000', '2020-10-20T14:00:00.000Z'],
  ['GMT and offset', 'Tue, 20 Oct 2020 10:00:00 GMT-0400', '2020-10-20T14:00:00.000Z'],
  ['dashes', '20-Oct-2020 10:00:00 -0400', '2020-10-20T14:00:00.000Z'],
  ['AM and PM', 'October 20, 2020 2:00:00 PM UTC', '2020-10-20T14:00:00.000Z'],
  ['an offset without its sign', 'Tue, 20 Oct 2020 10:00:00 0200', '2020-10-20T08:00:00.000Z'],
  ['a third number that is no offset', 'Tue, 20 Oct 2020 10:00:00 2020', null],
  ['no zone names no moment', 'Tue, 20 Oct 2020 10:00:00', null],
  ['words', 'yesterday at noon', null],
  ['nothing', '', null],
])('as software writes it: %s', (_, text, instant) => {
  expect(parseMailDate(text)).toBe(instant);
});

test('a date without zone is still a clock reading', () => {
  expect(readMailDate('Tue, Oct 20, 2020 at 10:00 AM')).toEqual({
    wallMs: Date.UTC(2020, 9, 20, 10),
    offsetMinutes: null,
  });
});

test('the usual form is read as the patient reader reads it', () => {
  const blanks = fc.constantFrom(' ', ' ', ' ', '  ', '\t', '');
  const text = fc
    .tuple(
      ...[fc.constantFrom('', 'Tue,', 'Tue, ', 'Tux, ', ' '), blanks],
      ...[fc.constantFrom('20', '1', '31', '0', '-1', '2a'), blanks],
      ...[fc.constantFrom('Oct', 'Feb', 'oct', 'Xyz', 'October'), blanks],
      ...[fc.constantFrom('2020', '1969', '0020', '20'), blanks],
      ...[fc.constantFrom('10:00:00', '23:59:60', '24:00:00', '1:00:00', '10:00'), blanks],
      ...[fc.constantFrom('-0400', '+0530', '+0099', 'GMT', 'UTC', 'EDT', '+1'), blanks],
      fc.constantFrom('', '', '(EDT)', '(a(b))', '()', '(x', 'x', '(a) (b)'),
    )
    .map((pieces) => pieces.join(''));
  let read = 0;
  fc.assert(
    fc.property(text, (written) => {
      const patient = readMailDate(written);
      const offset = patient?.offsetMinutes ?? null;
      const moment = offset === null ? null : patient!.wallMs - offset * 60_000;
      const instant = parseMailDate(written);
      expect(instant === null ? null : Date.parse(instant)).toBe(moment);
      if (instant !== null) read += 1;
    }),
    { numRuns: 3_000, seed: 20_201_021 },
  );
  expect(read).toBeGreaterThan(300);
});

test.each([
  ['mar, 20 oct 2020 12:59:09 +0000', '2020-10-20T12:59:09.000Z'],
  ['mar 20 oct 2020 12:59:09 +0000', '2020-10-20T12:59:09.000Z'],
  ['lun, 19 oct 2020 12:59:09 -0400', '2020-10-19T16:59:09.000Z'],
  ['mar, 3 mar 2020 12:59:09 +0000', '2020-03-03T12:59:09.000Z'],
  ['20 Mar 2020 12:59:09 +0000', '2020-03-20T12:59:09.000Z'],
  ['Mar 20 2020 12:59:09 +0000', '2020-03-20T12:59:09.000Z'],
])('a weekday in another language is no month and no zone: %s', (text, instant) => {
  expect(parseMailDate(text)).toBe(instant);
});

test('any text gives a moment or null', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const instant = parseMailDate(text);
      expect(instant === null || !Number.isNaN(Date.parse(instant))).toBe(true);
    }),
  );
});
