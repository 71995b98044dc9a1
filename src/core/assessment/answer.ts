/** The fixed questions that every case must answer, in this order. */
export const QUESTIONS = [
  'real',
  'sender',
  'operation',
  'targets',
  'data-held',
  'data-source',
  'size',
  'claim-true',
  'actor',
  'motive',
  'voters-now',
] as const;

export type QuestionId = (typeof QUESTIONS)[number];

export type AnswerState = 'unknown' | 'partly' | 'answered' | 'contested';

/** What leads from an answer to its evidence. A campaign's id is that of its first member. */
export interface Ref {
  readonly kind: 'finding' | 'campaign' | 'exhibit' | 'act';
  readonly id: string;
}

/** One part of an answer, under a heading of its own. */
export interface Point {
  /** What it speaks of: "C1, FL", "Look-up page". */
  readonly about: string;
  /** Sentences, or items of a list without a full stop; never empty. */
  readonly says: readonly string[];
}

/**
 * What today's findings support for one question. A machine never says `answered`: that takes an
 * act of a person. Text holds no personal data.
 */
export interface Answer {
  readonly question: QuestionId;
  /** The question in plain words: "Who really sent it?" */
  readonly asks: string;
  readonly state: AnswerState;
  /** The short answer: one to three plain sentences. */
  readonly text: string;
  /** What it is made of, part by part; empty where the sentences say all. */
  readonly points: readonly Point[];
  /** ICD 203 confidence in the basis; null where nothing is claimed. */
  readonly confidence: 'low' | 'moderate' | 'high' | null;
  readonly basis: string;
  readonly evidence: readonly Ref[];
  /** Never empty: what evidence would settle or change it. */
  readonly wouldChange: readonly string[];
}
