import type { Answer } from '../../src/core/assessment/index.ts';

/** All that an answer of the question board says, as one run of prose. */
export const proseOf = ({ text, points }: Pick<Answer, 'text' | 'points'>): string =>
  [text, ...points.map(({ about, says }) => `${about}: ${says.join(' ')}`)].join(' ');
