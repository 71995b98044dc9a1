/**
 * Something that was cut or could not be read, and where.
 *
 * A limit never loses the rest: what stands beside it is a partial result. `code` is a public
 * promise with a row in docs/limits.md; `text` is a sentence for a person, without personal data.
 */
export interface Limit {
  readonly code: string;
  /** Where: a node path (`0.1`), a file, a byte offset. */
  readonly at: string;
  readonly text: string;
}
