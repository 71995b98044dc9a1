export { describeRoll, type RollDescription } from './describe-roll.ts';
export { openRollEngine, type RollEngine } from './engine.ts';
export { type RollFailure, rollFailureSentence } from './failure.ts';
export {
  type IdentityKey,
  openPlainRoll,
  readIdentities,
  reportIdentities,
} from './identities.ts';
export { readRolls } from './linked-rolls.ts';
export { type CopyMade, copyWithMarks } from './release-copy.ts';
export type { RollFile } from './release-file.ts';
export { headLines, layoutFor } from './release-file.ts';
export { beside, manifestBeside, mappingBeside, openReleases } from './release-folder.ts';
export { readReleaseIdentities } from './release-identities.ts';
export { openRollShelf } from './roll-shelf.ts';
export { writeWhole } from './write-whole.ts';
