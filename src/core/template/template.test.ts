import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTyper } from './slot-type.ts';
import { induceTemplate, type Template } from './template.ts';

/** Its lexicons are built once for all tests. */
const typer = createTyper();

const GIVEN = [
  'Alma',
  'Boyd',
  'Clara',
  'Dwight',
  'Edith',
  'Felix',
  'Gavin',
  'Hattie',
  'Irving',
  'Judith',
];
const FAMILY = [
  'Barlow',
  'Draper',
  'Hadley',
  'Ingram',
  'Langston',
  'Mercado',
  'Prescott',
  'Salazar',
  'Thornton',
  'Winslow',
];
const STREETS = ['Alder Street', 'Birchwood Ave', 'Cedar Lane', 'Dogwood Court', 'Fairview Road'];
const CITIES = ['Tampa', 'Orlando', 'Lakeland', 'Pensacola', 'Gainesville'];
const PARTIES = ['Democrat', 'Republican', 'Independent'];

interface Voter {
  readonly given: string;
  readonly family: string;
  readonly street: string;
  readonly city: string;
  readonly zip: string;
  readonly party: string;
}

const voter = (n: number): Voter => ({
  given: GIVEN[n % 10] ?? '',
  family: FAMILY[(n * 7 + 3) % 10] ?? '',
  street: `${101 + 37 * n} ${STREETS[n % 5]}`,
  city: CITIES[(n * 3) % 5] ?? '',
  zip: String(33_000 + 13 * n),
  party: PARTIES[(n * n) % 3] ?? '',
});

const GREETING = (v: Voter): string => `Dear ${v.given} ${v.family},`;
const THREAT = (v: Voter): string =>
  `We are in possession of all your information and know that you live at ${v.street} in ${v.city}, FL ${v.zip}. ` +
  `You are registered as a ${v.party} and we will come after you unless you change.`;
const CLOSING = (v: Voter): string =>
  `Take this seriously, ${v.given}, and comply before the day of the election.`;

const mail = (n: number): string => {
  const v = voter(n);
  return [GREETING(v), THREAT(v), CLOSING(v)].join('\n\n');
};
const mails = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => mail(n));

const typesOf = (template: Template): readonly string[] => template.slots.map(({ type }) => type);
const TYPES = [
  'person-name',
  'person-name',
  'street-address',
  'city',
  'postal-code',
  'party',
  'person-name',
];

describe('a template', () => {
  test('is the wording, with the columns that the sender holds', () => {
    const { text } = induceTemplate(mails(40), typer);
    expect(text).toBe(
      'Dear ⟦1:person-name⟧ ⟦2:person-name⟧,\n\nWe are in possession of all your information and know ' +
        'that you live at ⟦3:street-address⟧ in ⟦4:city⟧, FL ⟦5:postal-code⟧. You are registered as a ' +
        '⟦6:party⟧ and we will come after you unless you change.\n\nTake this seriously, ' +
        '⟦7:person-name⟧, and comply before the day of the election.',
    );
  });

  test('says where each value stands in each text', () => {
    const texts = mails(40);
    const { values } = induceTemplate(texts, typer);
    const read = values.map((row, at) => row.map(({ start, end }) => texts[at]?.slice(start, end)));
    expect(read).toEqual(
      texts.map((_, at) => {
        const v = voter(at);
        return [v.given, v.family, v.street, v.city, v.zip, v.party, v.given];
      }),
    );
  });

  test.each<[string, (text: string) => string]>([
    ['paragraphs in another order', (text) => text.split('\n\n').reverse().join('\n\n')],
    ['lost blank lines', (text) => text.replaceAll('\n\n', '\n')],
    ['quote marks and another line width', (text) => `> ${text.replaceAll(' you ', ' you\n> ')}`],
    ['look-alike letters', (text) => text.replaceAll('o', 'о').replaceAll('We', 'W\u200be')],
    [
      'a comment and a footer',
      (text) => `Is this real, what shall I do?\n\n${text}\n\nSent from my phone`,
    ],
    ['truncation', (text) => text.slice(0, 300)],
  ])('is found through %s in every third text', (_, change) => {
    const texts = mails(40).map((text, at) => (at % 3 === 1 ? change(text) : text));
    expect(typesOf(induceTemplate(texts, typer))).toEqual(TYPES);
  });

  test('tells a choice of words from a column', () => {
    const words = ['soon', 'today', 'without delay'];
    const texts = mails(60).map((text, n) =>
      text.replace('and comply', `and comply ${words[n % 3]}`),
    );
    expect(induceTemplate(texts, typer).text).toContain('comply [soon|today|without delay] before');
  });

  test('does not guess what a gap is where few texts are known', () => {
    const odd = ['tin', 'wool', 'salt', 'rope', 'glue', 'wax'];
    const texts = odd.map((word, n) =>
      mail(n).replace('unless you change', `unless you change ${word} first`),
    );
    expect(induceTemplate(texts, typer).text).toContain('change ⟦?⟧ first');
  });

  test('never throws, and values lie within their texts, on any texts', () => {
    const piece = fc.constantFrom(
      'Vote',
      'now',
      'or',
      'else',
      '\n',
      '\n\n',
      '> ',
      'é',
      '12',
      '@',
      '𝐕',
      ' ',
    );
    const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(' '));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 12 }), (texts) => {
        induceTemplate(texts, typer).values.forEach((row, at) => {
          for (const { start, end } of row) {
            expect(start).toBeLessThan(end);
            expect(end).toBeLessThanOrEqual(texts[at]?.length ?? 0);
          }
        });
      }),
    );
  });
});
