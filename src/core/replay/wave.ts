import type { Random } from '../base/index.ts';
import type { County } from '../invented/index.ts';
import type { Relay } from './relays.ts';
import { FULL, HOUR, MINUTE } from './volumes.ts';
import type { Voter } from './voters.ts';
import type { Wording } from './wording.ts';

/** One mail of the wave that somebody reported. */
export interface SentMail {
  readonly key: string;
  readonly recipient: Voter;
  readonly wording: Wording;
  /** The misused host, or the freemail account of the second sender. */
  readonly origin: Relay | 'account';
  /** Milliseconds since 1970. */
  readonly sentAt: number;
  /** The sender put false route and authentication lines below its own. */
  readonly forged: boolean;
}

/** 2020-10-20T00:00Z: the windows of places count from here. */
const WAVE_DAY = Date.UTC(2020, 9, 20);

/** Share of late reports that are of a mail of the second day (set); all was over by 22 October. */
const SECOND_DAY_SHARE = 0.12;

/** Quickest that somebody noticed a mail and sent it in. */
const NOTICED_AFTER = 5 * MINUTE;

/** The earliest moment at which a report from `place` can come in. */
export const reportableFrom = (place: County): number =>
  WAVE_DAY + place.window[0] * HOUR + 2 * NOTICED_AFTER;

/** When a mail to `place` left, given when it was reported. */
export function sentTime(place: County, reportedAt: number, random: Random): number {
  const nextDay = WAVE_DAY + 24 * HOUR;
  const late = reportedAt > nextDay + 21 * HOUR && random.chance(SECOND_DAY_SHARE);
  const day = late ? nextDay : WAVE_DAY;
  const from = day + place.window[0] * HOUR;
  const until = Math.min(day + place.window[1] * HOUR, reportedAt - NOTICED_AFTER);
  return from + Math.floor(random.unit() * Math.max(0, until - from));
}

/** A clip name in the link of T3. */
export const clipOf = (mail: SentMail): string => mail.key.replace(/^M-0*/, 'clip');

/** Share of the wave that repeated an earlier mail to the same voter (set). */
export const DUPLICATE_SHARE = 0.04;

/** Share with the link to the video (set). */
export const VIDEO_SHARE = 0.05;

/** The other mails of the second sender stayed unreported. */
export const secondSenderSent = (scale: number): number =>
  Math.max(3, Math.round(FULL.secondSenderSent * scale));
