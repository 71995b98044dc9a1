export { matchAnswer, matchClose, matchEncode } from './county-steps.ts';
export { matchCommit, matchCount, matchQuery } from './hub-steps.ts';
export type { MatchStep } from './surroundings.ts';
