export type {
  ReplayFile,
  ReplayOrder,
  ReplayTruth,
  TrueOriginal,
} from './replay.ts';
export { writeReplay } from './write-replay.ts';
