/** Tells a person how far long work is. Never carries personal data. */
export interface Progress {
  /** `total` null: not known yet. */
  update(step: string, done: number, total: number | null): void;
  /** One line that stays: a file that could not be read, a limit. */
  note(line: string): void;
  finish(): void;
}
