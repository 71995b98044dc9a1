/** Name and version: it stands in every file, and in everything that is hashed. */
export const PROTOCOL = 'tocsin-match/3';

/**
 * What is agreed before anything is computed. One set of terms makes one exchange with each
 * county: one commitment, one key, one tag file, one query, one answer.
 */
export interface Terms {
  readonly incident: string;
  readonly epoch: string;
  /** YYYY-MM-DD; the key is destroyed after this day. */
  readonly epochEnds: string;
  readonly key: MatchKey;
  readonly mode: MatchMode;
  /** Counties that together hold every voter of the state; null where the hub does not say. */
  readonly counties: number | null;
}

/** By what a person is recognised. */
export type MatchKey = 'name' | 'email';

/** `count`: hits per cell, nobody named. `notice`: which reports hit, for telling victims. */
export type MatchMode = 'count' | 'notice';

/** Fewer people than this stand out among themselves. */
export const BATCH_MIN = 200;
/** A list of this length takes the hub 2 CPU-minutes; state-wide campaigns stay below. */
export const BATCH_MAX = 1_000_000;
/**
 * Invented people on both lists: whoever leaves out a fifth of the answers is caught all but 1 in
 * 7,500 times.
 */
export const SPIKES = 40;
/** A cell that holds fewer records than this is merged with others. */
export const CELL_MIN = 11;
/** Cells that a label file names; states have fewer than 300 counties. */
export const CELLS_MAX = 4096;
/** A county, a party and 48 releases together are shorter. */
export const LABEL_LENGTH_MAX = 200;
/** The largest state roll has 23 million rows; vintages add to it. */
export const RECORDS_MAX = 100_000_000;
/** People that a hub may ask about in one epoch unless the county says otherwise. */
export const QUOTA_DEFAULT = 20_000;
/** Names of incidents, counties and epochs. */
const NAME_LENGTH_MAX = 80;

/** More counties than any state has (Texas: 254). */
export const COUNTIES_MAX = 300;
/** Releases that one tag file tells apart: four years of months. */
export const RELEASES_MAX = 48;

/** The cell of the invented people; no roll row is ever put there. */
export const SPIKE_CELL = 'spike';
/** Where small cells go. */
export const REST_CELL = 'rest';
/** One identity, several rows that disagree about the cell. */
export const SEVERAL_CELL = 'several';

/** An invented person, whom every honest roll holds: an answer that misses one counts nothing. */
export const spikeIdentity = (at: number): string => `spike|${at}`;

/** Letters, digits, blanks and `-_.'`: safe in file names and on paper. */
export const isName = (text: unknown): text is string =>
  typeof text === 'string' &&
  text.length <= NAME_LENGTH_MAX &&
  /^[A-Za-z0-9](?:[A-Za-z0-9 _.'-]*[A-Za-z0-9.])?$/.test(text);
