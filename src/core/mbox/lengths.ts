import type { Kernels } from '../base/index.ts';
import type { ByteWindow } from './byte-window.ts';
import { type EndClaims, endClaims } from './header.ts';

/**
 * How far the chain of Content-Length fields is followed before the file counts as mboxcl: a sender
 * who forges the chain in his own mail must send that much.
 */
const MBOX_LENGTHS_LOOK_MAX = 8_000_000;

/** Behind the stated bytes an empty line may stand, with LF or CRLF. */
const SLACK_BYTES = 2;
/** Line break and `From `, and one byte to be sure. */
const SEPARATOR_LOOK = 8;

export interface LengthLink {
  readonly messageAt: number;
  readonly claims: EndClaims;
}

/**
 * The file as far as it was read: waiting candidates in order, and up to where they were sought.
 */
export interface LengthsSeen {
  readonly window: ByteWindow;
  readonly queue: readonly { readonly at: number; readonly messageAt: number }[];
  readonly head: number;
  readonly soughtTo: number;
  readonly ended: boolean;
}

/** Where a message says that it ends; null where it says nothing. */
export function statedEnd({ messageAt, claims }: LengthLink): number | null {
  const { bodyStart, contentLength } = claims;
  return bodyStart === null || contentLength === null
    ? null
    : messageAt + bodyStart + contentLength;
}

export const landsOn = (target: number, offset: number): boolean =>
  offset >= target && offset <= target + SLACK_BYTES;

/** Place in the queue of the candidate that stands at `target`; -1 where none does. */
export function candidateAt({ queue, head }: LengthsSeen, target: number): number {
  let low = head;
  let high = queue.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (queue[middle]!.at < target) low = middle + 1;
    else high = middle;
  }
  return landsOn(target, queue[low]?.at ?? -1) ? low : -1;
}

export const soughtBehind = ({ ended, soughtTo }: LengthsSeen, target: number): boolean =>
  ended || soughtTo >= target + SEPARATOR_LOOK;

/**
 * Whether the file is mboxcl: its writer gave every message a Content-Length that leads to the
 * next.
 *
 * A sender can write such a field too, so one that leads somewhere proves nothing. The chain is
 * followed from the first message to the file's end, at most `MBOX_LENGTHS_LOOK_MAX` bytes, before
 * any is believed; a message without one, or one that leads nowhere, ends the belief for good.
 */
export class LengthProfile {
  #state: 'unsure' | 'kept' | 'none' = 'unsure';
  #start = 0;
  #link: LengthLink | null = null;
  readonly #kernels: Kernels;

  constructor(kernels: Kernels) {
    this.#kernels = kernels;
  }

  /** Takes each message that is accepted, in order. */
  accept(link: LengthLink): void {
    if (statedEnd(link) === null) this.#state = 'none';
    if (this.#state === 'unsure' && this.#link === null) {
      this.#start = link.messageAt;
      this.#link = link;
    }
  }

  holds(seen: LengthsSeen): boolean | 'wait' {
    while (this.#state === 'unsure' && this.#link !== null) {
      const target = statedEnd(this.#link);
      if (target === null || target - this.#start > MBOX_LENGTHS_LOOK_MAX) {
        const followed = this.#link.messageAt > this.#start;
        this.#state = target !== null && followed ? 'kept' : 'none';
      } else if (!soughtBehind(seen, target)) return 'wait';
      else this.#follow(target, seen);
    }
    return this.#state === 'kept';
  }

  #follow(target: number, seen: LengthsSeen): void {
    const next = seen.queue[candidateAt(seen, target)];
    if (next === undefined) {
      this.#state = seen.ended && landsOn(target, seen.window.end) ? 'kept' : 'none';
      return;
    }
    const bytes = seen.window.view(next.messageAt, seen.window.end);
    const place = { bytes, start: 0, end: bytes.length };
    this.#link = { messageAt: next.messageAt, claims: endClaims(place, this.#kernels) };
  }
}
