import { describe, expect, test } from 'vitest';
import { createTyper } from './slot-type.ts';
import { induceTemplate, type Template } from './template.ts';

/** Its lexicons are built once for all tests. */
const typer = createTyper();

const NAMES = ['Alma Barlow', 'Boyd Draper', 'Clara Hadley', 'Dwight Ingram', 'Edith Langston'];
const STREETS = ['Alder Street', 'Birchwood Ave', 'Cedar Lane', 'Dogwood Ct', 'Fairview Road'];
const TOWNS = ['Tampa', 'Orlando', 'Lakeland', 'Pensacola', 'Gainesville', 'Anchorage', 'Juneau'];

interface Home {
  readonly street: string;
  readonly town: string;
  readonly state: string;
  readonly zip: string;
}

const home = (n: number, state: string): Home => ({
  street: `${101 + 37 * n} ${STREETS[n % 5]}`,
  town: TOWNS[(n * 3) % 7] ?? '',
  state,
  zip: String(33_000 + 13 * n),
});

/** Every `period`th home lies in the second state. */
const homes = (count: number, period: number): readonly Home[] =>
  Array.from({ length: count }, (_, n) => home(n, n % period === 1 ? 'AK' : 'FL'));

const ownParagraph = ({ street, town, state, zip }: Home, n: number): string =>
  [
    `${NAMES[n % 5]}, we hold your records, all of them, and we know how you vote.`,
    `${street}\n${town}, ${state} ${zip}`,
    'Change your party before the election, or we will come for you, voter.',
  ].join('\n\n');

const bareParagraph = (at: Home, n: number): string =>
  ownParagraph(at, n).replace(/, (?=[AF])/, ' ');

const inSentence = ({ street, town, state, zip }: Home, n: number): string =>
  `${NAMES[n % 5]} we hold your records and know that you live at ${street} in ${town}, ${state} ${zip}. ` +
  'Change your party before the election or we will come for you.';

const valuesOf = (template: Template, texts: readonly string[], at: number): readonly string[] =>
  (template.values[at] ?? [])
    .filter(({ slot }) => template.slots[slot - 1]?.type !== 'person-name')
    .map(({ start, end }) => texts[at]?.slice(start, end) ?? '');

describe('a word that a minority says otherwise', () => {
  test.each<[string, (at: Home, n: number) => string, number]>([
    ['a quarter, in a paragraph of columns', ownParagraph, 4],
    ['a tenth, in a paragraph of columns', ownParagraph, 10],
    ['a quarter, in a paragraph without a mark', bareParagraph, 4],
    ['a quarter, in a sentence', inSentence, 4],
    ['a tenth, in a sentence', inSentence, 10],
    ['one in twenty-five, in a sentence', inSentence, 25],
  ])('is a slot: %s', (_, mail, period) => {
    const filled = homes(150, period);
    const texts = filled.map(mail);
    const template = induceTemplate(texts, typer);
    expect(template.text).toMatch(/⟦\d+:city⟧,? ⟦\d+:state⟧ ⟦\d+:postal-code⟧/);
    filled.forEach(({ street, town, state, zip }, at) => {
      expect(valuesOf(template, texts, at)).toEqual([street, town, state, zip]);
    });
  });

  test('is a choice where it is no column', () => {
    const texts = homes(150, 7).map((at, n) =>
      inSentence(at, n).replace('records', n % 15 === 2 ? 'papers' : 'records'),
    );
    expect(induceTemplate(texts, typer).text).toContain('hold your [records|papers] and');
  });

  test('is fixed wording where few members differ, each in its own way', () => {
    const texts = homes(150, 7).map((at, n) =>
      inSentence(at, n).replace('records', n % 15 === 2 ? `rec${n}ords` : 'records'),
    );
    expect(induceTemplate(texts, typer).text).toContain('hold your records and');
  });
});
