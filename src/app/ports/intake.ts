import type { Limit } from '../../core/base/index.ts';
import type { Exhibit, ExhibitKind } from '../../core/evidence/index.ts';
import type { MailWork } from '../../core/mail/index.ts';

/**
 * A file that can be deposited. `name` is as the person gave it, for messages on their terminal.
 */
export interface Found {
  readonly name: string;
  /** As the file system says at that moment; what `open` gives is what counts. */
  readonly bytes: number;
  /** Throws `ReadFailure`, and nothing else, where reading fails at the start or on the way. */
  open(): AsyncIterable<Uint8Array>;
}

/** A path that was not read, and why, in one plain line. `name` can hold personal data. */
export interface Unread {
  readonly name: string;
  /** A row of docs/failures.md. */
  readonly code: string;
  readonly text: string;
}

/** What `Found.open` throws: the file went away, or the disk gave an error. */
export class ReadFailure extends Error {
  override readonly name = 'ReadFailure';
  readonly unread: Unread;

  constructor(unread: Unread, cause?: unknown) {
    super(`${unread.name}: ${unread.text}`, { cause });
    this.unread = unread;
  }
}

/**
 * One step of a walk. `unread` is a loss and makes the exit code 1; `skipped` was left out on
 * purpose (the case's own folder, a folder that was read under another name) and loses nothing.
 */
export type Find =
  | { readonly found: Found }
  | { readonly unread: Unread }
  | { readonly skipped: Unread };

/** The exact bytes of one message inside an exhibit. */
export interface RawMessage {
  /** Position in the exhibit: `0` for a lone message, `17` in an mbox, `3.17` in a zipped mbox. */
  readonly path: string;
  /** `exhibit`, or the path of the decoded container whose bytes `offset` counts in. */
  readonly base: string;
  readonly offset: number;
  readonly bytes: Uint8Array;
  /** What leads from the exhibit's bytes to those of `base`: `zipEntry`, `gzip`. */
  readonly transforms: readonly string[];
  /** For the archives that the message carries, within what its exhibit may still unpack. */
  readonly open: OpenCarried;
  /** What opening messages inside it may cost, shared with its archive; absent: its own. */
  readonly work?: MailWork;
}

export type IntakeStep = { readonly message: RawMessage } | { readonly limit: Limit };

/** A leaf of a mail with its transfer encoding undone. */
export interface CarriedFile {
  /** The part's path; what lies inside has this path and its own position, from 0. */
  readonly path: string;
  /** It has a name or is said to be attached: no text of the mail itself. */
  readonly isFile: boolean;
  readonly bytes: Uint8Array;
}

/**
 * Opens a carried file that can hold mails (zip, gzip, mbox), as an exhibit of its kind is opened;
 * null for any other file. Archives in archives count, whatever mails lie between them.
 */
export type OpenCarried = (file: CarriedFile) => AsyncIterable<IntakeStep> | null;

/** Turns what a person points at into files, and a kept exhibit into its messages. */
export interface Intake {
  /** Depth first, names in byte order. Never throws on what it finds. */
  find(paths: readonly string[]): AsyncIterable<Find>;
  /** Told from the first bytes: `VAULT_HEAD_BYTES` of them where there are so many. */
  kindOf(head: Uint8Array): ExhibitKind;
  /**
   * In the order of the exhibit's bytes, of an archive's list; a limit comes where it was met.
   * Bad content never throws; a vault that cannot give the bytes does (`VaultFault`).
   */
  messages(exhibit: Exhibit): AsyncIterable<IntakeStep>;
  /**
   * `RawMessage.open` for a mail that is read again by its place in an exhibit that is no archive.
   */
  opener(): OpenCarried;
}
