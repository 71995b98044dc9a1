import { expect, test } from 'vitest';
import { readForwardDate } from './forward-date.ts';
import { DATE_WORDS, FORWARD_WORDS } from './forward-words.data.ts';

const AT = { from: '2020-10-19T18:59:00.000Z', until: '2020-10-20T20:59:00.000Z' };

test.each<[string, string, string]>([
  ['Vietnamese, Gmail', 'Th 3, 20 thg 10, 2020 lúc 08:59', 'en'],
  ['the same, earlier', 'Th 3, 20 thg 10, 2020 vào lúc 08:59', 'vi'],
  ['Vietnamese, Outlook', 'Thứ Ba, 20 Tháng Mười 2020 8:59 SA', 'vi'],
  ['Vietnamese, in figures', 'ngày 20 tháng 10 năm 2020, 08:59', 'vi'],
  ['Arabic in its own figures', 'الثلاثاء، ٢٠ أكتوبر ٢٠٢٠ في ٨:٥٩ ص', 'ar'],
  ['Arabic with marks of direction', '\u200f20 أكتوبر 2020\u200f 08:59 ص', 'ar'],
  ['Persian in its own figures', 'سه‌شنبه ۲۰ اکتبر ۲۰۲۰، ۸:۵۹', 'fa'],
  ['Armenian, Gmail', 'երք, 20 հոկ, 2020 թ., 08:59', 'en'],
  ['Armenian, whole', '20 հոկտեմբերի, 2020 8:59', 'hy'],
  ['Khmer', 'អង្គារ, 20 តុលា 2020 នៅម៉ោង 08:59', 'km'],
  ['Khmer in its own figures', '២០ តុលា ២០២០ ០៨:៥៩', 'km'],
  ['with what a page adds', 'Tue, Oct 20, 2020 at 8:59 AM (Delivered after 10 seconds)', 'en'],
  ['Urdu', '20 اکتوبر 2020 08:59', 'en'],
])('%s', (_, text, language) => {
  expect(readForwardDate(text, [language])).toEqual({ date: null, interval: AT });
});

test.each([
  ['8:59 CH', 'vi'],
  ['٨:٥٩ م', 'ar'],
  ['۸:۵۹ ب.ظ', 'fa'],
])('afternoons are told: %s', (clock, language) => {
  const { interval } = readForwardDate(`20 thg 10 2020 ${clock}`, [language]);
  expect(interval?.from).toBe('2020-10-20T06:59:00.000Z');
});

test('every month of every language is its own', () => {
  for (const { language, months } of [...FORWARD_WORDS, ...DATE_WORDS])
    for (const [at, month] of months.entries())
      for (const spelling of month.split('|')) {
        const { interval } = readForwardDate(`20 ${spelling} 2020 12:00`, [language]);
        expect([language, spelling, interval?.from.slice(0, 7)]).toEqual([
          language,
          spelling,
          `2020-${String(at + 1).padStart(2, '0')}`,
        ]);
      }
  const vietnamese = Array.from({ length: 12 }, (_, at) => `20 tháng ${at + 1}, 2020 12:00`);
  for (const [at, text] of vietnamese.entries())
    expect(Number(readForwardDate(text, ['vi']).interval?.from.slice(5, 7))).toBe(at + 1);
});
