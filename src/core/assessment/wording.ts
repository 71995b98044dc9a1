/** A rule of the wording linter that generated text broke, and the words that broke it. */
export interface WordingFault {
  readonly code: 'unlisted-hedge' | 'mixed-sets' | 'likelihood-with-confidence';
  readonly words: string;
}

const UNLISTED_HEDGES =
  /\b(?:may|might|could|possibly|perhaps|maybe|believed|suggests?|apparently|allegedly)\b/gi;

/** ICD 203 (2015) section D.6.e(2)(a): one product uses one of the two rows. */
const FIRST_SET =
  /\b(?:almost no chance|(?:very )?(?:un)?likely|roughly even chance|almost certain(?:ly)?)\b/gi;
const SECOND_SET =
  /\b(?:remote|(?:highly )?(?:im)?probab(?:le|ly)|roughly even odds|nearly certain)\b/gi;
const CONFIDENCE = /\b(?:low|moderate|high) confidence\b/i;

/**
 * Word rules for generated prose: no hedge outside the ICD 203 terms, never both sets of terms,
 * never likelihood and confidence in one sentence. Quotations are the caller's to leave out.
 */
export function wordingFaults(text: string): readonly WordingFault[] {
  const hedges = matches(text, UNLISTED_HEDGES);
  const [first, second] = [matches(text, FIRST_SET), matches(text, SECOND_SET)];
  const mixed = first.length > 0 && second.length > 0 ? [...first, ...second] : [];
  const together = text
    .split(/(?<=[.!?])\s+/)
    .filter((sentence) => CONFIDENCE.test(sentence) && hasTerm(sentence));
  return [
    ...hedges.map((words) => ({ code: 'unlisted-hedge' as const, words })),
    ...mixed.map((words) => ({ code: 'mixed-sets' as const, words })),
    ...together.map((words) => ({ code: 'likelihood-with-confidence' as const, words })),
  ];
}

const hasTerm = (text: string): boolean =>
  matches(text, FIRST_SET).length + matches(text, SECOND_SET).length > 0;

const matches = (text: string, rule: RegExp): string[] => text.match(rule) ?? [];
