/**
 * What kind of thing is named. `link-mismatch`: a label that names another site than its link leads
 * to; `link-detour`: one whose link goes by way of a service that alone knows where it ends.
 */
export type ObservableType =
  | 'url'
  | 'host'
  | 'ip'
  | 'email'
  | 'phone'
  | 'wallet'
  | 'hash'
  | 'file-name'
  | 'message-id'
  | 'link-mismatch'
  | 'link-detour';

/** Where in a message it stood. `attachment`: anywhere inside an attached file. */
export type Place =
  | 'header'
  | 'hop'
  | 'text'
  | 'html-text'
  | 'link-target'
  | 'link-text'
  | 'html-attribute'
  | 'attachment-name'
  | 'attachment'
  | 'qr-code';

/** One place where an observable stood. */
export interface Occurrence {
  readonly place: Place;
  /**
   * The header's name, the part's path with element and attribute (`1.2 a href`), the hop's clause.
   */
  readonly at: string;
  /**
   * Headers, hops, attached files: bytes of the message. Text and HTML: UTF-16 units of the decoded
   * body.
   */
  readonly offset: number;
  readonly length: number;
  /** What was done to the words to read it: `refanged`, `unwrapped:safelinks`, `no-scheme`. */
  readonly how: readonly string[];
  /** `recipient`: written at or above the trust boundary; `sender`: anybody before it. */
  readonly side: 'recipient' | 'sender';
}

/** Bytes of the mail that was read, or why there are none to name. */
export type BytePlace =
  | { readonly offset: number; readonly length: number }
  | { readonly offset: null; readonly length: null; readonly why: NoBytes };

/** Why a place has no bytes of its own in the exhibit. */
export type NoBytes =
  /** The message itself came out of an encoding or an archive: no such bytes stand in the mail. */
  | 'message-encoded'
  /** Transfer encoding that is not mapped: uuencode, or one that was not applied as stated. */
  | 'encoding'
  /** Malformed text in its charset: places are near, not exact. */
  | 'charset-inexact'
  /** Text taken out of another message's body, where it is quoted or stands more than once. */
  | 'inline'
  /** Made anew from Outlook's stored properties. */
  | 'rebuilt'
  /** A code in the pixels of a picture. */
  | 'picture'
  /** A file's name that stands in no field above the file. */
  | 'no-field';

/** One value that a message names, once, with the places where it stands. */
export interface Observable {
  readonly type: ObservableType;
  readonly value: string;
  /**
   * It is the recipient's own or the reporter's: an address, what holds it, or a host that only
   * such addresses name. Personal data, never to be exported.
   */
  readonly ofRecipient: boolean;
  /** First `OCCURRENCES_MAX`, in order of finding. */
  readonly where: readonly Occurrence[];
  readonly occurrences: number;
}

/** Different values kept of one message; a link farm holds hundreds. */
export const OBSERVABLES_MAX = 5000;
/** Places kept for one value; the rest are counted. */
export const OCCURRENCES_MAX = 50;

/** One value at one place, before places are folded. */
export interface Finding {
  readonly type: ObservableType;
  readonly value: string;
  readonly occurrence: Occurrence;
}

/** Where a reader of one place is. */
export interface Spot {
  readonly place: Place;
  readonly at: string;
  /** Headers: bytes of the field. Bodies leave it out and have the sighting's own span. */
  readonly offset?: number;
  readonly length?: number;
  /** What was opened to come here (`data-url`); stands before whatever the reader adds. */
  readonly how?: readonly string[];
}

/**
 * A place of the sender's side. `span`: in the spot's text, which counts where the spot has no
 * range of its own.
 */
export const occurrenceAt = (
  spot: Spot,
  how: readonly string[],
  span?: { readonly start: number; readonly end: number },
): Occurrence => ({
  place: spot.place,
  at: spot.at,
  offset: spot.offset ?? span?.start ?? 0,
  length: spot.length ?? (span === undefined ? 0 : span.end - span.start),
  how: spot.how === undefined ? how : [...spot.how, ...how],
  side: 'sender',
});
