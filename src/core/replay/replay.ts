import type { Instant } from '../base/index.ts';
import type { OfficeTruth } from '../invented/index.ts';

export interface ReplayOrder {
  readonly seed: string;
  /** 1 is the founding case: 40,000 sent, 600 reported. */
  readonly scale: number;
  /** Counties of state F that get their part of the lists: 0 to 60, those of the wave first. */
  readonly countyLists?: number;
}

/** One file that the replay writes, relative to its folder. */
export interface ReplayFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What is true, so that anyone can score an investigation. */
export interface ReplayTruth {
  readonly schema: 'tocsin/replay-truth/1';
  readonly note: string;
  readonly seed: string;
  readonly scale: number;
  readonly totals: TrueTotals;
  /** Lists, copies and the look-up page: whose data it was, how much of it. */
  readonly office: OfficeTruth;
  /** Shown senders of the campaign: what the From lines say, and how many reports show it. */
  readonly senders: readonly TrueSender[];
  readonly originals: readonly TrueOriginal[];
  readonly traps: readonly TrueTrap[];
  /** The question board's eleven questions, with what is true. */
  readonly answers: { readonly [question: string]: string };
  readonly statements: readonly TrueStatement[];
}

export interface TrueTotals {
  readonly sent: number;
  /** Sent, by the state of the list, the county, the mail house, the misused host. */
  readonly sentBy: { readonly [what: string]: { readonly [name: string]: number } };
  /** Kept out of inboxes by the freemail house. */
  readonly filtered: number;
  readonly duplicatesSent: number;
  readonly staleAddresses: number;
  readonly secondSenderSent: number;
  readonly recordsTaken: number;
  /** Campaign originals that were reported; repeats of one mail and of one voter are inside. */
  readonly reports: number;
  readonly distinctMails: number;
  readonly distinctRecipients: number;
  readonly reportsBy: { readonly [county: string]: number };
  /** Reports in so many hours after the first. */
  readonly reportsAfterHours: { readonly [hours: string]: number };
  readonly screenshots: number;
  readonly background: number;
}

export interface TrueSender {
  readonly address: string;
  readonly sender: 'first' | 'second';
  readonly reports: number;
}

/** One message that was handed over as a report: where it is, and what is true of it. */
export interface TrueOriginal {
  /** File under the evidence folder, and SHA-256 of its bytes. */
  readonly file: string;
  readonly exhibit: string;
  readonly container: 'file' | 'mboxrd' | 'takeout' | 'zip';
  /** The zip member that holds it, and SHA-256 of the member's bytes. */
  readonly entry: { readonly name: string; readonly sha256: string } | null;
  /** Ordinal of the top-level message in its file, from 0; ordinal among what that one carries. */
  readonly position: number;
  readonly order: number;
  /** SHA-256 of the original's exact bytes as the form keeps them, else null. */
  readonly sha256: string | null;
  /** `eml`, `attached-gmail`, `inline-text-apple`, ..., `letter`, `screenshot`. */
  readonly form: string;
  /** `threat`, or what kind of background it is. */
  readonly kind: string;
  /** Null: background mail that no campaign owns. */
  readonly campaign: string | null;
  readonly template: string | null;
  readonly variant: string | null;
  readonly sender: 'first' | 'second' | null;
  readonly shownSender: string;
  readonly subject: string;
  /** One mail that was reported twice has one `mail`; one voter one `recipientKey`. */
  readonly mail: string | null;
  readonly recipientKey: string | null;
  readonly county: string;
  readonly state: string;
  /** Misused host, `account` for the second sender's, null for background. */
  readonly relay: string | null;
  readonly sentAt: Instant;
  readonly reportedAt: Instant;
  /** The mail shows an address that the voter has left. */
  readonly staleAddress: boolean;
  readonly forgedTraces: boolean;
  readonly reporterLikeSender: boolean;
}

export interface TrueTrap {
  readonly trap: string;
  readonly files: readonly string[];
  readonly truth: string;
}

/** On what a press text rests. No text says it this plainly. */
export interface TrueStatement {
  readonly id: string;
  readonly roots: readonly string[];
  readonly cites: readonly string[];
  readonly later: string;
}
