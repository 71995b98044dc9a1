export { matchAudit, matchOpen } from './audit-steps.ts';
export { matchCount } from './count-step.ts';
export { matchAnswer, matchClose, matchEncode } from './county-steps.ts';
export { matchExample } from './example-step.ts';
export { matchCommit, matchQuery } from './hub-steps.ts';
export { matchActs } from './match-acts.ts';
export { matchSum } from './sum-step.ts';
export type { MatchStep } from './surroundings.ts';
export { readTallies } from './tally-files.ts';
