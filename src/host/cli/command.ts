import type { Terminal } from './terminal.ts';

/** 0 done; 1 done but something could not be read; 2 wrong use; 3 internal defect. */
export type ExitCode = 0 | 1 | 2 | 3;

export interface CommandOption {
  /** What stands for the value in the usage: `DIR`. Null: a switch. */
  readonly value: string | null;
  /** One line for the help. */
  readonly says: string;
}

/** What a person asked for, already told apart from how they wrote it. */
export interface Order {
  readonly arguments: readonly string[];
  /** Value of an option; null where it was not given. */
  option(name: string): string | null;
  given(name: string): boolean;
}

export interface Surroundings {
  readonly terminal: Terminal;
  /** Runs when the person interrupts, before the process ends: close what must be closed. */
  onInterrupt(close: () => void | Promise<void>): void;
}

/** `wrongUse` is a sentence about the order, printed with the command's usage; exit code 2. */
export type Outcome = ExitCode | { readonly wrongUse: string };

export interface Command {
  /** What follows the command's name: `FILE [--json]`. */
  readonly usage: string;
  /** Paragraphs of the help. */
  readonly about: readonly string[];
  readonly options: { readonly [name: string]: CommandOption };
  run(order: Order, surroundings: Surroundings): Promise<Outcome>;
}

/** A row of the command table. The command itself loads only when it is asked for. */
export interface CommandRow {
  readonly name: string;
  /** One line for `tocsin help`. */
  readonly summary: string;
  load(): Promise<Command>;
}
