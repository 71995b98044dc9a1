/** The order as the command line read it; `host/cli` fills these with its own. */
export interface StepOrder {
  /** Value of an option; null where it was not given. */
  option(name: string): string | null;
  given(name: string): boolean;
}

export interface StepTerminal {
  write(text: string): Promise<void>;
  say(line: string): void;
  draw(text: string): void;
}

export interface StepProgress {
  update(name: string, done: number, total: number | null): void;
  finish(): void;
}

export interface StepSurroundings {
  readonly terminal: StepTerminal;
  readonly progress: StepProgress;
  onInterrupt(close: () => void | Promise<void>): void;
}

/** 0 done, 1 done but something could not be read, 2 refused; else a sentence about the order. */
export type StepOutcome = 0 | 1 | 2 | { readonly wrongUse: string };

export interface MatchOrder {
  /** The file that the step reads; empty for `close`. `sum` reads all of `files`. */
  readonly file: string;
  readonly files: readonly string[];
  /** This side's folder; empty for `sum` and `audit`. */
  readonly folder: string;
  readonly order: StepOrder;
}

export type MatchStep = (asked: MatchOrder, surroundings: StepSurroundings) => Promise<StepOutcome>;
