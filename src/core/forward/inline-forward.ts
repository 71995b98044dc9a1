import type { Instant } from '../base/index.ts';
import type { Mailbox } from '../header/index.ts';
import type { TextRange } from '../html/index.ts';

/** A message that stands as text in another message's body: what the forward claims about it. */
export interface InlineForward {
  readonly method: 'inline-html' | 'inline-text' | 'pasted-headers';
  readonly from: Mailbox | null;
  readonly to: readonly Mailbox[];
  readonly subject: string | null;
  /** As written. */
  readonly dateText: string | null;
  /** Null where the date is absent or names no zone; then see `interval`. */
  readonly date: Instant | null;
  /** Earliest and latest moment that a date without zone can mean. */
  readonly interval: { readonly from: Instant; readonly until: Instant } | null;
  /** In the carrier's `text`: the marker and header lines, and the body. */
  readonly headerSpan: TextRange;
  readonly bodySpan: TextRange;
  /** What the carrier says before it. */
  readonly before: TextRange;
  /** Forwards inside this one, outermost first. */
  readonly nested: readonly InlineForward[];
}

export interface ForwardInput {
  /** The carrier's decoded body text. */
  readonly text: string;
  /** Its HTML body where there is one. */
  readonly html: string | null;
  readonly subject: string | null;
}

/** Every inline forward of a body, in order of standing; a digest holds several. */
export function findInlineForwards(_input: ForwardInput): readonly InlineForward[] {
  return [];
}
