import { grouped } from '../base/index.ts';
import type { Commitment } from './commitment.ts';
import type { TagHeader } from './tag-file.ts';
import { BATCH_MIN, CELL_MIN, SPIKES } from './terms.ts';

/**
 * What the other side learns from a file, in plain words for the person who is about to send it.
 */
export interface Leakage {
  /** Who reads the file. */
  readonly reader: string;
  readonly learns: readonly string[];
  readonly doesNotLearn: readonly string[];
  /** What would break it. */
  readonly unless: readonly string[];
}

const people = (count: number): string => `${grouped(count)} people`;
const keyName = ({ key }: Pick<Commitment, 'key'>): string =>
  key === 'name' ? 'name, house number and ZIP code' : 'e-mail address';

/** What a county learns from the commitment file. */
export const commitmentLeakage = (commitment: Commitment): Leakage => ({
  reader: 'every county that gets it',
  learns: [
    `that you will ask about ${people(commitment.people)}, recognised by ${keyName(commitment)}`,
    `the incident "${commitment.incident}", the epoch "${commitment.epoch}" and its last day`,
    ...(commitment.counties === null
      ? []
      : [`that ${commitment.counties} counties hold all voters of the state`]),
  ],
  doesNotLearn: ['who they are: the list is sealed by a salted hash'],
  unless: ['somebody gets your folder: it holds the list. Keep it where the reports are kept.'],
});

/** What the hub learns from a tag file; `records`, `cells` and `quota` as it was made. */
export function tagsLeakage(
  { commitment, releases }: TagHeader,
  {
    records,
    cells,
    quota,
  }: {
    readonly records: number;
    readonly cells: number;
    readonly quota: number;
  },
): Leakage {
  const count = commitment.mode === 'count';
  return {
    reader: 'the hub',
    learns: [
      `that ${grouped(records)} different records went in`,
      ...(count ? [`the names of your ${cells} cells and how many records each holds`] : []),
      ...(releases.length > 0
        ? [
            `the names and days of your ${releases.length} releases, and how many records came and went between them (never fewer than ${CELL_MIN} together)`,
          ]
        : []),
      count
        ? 'after your answer: how many of its people are in each cell, not which of them'
        : 'after your answer: which of its people are on your list, and the cell of each',
    ],
    doesNotLearn: [
      'any name, address or e-mail of your list',
      'whether a person is on it, before you answer: every test needs your key',
    ],
    unless: [
      'somebody gets your key and its passphrase: with them every guessed person can be tested.' +
        ` The key is as sensitive as the list. It is destroyed after ${commitment.epochEnds}; close does it at once.`,
      count
        ? `the hub cheats: with a list padded with invented names it could learn one person's cell.` +
          ` The commitment, one answer per exchange and the quota of ${people(quota)} bound that.`
        : 'the hub put people on its list who reported nothing: ask for the order or consent that allows this.',
    ],
  };
}

/** What the county learns from the query to its tag file. */
export const queryLeakage = ({ commitment }: TagHeader): Leakage => ({
  reader: 'the county',
  learns: [
    `that you ask about ${people(commitment.people)} (and ${SPIKES} invented ones), and when`,
  ],
  doesNotLearn: [
    'who they are: every entry is blinded by a secret that you drew for this exchange',
    'how many of them are on its list',
  ],
  unless: ['somebody gets your folder and its passphrase before the epoch ends'],
});

/** What the hub learns from the answer to its query. */
export const answerLeakage = (header: TagHeader): Leakage => {
  const { people: asked } = header.commitment;
  const count = header.commitment.mode === 'count';
  return {
    reader: 'the hub',
    learns: [
      count
        ? `how many of its ${people(asked)} are in each of your cells`
        : `which of its ${people(asked)} are on your list, and the cell of each`,
    ],
    doesNotLearn: [
      ...(count ? ['which of them: the answers are shuffled'] : []),
      'anything about people whom it did not ask about',
    ],
    unless: [
      count
        ? `its list is padded so that one real person stands alone. At least ${BATCH_MIN} people, one answer` +
          ' per exchange and the commitment stand against it; an auditor can open the commitment.'
        : 'it asks again in another exchange: the quota counts all of them.',
    ],
  };
};

/** What an auditor learns from so many opened reports of so many. */
export const openedLeakage = (opened: number, reports: number): Leakage => ({
  reader: 'the auditor',
  learns: [`whom ${grouped(opened)} of your ${grouped(reports)} reports name, and their ids`],
  doesNotLearn: ['anything about the other reports: each has a salt of its own'],
  unless: ['you open many: let the auditor choose the places, and a few dozen are enough'],
});

/** Lines for the terminal. */
export const leakageText = ({ reader, learns, doesNotLearn, unless }: Leakage): string =>
  [
    `What ${reader} learns from it:`,
    ...learns.map((line) => `  + ${line}`),
    'What stays hidden:',
    ...doesNotLearn.map((line) => `  - ${line}`),
    'Unless:',
    ...unless.map((line) => `  ! ${line}`),
  ].join('\n');
