import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COMBINING_MARKS_MAX, defang, printable } from './safe-text.ts';

const NASTY = fc
  .integer({ min: 0, max: 0x1_ffff })
  .map((point) => String.fromCodePoint(point > 0x1_efff ? point + 0xd_0000 : point));

describe('printable text', () => {
  test.each([
    ['a bidi override', 'invoice\u202Efdp.exe', 'invoice[U+202E]fdp.exe'],
    ['an isolate', '\u2066x\u2069', '[U+2066]x[U+2069]'],
    ['a terminal escape', '\u001B[2J', '[U+001B][2J'],
    ['a C1 control', 'a\u009Bb', 'a[U+009B]b'],
    ['a zero-width space', 'pay\u200Bpal', 'pay[U+200B]pal'],
    ['a tag character', 'a\u{E0041}', 'a[U+E0041]'],
    ['a lone surrogate', 'a\uD800', 'a[U+D800]'],
    ['a Hangul filler', '\u3164', '[U+3164]'],
    ['NUL', '\u0000', '[U+0000]'],
    ['a line separator', 'a\u2028b', 'a[U+2028]b'],
    ['line breaks and tabs as blanks', 'a\r\nb\tc', 'a b c'],
    ['an emoji selector untouched', '\u2764\uFE0F', '\u2764\uFE0F'],
    ['accents untouched', 'Åsa Đặng', 'Åsa Đặng'],
    ['stacked accents', `z${'\u0301'.repeat(9)}`, `z${'\u0301'.repeat(4)}[5 more accents]`],
  ])('shows %s', (_, raw, shown) => {
    expect(printable(raw)).toBe(shown);
  });

  test('holds nothing that can move a cursor, hide or reorder', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.oneof(NASTY, fc.constant('a')) }), (text) => {
        const shown = printable(text).replace(/[\uFE0E\uFE0F]/g, '');
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}]/u);
        expect(printable(shown)).toBe(shown);
      }),
    );
  });

  test(`a letter carries at most ${COMBINING_MARKS_MAX} marks`, () => {
    expect(printable('a'.concat('\u0300'.repeat(COMBINING_MARKS_MAX)))).not.toContain('more');
    expect(printable('a'.concat('\u0300'.repeat(COMBINING_MARKS_MAX + 1)))).toContain('[1 more');
  });
});

describe('defanged text', () => {
  test.each([
    ['https://mail.example/a?b=c.d', 'hxxps[:]//mail[.]example/a?b=c[.]d'],
    ['HTTP://Mail.Example', 'hxxP[:]//Mail[.]Example'],
    ['x__https:/mail.example/a', 'x__hxxps[:]/mail[.]example/a'],
    ['https:\\mail.example', 'hxxps[:]\\mail[.]example'],
    ['info@mail.example', 'info[at]mail[.]example'],
    ['see www.mail.example.', 'see www[.]mail[.]example.'],
    ['192.0.2.17', '192[.]0[.]2[.]17'],
    ['mailto:a@b.example', 'mailto[:]a[at]b[.]example'],
    ['javascript:alert(1)', 'javascript[:]alert(1)'],
    ['file:///etc/passwd', 'file[:]///etc/passwd'],
    ['no file: it was left out', 'no file: it was left out'],
    ['<a@b.example>,', '<a[at]b[.]example>,'],
    ['Vote. Or else!', 'Vote. Or else!'],
    ['3.5 percent of 1.000', '3.5 percent of 1.000'],
    ['we use @ and 10:30', 'we use @ and 10:30'],
  ])('%s', (raw, safe) => {
    expect(defang(raw)).toBe(safe);
  });

  test('is the same twice, and keeps no live address', () => {
    const piece = fc.constantFrom(
      'http',
      'HTTPS',
      '://',
      ':/',
      '\\',
      ':',
      '@',
      '.',
      'a',
      'Ж',
      '1',
      ' ',
      '[',
    );
    const address = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(fc.oneof(address, fc.string()), (text) => {
        const safe = defang(text);
        expect(defang(safe)).toBe(safe);
        expect(safe).not.toMatch(/https?:[/\\]|\S@\S|:\/\//i);
      }),
    );
  });
});
