import type { Instant, Sha256 } from '../base/index.ts';

/** What kind of thing the received bytes are, told from the bytes, never from the file name. */
export type ExhibitKind =
  | 'message'
  | 'mbox'
  | 'zip'
  | 'gzip'
  | 'msg'
  /** A winmail.dat on its own. */
  | 'tnef'
  | 'dns-transcript'
  /** What the office says of itself: names that it protects, its own mail hosts. */
  | 'office-names'
  | 'unknown';

/** Received bytes, never altered, addressed by their SHA-256. */
export interface Exhibit {
  readonly digest: Sha256;
  readonly bytes: number;
  readonly kind: ExhibitKind;
}

/**
 * One handing over: who gave the bytes, when, by what way. The same bytes may be handed over often.
 *
 * `name` is the name it arrived under (a path or file name) and can hold personal data.
 * `name-servers`: nobody handed it over, it is what name servers answered. `office`: no evidence,
 * but what the office named with its order.
 */
export interface CustodyEntry {
  readonly exhibit: Sha256;
  readonly givenBy: string;
  readonly receivedAt: Instant;
  readonly receivedHow: 'file' | 'upload' | 'mail' | 'name-servers' | 'office';
  readonly name: string;
}
