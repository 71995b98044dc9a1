import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson, instantFromMilliseconds, parseInstant, parseSha256 } from './index.ts';

const digest = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

describe('digest', () => {
  test.each([digest, ` ${digest}\n`, digest.toUpperCase(), `sha256:${digest}`])(
    'survives the way people copy it: %j',
    (text) => expect(parseSha256(text)).toEqual({ ok: true, value: digest }),
  );
  test('refuses anything else without repeating it', () => {
    expect(parseSha256('voter@example.org')).toEqual({
      ok: false,
      failure: { code: 'digest-malformed', length: 17 },
    });
  });
});

describe('instant', () => {
  test('is spelt as the platform spells it, from year 0 to 9999', () => {
    const moments = fc.integer({ min: -62_167_219_200_000, max: 253_402_300_799_999 });
    fc.assert(
      fc.property(moments, (ms) => {
        expect(instantFromMilliseconds(ms)).toBe(new Date(ms).toISOString());
      }),
    );
  });

  test('two spellings of one moment are one value', () => {
    const utc = parseInstant('2020-10-21T23:30:00Z');
    expect(parseInstant('2020-10-21T19:30:00-04:00')).toEqual(utc);
  });
  test.each(['2020-10-21', '21 Oct 2020', '2020-13-01T00:00:00Z', ''])('refuses %j', (text) =>
    expect(parseInstant(text).ok).toBe(false),
  );
});

describe('canonical JSON', () => {
  test('RFC 8785 section 3.2.3: members sorted by UTF-16 code units', () => {
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6 };
    expect(canonicalJson(value)).toBe(
      '{"\\r":2,"1":4,"\u0080":6,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}',
    );
  });
  test('does not depend on the order of insertion, and reads back', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        const text = canonicalJson(value as never);
        expect(canonicalJson(reversed as never)).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
