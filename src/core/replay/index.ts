export type { ReplayFile, ReplayOrder, ReplayTruth, TrueOriginal, WriteReplay } from './replay.ts';
