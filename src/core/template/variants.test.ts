import { expect, test } from 'vitest';
import { createTyper } from './slot-type.ts';
import { induceVariants } from './variants.ts';

const typer = createTyper();
const GIVEN = 'Ann Ben Cora Dean Ella Fred Gina Hank Iris Jack Kate Liam'.split(' ');
const FAMILY = 'Reed Stone Marsh Hill Brook Field Wood'.split(' ');
const STREETS = 'Lantern Oak Alder Pine Heron Juniper Sedge Tollgate Fennel Yarrow Wren'.split(' ');
const core =
  'you are on the roll and we know this because we have access to the whole voting system. ' +
  'You will vote for our candidate on Election Day or we will come for you.';
const filled = (at: number): string =>
  `${GIVEN[at % 12]} ${FAMILY[at % 7]} ${core}\n\n${at * 13 + 7} ${STREETS[at % 11]}${['wick', 'ham', 'gate', 'by', 'low'][at % 5]} ${['Ter', 'Rd', 'Ave', 'St', 'Ln', 'Ct', 'Way', 'Dr'][at % 8]}\n\ngood luck`;
const plain = `We hold all of your records, every single one. ${core}\n\nDo as we say at once.\n\ngood luck`;

test('two wordings on one body are read one by one', () => {
  const texts = Array.from({ length: 60 }, (_, at) =>
    at % 3 === 0 ? `${plain}\n${'-'.repeat(at)}` : filled(at),
  );
  const variants = induceVariants(texts, typer);
  const [first] = variants;
  expect(first?.members).toEqual(
    texts.flatMap((text, at) => (text.startsWith('We hold') ? [] : [at])),
  );
  expect(first?.template.text).not.toContain('We hold');
  expect(variants[1]?.template.text).toContain('We hold all of your records, every single one.');
  expect(variants.flatMap(({ members }) => members).sort((a, b) => a - b)).toEqual(
    texts.map((_, at) => at),
  );
});

test('one wording stays one', () => {
  const texts = Array.from({ length: 40 }, (_, at) => filled(at));
  expect(induceVariants(texts, typer)).toHaveLength(1);
});
