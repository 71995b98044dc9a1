import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { publicTemplate, type TemplateSpan } from './public-template.ts';
import { createTyper } from './slot-type.ts';
import { induceTemplate } from './template.ts';

const typer = createTyper();
const voter = fc.record({
  given: fc.constantFrom('Avery', 'Robin', 'Clara', 'Dwight'),
  family: fc.constantFrom('Quillfeather', 'Marshbank', 'Draper', 'Thornton'),
  street: fc.constantFrom('Elmbrook Lane', 'Ottermill Road', 'Fernhollow'),
  house: fc.integer({ min: 1, max: 99_999 }),
});
const household = voter.chain((head) =>
  fc.array(
    voter.map(({ given }) => ({ ...head, given })),
    { minLength: 1, maxLength: 15 },
  ),
);

const shown = (spans: readonly TemplateSpan[]): string =>
  spans
    .map((span) =>
      'shared' in span ? span.shared : 'alternatives' in span ? span.alternatives.join('|') : '_',
    )
    .join('');

const SECRETS =
  /avery|robin|clara|dwight|quillfeather|marshbank|draper|thornton|elmbrook|ottermill|fernhollow|\d/i;

describe('a template in a report', () => {
  test('never shows a name, street or number of its readers, not even of a household', () => {
    const members = fc.oneof(fc.array(voter, { minLength: 1, maxLength: 40 }), household);
    fc.assert(
      fc.property(members, (voters) => {
        const texts = voters.map(
          (v) =>
            `Dear ${v.given} ${v.family},\n\nwe know that you live at ${v.house} ${v.street} and that you ` +
            `have not voted yet. Do it our way, ${v.given}, or we will come after you and all of yours.`,
        );
        const distinct = [...new Set(texts)];
        const template = induceTemplate(distinct, typer);
        const spans = publicTemplate(template, {
          texts: distinct.length,
          includePersonal: false,
          typer,
        });
        expect(shown(spans)).not.toMatch(SECRETS);
      }),
      { numRuns: 60 },
    );
  });

  test('shows wording and the sender’s choices, slots by type', () => {
    const words = ['soon', 'today'];
    const texts = Array.from(
      { length: 40 },
      (_, n) =>
        `We will come for you ${words[n % 2]} if you do not vote as number ${1000 + 37 * n} was told to do.`,
    );
    const spans = publicTemplate(induceTemplate(texts, typer), {
      texts: 40,
      includePersonal: false,
      typer,
    });
    expect(spans).toEqual([
      { shared: 'We will come for you ' },
      { alternatives: ['soon', 'today'] },
      { shared: ' if you do not vote as number ' },
      { slot: 1, type: 'number' },
      { shared: ' was told to do.' },
    ]);
  });
});

describe('the choices of a template', () => {
  const spansFor = (options: readonly string[], texts = 20, includePersonal = false) =>
    publicTemplate(
      { text: '', parts: [{ kind: 'alternatives', options }], slots: [], values: [] },
      { texts, includePersonal, typer },
    );
  const UNDETERMINED = [{ undetermined: true }];

  test("are shown where they are the sender's small words, and twenty texts say them", () => {
    const options = ['or else', 'or you will be sorry', ''];
    expect(spansFor(options)).toEqual([{ alternatives: options }]);
    expect(spansFor(options, 19)).toEqual(UNDETERMINED);
    expect(spansFor(options, 19, true)).toEqual([{ alternatives: options }]);
  });

  test.each<[string, readonly string[]]>([
    ['a capital letter', ['or else', 'Quillfeather']],
    ['a digit', ['or else', 'at 12']],
    ['an address', ['or else', 'ann@voter.example']],
    ['many names, written small', ['clara', 'robin', 'walter']],
  ])('stay hidden with %s among them', (_, options) => {
    expect(spansFor(options)).toEqual(UNDETERMINED);
    expect(spansFor(options, 20, true)).toEqual([{ alternatives: options }]);
  });

  test('one word that is a name as well hides no others', () => {
    const options = ['will come after you', 'may come for you and yours'];
    expect(spansFor([...options, 'grace'])).toEqual([{ alternatives: [...options, 'grace'] }]);
  });
});
