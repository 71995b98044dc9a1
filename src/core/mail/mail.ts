import type { Instant, Limit, Sha256 } from '../base/index.ts';
import type { CharsetHow } from '../charset/index.ts';
import { type Banner, withoutSubjectTag } from '../forward/index.ts';
import type { Mailbox } from '../header/index.ts';
import type { Hop } from '../route/index.ts';

export type { Hop, Mailbox };

/** A header field: decoded value, and where its exact bytes stand in the message. */
export interface HeaderField {
  readonly name: string;
  /** Unfolded, encoded words decoded (RFC 2047). */
  readonly value: string;
  /** From the message's first byte, without the closing line break. */
  readonly offset: number;
  readonly length: number;
}

/** Something that the RFCs forbid and that was read anyway. */
export interface MailDefect {
  readonly code: string;
  readonly at: number;
}

/** A leaf of the message tree: text or an attachment. */
export interface MailPart {
  readonly path: string;
  /** Lower case, without parameters: `text/plain`. */
  readonly contentType: string;
  /** Label as used for decoding, and how it was chosen; null for no text. */
  readonly charset: string | null;
  readonly charsetHow: CharsetHow | null;
  /** The label as the part has it; null where it has none. */
  readonly charsetDeclared: string | null;
  readonly encoding: string;
  readonly fileName: string | null;
  /** What it is called where it is named twice, in another way (RFC 2231 and plain, two fields). */
  readonly otherName?: string;
  readonly disposition: string | null;
  /**
   * The encoded bytes, from the message's first byte, without the line break before the boundary.
   */
  readonly offset: number;
  readonly length: number;
  /** Of the decoded bytes. */
  readonly bytes: number;
  readonly sha256: Sha256;
}

/** How a reported original was forwarded, and what the forward lost. */
export interface Forward {
  readonly method:
    | 'attached'
    | 'attached-encoded'
    | 'attached-file'
    | 'digest'
    | 'report'
    /** In a zip, gzip or mbox file that was attached: exact bytes, unpacked here. */
    | 'archive'
    | 'inline-html'
    | 'inline-text'
    | 'pasted-headers'
    /** Outlook's own form (.msg, winmail.dat): stored header lines and bodies, no exact bytes. */
    | 'outlook-item'
    /**
     * Its source saved in another form (web page, RTF, UTF-16, other line ends): not byte for byte.
     */
    | 'saved-copy';
  /** True where the original's exact bytes are here. */
  readonly intact: boolean;
  /**
   * What cannot be shown from this copy: `headers`, `route`, `authentication`, `attachments`,
   * `html`.
   */
  readonly lost: readonly string[];
  /** What the source was taken out of, or how the copy was changed: `a saved web page`. */
  readonly takenFrom?: string;
}

/**
 * Whether a signature can be tried: on exact bytes, and on a copy that may hold what was signed.
 */
export const holdsSigned = ({ forward }: Pick<MailMessage, 'forward'>): boolean =>
  forward === null ||
  forward.method === 'saved-copy' ||
  (forward.intact && forward.method !== 'outlook-item');

/** The earliest and the latest moment that a date without its zone can mean. */
export interface DateInterval {
  readonly from: Instant;
  readonly until: Instant;
}

/**
 * `carrier`: the reporter's own mail. `original`: what was reported. `attached`: it came along with
 * another, as what a bounce gives back or older correspondence does.
 */
export type MessageRole = 'carrier' | 'original' | 'attached';

/**
 * What a mail that hands others on brings beside them (docs/methods/inline-forward.md, *An original
 * of its own*). Whoever sends that can make up what the mail hands on.
 */
export interface Brought {
  /** A link, a threat, or a file that only its writer can have put there. */
  readonly bait: boolean;
  /** One of the files acts when it is opened. */
  readonly runs: boolean;
  /** Telephone numbers, wallets, accounts, addresses in its words. */
  readonly contacts: readonly string[];
  /** Digests of files that can be the writer's or those of a message in its text. */
  readonly files: readonly Sha256[];
}

/**
 * One message of a message tree: a mail as received, or one that it carries.
 *
 * Ranges count from the first byte of the bytes that were read. `offset` is null where the message
 * had to be decoded from an encoding (base64, quoted-printable) or stands inline in a body.
 */
export interface MailMessage {
  readonly path: string;
  readonly offset: number | null;
  readonly length: number;
  readonly sha256: Sha256;
  readonly role: MessageRole;
  readonly headers: readonly HeaderField[];
  /** The sender as a mail client shows it: the first of the From line that has an address. */
  readonly from: Mailbox | null;
  /**
   * All of a From line that names several addresses (RFC 5322 section 3.6.2); else empty or absent.
   */
  readonly authors?: readonly Mailbox[];
  readonly replyTo: readonly Mailbox[];
  readonly to: readonly Mailbox[];
  readonly subject: string | null;
  /** As written; `date` is null where it names no moment. */
  readonly dateText: string | null;
  readonly date: Instant | null;
  /**
   * Earliest and latest moment that a date without a zone can mean; absent where `date` tells, or
   * nothing.
   */
  readonly dateInterval?: DateInterval;
  readonly messageId: string | null;
  readonly parts: readonly MailPart[];
  /** Decoded body: the text parts, or the HTML part's text where there is none. */
  readonly text: string;
  readonly textFrom: 'plain' | 'html' | 'none';
  readonly route: readonly Hop[];
  readonly forward: Forward | null;
  readonly defects: readonly MailDefect[];
  /**
   * Nothing but the mail's own words says who is who: it hands on what stands in its text, or it is
   * itself what was reported and its sender made up what stands there. Set on the message and on
   * each that stands in its text; of a mail with an attached one on the mail alone. Absent where
   * the mail tells, or holds none.
   */
  readonly either?: true;
  /**
   * Set where `either` stands for an answer to somebody else than it quotes: whoever attacks an
   * office writes to it with a thread below, so where it came does not tell.
   */
  readonly quotes?: true;
  /** Set on a mail that hands others on and brings something of its own to fall for. */
  readonly brings?: Brought;
  /** Words of the recipient's mail gateway on top of `text`, which a forward brought along. */
  readonly banner?: Banner;
}

/** What a message says in its sender's own words: without the banner of the recipient's gateway. */
export const senderWords = ({ text, banner }: Pick<MailMessage, 'text' | 'banner'>): string =>
  banner === undefined ? text : text.slice(banner.length);

/** The subject without the gateway's tag, where a forward shows what the recipient saw. */
export const senderSubject = ({
  subject,
  forward,
}: Pick<MailMessage, 'subject' | 'forward'>): string | null =>
  subject === null || forward === null || !cameAsText(forward)
    ? subject
    : withoutSubjectTag(subject);

/** The message stands as text in the body of another one, whose sender can have written it. */
export const cameAsText = ({ method }: Pick<Forward, 'method'>): boolean =>
  TEXT_FORWARDS.has(method);

const TEXT_FORWARDS: ReadonlySet<Forward['method']> = new Set([
  'inline-html',
  'inline-text',
  'pasted-headers',
]);

/**
 * Everything that one stretch of mail bytes holds: the outer message first, then what it carries.
 */
export interface MailReading {
  readonly messages: readonly MailMessage[];
  readonly limits: readonly Limit[];
}
