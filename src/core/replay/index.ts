export type {
  ReplayFile,
  ReplayOrder,
  ReplayTruth,
  TrueOriginal,
  TrueSender,
  TrueStatement,
  TrueTotals,
  TrueTrap,
  WriteReplay,
} from './replay.ts';
export { writeReplay } from './write-replay.ts';
