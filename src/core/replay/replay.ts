import type { Kernels } from '../base/index.ts';

export interface ReplayOrder {
  readonly seed: string;
  /** 1 is the founding case: 40,000 sent, about 600 reported. */
  readonly scale: number;
}

/** One file that the replay writes, relative to its folder. */
export interface ReplayFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What is true, so that anyone can score an investigation. */
export interface ReplayTruth {
  readonly schema: 'tocsin/replay-truth/1';
  readonly seed: string;
  readonly scale: number;
  readonly originals: readonly TrueOriginal[];
  readonly [more: string]: unknown;
}

/** One reported original: which file carries it, and what is true of it. */
export interface TrueOriginal {
  /** File under the evidence folder, and SHA-256 of its bytes. */
  readonly file: string;
  readonly exhibit: string;
  /** SHA-256 of the original's exact bytes where the form keeps them, else null. */
  readonly sha256: string | null;
  /** `eml`, `attached`, `inline-text`, ... */
  readonly form: string;
  /** Null: background mail that no campaign owns. */
  readonly campaign: string | null;
  readonly template: string | null;
  readonly shownSender: string;
}

export type WriteReplay = (order: ReplayOrder, kernels: Kernels) => Iterable<ReplayFile>;
