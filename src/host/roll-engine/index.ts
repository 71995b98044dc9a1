export { checkIds } from './duplicate-ids.ts';
export { openRollEngine, type RollEngine } from './engine.ts';
export { type FileRefusal, type RollFailure, rollFailureSentence } from './failure.ts';
export { type RollReading, readRolls } from './linked-rolls.ts';
export type { RollFile } from './release-file.ts';
export { openReleases } from './release-folder.ts';
