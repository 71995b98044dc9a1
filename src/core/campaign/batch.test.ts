import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clusterSketches } from './batch.ts';
import { sketchText } from './sketch.ts';

/** Sentences of a made-up language: no two alike unless the same seed is asked for. */
function sentences(seed: number, count: number): readonly string[] {
  let state = seed * 7919 + 17;
  const word = (): string => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state.toString(36).replace(/\d/g, 'q');
  };
  return Array.from({ length: count }, () => Array.from({ length: 12 }, word).join(' '));
}

const OPENING = sentences(1, 5);
const FIRST = sentences(2, 5);
const SECOND = sentences(3, 5);
const THIRD = sentences(4, 9);
const NAMES = [
  'avery',
  'robin',
  'kai',
  'noor',
  'toby',
  'ida',
  'lee',
  'max',
  'sam',
  'bo',
  'al',
  'jo',
];

const mailing = (parts: readonly string[]): readonly string[] =>
  NAMES.map((name) => `Dear ${name}, ${parts.join('. ')}. Think of it ${name}.`);

const groupsOf = (texts: readonly string[]): readonly string[] => {
  const { clusters } = clusterSketches(
    texts.map((text, at) => ({ id: String(at).padStart(3, '0'), sketch: sketchText(text) })),
  );
  return clusters.map(({ members }) => [...members].sort().join(' ')).sort();
};

const numbered = (from: number, count: number): string =>
  Array.from({ length: count }, (_, at) => String(from + at).padStart(3, '0')).join(' ');

describe('batch grouping', () => {
  test('siblings that share half of their text are two campaigns', () => {
    const texts = [...mailing([...OPENING, ...FIRST]), ...mailing([...OPENING, ...SECOND])];
    expect(groupsOf(texts)).toEqual([numbered(0, 12), numbered(12, 12)]);
  });

  test('alternative sentences are one campaign', () => {
    const [a = '', b = ''] = SECOND;
    const texts = [...mailing([...OPENING, ...FIRST, a]), ...mailing([...OPENING, ...FIRST, b])];
    expect(groupsOf(texts)).toEqual([numbered(0, 24)]);
  });

  test('mails that quote all campaigns leave them whole', () => {
    const campaigns = [mailing([...OPENING, ...FIRST]), mailing(SECOND), mailing(THIRD)];
    const digests = Array.from({ length: 8 }, (_, at) =>
      campaigns.map((campaign) => campaign[at]).join('\n'),
    );
    const groups = groupsOf([...campaigns.flat(), ...digests]);
    expect(groups.slice(0, 3)).toEqual([numbered(0, 12), numbered(12, 12), numbered(24, 12)]);
  });

  test('lines of six to nine words are one campaign, whatever stands in their slots', () => {
    const towns = ['ocala', 'tampa', 'kenai', 'sitka', 'palmer', 'juneau', 'homer', 'nome'];
    const months = ['September', 'October', 'November'];
    const lines = [
      ...towns.map((town) => `your ballot at ${town} office was not counted`),
      ...NAMES.map((name, at) => `${name} the polls close on ${months[at % 3]} ${at + 1}, 2020`),
      'the garden club meets on the first monday',
    ];
    expect(groupsOf(lines)).toEqual([numbered(0, 8), numbered(8, 12)]);
  });

  test('does not depend on the order of its input', () => {
    const texts = [...mailing([...OPENING, ...FIRST]), ...mailing(THIRD), ...SECOND].map(
      (text, at) => ({ id: `m${at}`, sketch: sketchText(text) }),
    );
    const answer = clusterSketches(texts);
    const order = fc.shuffledSubarray(texts, { minLength: texts.length });
    fc.assert(
      fc.property(order, (shuffled) => {
        expect(clusterSketches(shuffled)).toEqual(answer);
      }),
      { numRuns: 20 },
    );
  });
});
