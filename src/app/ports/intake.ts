import type { Limit, Sha256 } from '../../core/base/index.ts';
import type { ExhibitKind } from '../../core/evidence/index.ts';

/** A file that can be deposited. `name` is as the person gave it, for messages on their terminal. */
export interface Found {
  readonly name: string;
  readonly bytes: number;
  open(): AsyncIterable<Uint8Array>;
}

/** A path that could not be read, and why, in one plain line. */
export interface Unread {
  readonly name: string;
  readonly code: string;
  readonly text: string;
}

/** The exact bytes of one message inside an exhibit. */
export interface RawMessage {
  /** Position in the exhibit: `0` for a lone message, `17` in an mbox, `3.17` in a zipped mbox. */
  readonly path: string;
  /** `exhibit`, or the path of the decoded container whose bytes `offset` counts in. */
  readonly base: string;
  readonly offset: number;
  readonly bytes: Uint8Array;
  readonly transforms: readonly string[];
}

/** Turns what a person points at into files, and a kept exhibit into its messages. */
export interface Intake {
  find(
    paths: readonly string[],
  ): AsyncIterable<{ readonly found: Found } | { readonly unread: Unread }>;
  /** Told from the first bytes. */
  kindOf(head: Uint8Array): ExhibitKind;
  messages(
    exhibit: Sha256,
    kind: ExhibitKind,
  ): AsyncIterable<{ readonly message: RawMessage } | { readonly limit: Limit }>;
}
