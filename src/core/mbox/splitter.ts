import { type Kernels, type Limit, latin1Bytes } from '../base/index.ts';
import { ByteWindow } from './byte-window.ts';
import { type EndClaims, endClaims, type HeaderEvidence, headerEvidence } from './header.ts';
import { candidateAt, LengthProfile, landsOn, soughtBehind, statedEnd } from './lengths.ts';
import { quotedFromLines } from './quoting.ts';
import { MBOX_SEPARATOR_MAX, type SeparatorShape, separatorShape } from './separator.ts';

/** Exchange Online takes mail up to 150 MB, more than any other large provider. */
export const MBOX_MESSAGE_BYTES_MAX = 160_000_000;
/** How far a doubtful boundary may wait for a later proof: bounds memory, above any usual mail. */
export const MBOX_LOOK_AHEAD_MAX = 64_000_000;
/** A file with more doubtful boundaries is no mbox that a person can check; the rest is counted. */
const MBOX_DOUBTS_MAX = 1_000;

/**
 * A stretch of the file. Taken in order, `start` to `end` of all ranges tile it without gap.
 *
 * A `lead` is what stands before the first separator. A `message` runs from its separator line to
 * the next one; the mail itself is `offset`, `length`, without separator and without the empty
 * line that mbox adds behind it.
 */
export type MboxRange =
  | { readonly kind: 'lead'; readonly start: number; readonly end: number }
  | {
      readonly kind: 'message';
      /** Position in the file, from 0. */
      readonly index: number;
      readonly start: number;
      readonly end: number;
      readonly offset: number;
      readonly length: number;
      /** The mail's own copy; null above `MBOX_MESSAGE_BYTES_MAX` (read the range instead). */
      readonly bytes: Uint8Array | null;
      /** Lines that start with `>From `, `>>From `...: what `unquoteMboxrd` would change. */
      readonly quotedLines: number;
    };

export interface MboxProfile {
  /** Of the first separator; other shapes separate nothing. Null: no separator was found. */
  readonly separator: SeparatorShape | null;
  readonly lineEnd: 'lf' | 'crlf' | 'cr';
  /**
   * `mboxo-or-mboxrd`: `>From ` was seen, and only the writer knows whether it was there before.
   */
  readonly quoting: 'none' | 'mboxo-or-mboxrd' | 'mboxrd';
  /**
   * The whole file has Content-Length, and it led to a boundary at least once (mboxcl, mboxcl2).
   */
  readonly contentLength: boolean;
}

export interface MboxSplitter {
  /** Takes the next bytes of the file (any size) and gives the ranges that they finished. */
  push(chunk: Uint8Array): readonly MboxRange[];
  /** Gives the rest. Call once. */
  end(): {
    readonly ranges: readonly MboxRange[];
    readonly profile: MboxProfile;
    readonly limits: readonly Limit[];
  };
}

/** Of a file whose lines end with LF or CRLF; `createMboxSplitter` takes any. */
export const createLineSplitter = (kernels: Kernels): MboxSplitter => new Splitter(kernels);

interface Candidate {
  /** Of the `F` of `From `. */
  readonly at: number;
  readonly messageAt: number;
  readonly shape: SeparatorShape;
  readonly crlf: boolean;
  readonly evidence: HeaderEvidence;
  /** No empty line stands before it. */
  readonly abrupt: boolean;
}

/** The message being read: everything known about where it may end. */
interface Open {
  readonly start: number;
  readonly messageAt: number;
  readonly claims: EndClaims;
  closedAt: number | null;
  closingSoughtTo: number;
}

const NEEDLE = latin1Bytes('\nFrom ');
const BYTE_ORDER_MARK_BYTES = 3;
const LF = 0x0a;
const CR = 0x0d;

class Splitter implements MboxSplitter {
  readonly #kernels: Kernels;
  readonly #window = new ByteWindow();
  #seen = -1;
  #retryAt = 0;
  #ended = false;
  #queue: Candidate[] = [];
  #head = 0;
  #open: Open | null = null;
  #index = 0;
  #shape: SeparatorShape | null = null;
  #crlf = false;
  #storeMarks: readonly string[] = [];
  #strongSeen = false;
  #weakSeen = false;
  #quoting = 0;
  #contentLength = false;
  readonly #lengths: LengthProfile;
  #doubts = 0;
  #out: MboxRange[] = [];
  readonly #limits: Limit[] = [];

  constructor(kernels: Kernels) {
    this.#kernels = kernels;
    this.#lengths = new LengthProfile(kernels);
  }

  push(chunk: Uint8Array): readonly MboxRange[] {
    this.#window.append(chunk);
    if (this.#window.end >= this.#retryAt) this.#advance();
    this.#window.dropBefore(this.#neededFrom());
    return this.#take();
  }

  end() {
    this.#ended = true;
    this.#advance();
    this.#finish(this.#window.end);
    if (this.#doubts > MBOX_DOUBTS_MAX) {
      const text = `${this.#doubts - MBOX_DOUBTS_MAX} more doubtful boundaries were not listed.`;
      this.#limits.push({ code: 'mbox-doubts', at: `${this.#window.end}`, text });
    }
    const quoting = this.#quoting > 1 ? 'mboxrd' : this.#quoting === 1 ? 'mboxo-or-mboxrd' : 'none';
    const profile: MboxProfile = {
      separator: this.#shape,
      lineEnd: this.#crlf ? 'crlf' : 'lf',
      quoting,
      contentLength: this.#contentLength,
    };
    return { ranges: this.#take(), profile, limits: this.#limits };
  }

  #take(): readonly MboxRange[] {
    const out = this.#out;
    this.#out = [];
    return out;
  }

  /** First byte that a later step may still ask for. */
  #neededFrom(): number {
    const end = this.#window.end;
    const start = this.#open?.start;
    if (start !== undefined && end - start <= MBOX_MESSAGE_BYTES_MAX) return start;
    // Nothing to keep, or too large: only what the search itself looks back at.
    const head = this.#queue[this.#head]?.at ?? end;
    return Math.max(0, Math.min(head, this.#seen) - 4);
  }

  #advance(): void {
    this.#scan();
    while (this.#settle());
    if (this.#head === 0) return;
    this.#queue = this.#queue.slice(this.#head);
    this.#head = 0;
  }

  /** Queues every line that looks like a separator in the bytes not yet searched. */
  #scan(): void {
    const window = this.#window;
    if (this.#seen < 0 && !this.#considerFirst()) return;
    for (;;) {
      const from = Math.min(Math.max(0, this.#seen), window.end);
      const view = window.view(from, window.end);
      const hit = this.#kernels.indexOf(view, NEEDLE, 0);
      if (hit < 0) {
        // A needle may straddle the border to the next chunk.
        this.#seen = Math.max(from, window.end - NEEDLE.length + 1);
        return;
      }
      if (!this.#consider(from + hit + 1)) return;
    }
  }

  /** The file's first line, behind a byte order mark too. */
  #considerFirst(): boolean {
    const window = this.#window;
    const marked = window.at(0) === 0xef && window.at(1) === 0xbb && window.at(2) === 0xbf;
    return this.#consider(marked ? BYTE_ORDER_MARK_BYTES : 0);
  }

  /** False: the decision needs bytes that have not come yet. */
  #consider(at: number): boolean {
    const candidate = this.#candidateAt(at);
    if (candidate === 'wait' && !this.#ended) {
      this.#seen = at - 1;
      // Asking again only when the stretch has doubled keeps tiny chunks linear.
      this.#retryAt = at + Math.max(64, 2 * (this.#window.end - at));
      return false;
    }
    if (candidate !== null && candidate !== 'wait') this.#queue.push(candidate);
    this.#seen = at;
    return true;
  }

  #candidateAt(at: number): Candidate | 'wait' | null {
    const window = this.#window;
    const isFirst = at === 0 || (at === BYTE_ORDER_MARK_BYTES && window.at(at - 1) === 0xbf);
    if (isFirst && window.end < at + NEEDLE.length) return 'wait';
    const view = window.view(at, Math.min(window.end, at + MBOX_SEPARATOR_MAX));
    if (isFirst && this.#kernels.latin1(view, 0, 5) !== 'From ') return null;
    const lineEnd = view.indexOf(LF);
    if (lineEnd < 0) return view.length < MBOX_SEPARATOR_MAX ? 'wait' : null;
    const crlf = view[lineEnd - 1] === CR;
    const shape = separatorShape(this.#kernels.latin1(view, 0, lineEnd - (crlf ? 1 : 0)));
    if (shape === null) return null;
    // Eudora writes no empty line before its separators, and no body holds their like.
    const abrupt = !isFirst && !shape.startsWith('eudora/') && !this.#startsParagraph(at);
    const messageAt = at + lineEnd + 1;
    const rest = window.view(messageAt, window.end);
    const place = { bytes: rest, start: 0, end: rest.length, ended: this.#ended };
    const evidence = headerEvidence(place, this.#kernels);
    if (evidence === null) return 'wait';
    return evidence.headerLine ? { at, messageAt, shape, crlf, evidence, abrupt } : null;
  }

  #startsParagraph(at: number): boolean {
    const window = this.#window;
    if (at <= 1) return true;
    const before = window.at(at - 2);
    return before === LF || (before === CR && (at === 2 || window.at(at - 3) === LF));
  }

  /** Decides the first waiting candidate; false where none waits or it must wait on. */
  #settle(): boolean {
    const open = this.#open;
    const head = this.#queue[this.#head];
    if (head === undefined) return false;
    if (open === null) return this.#begin(head);
    const claimed = this.#claimedBoundary(open, head);
    if (claimed === 'wait') return false;
    if (claimed !== null) {
      this.#contentLength = true;
      this.#head = claimed;
      const landed = this.#queue[claimed];
      return landed === undefined ? false : this.#accept(landed);
    }
    if (!this.#onProfile(head) || !this.#hasEvidence(head)) return this.#refuse(head);
    const inside = this.#insideMultipart(open, head, this.#queue[this.#head + 1]);
    if (inside === 'wait') return false;
    return inside ? this.#refuse(head) : this.#accept(head);
  }

  /** Before the first message nothing speaks for a line that only interrupts a text. */
  #begin(head: Candidate): true {
    if (!head.abrupt || head.evidence.sender === 'strong') return this.#accept(head);
    this.#head += 1;
    return true;
  }

  /**
   * Which waiting candidate a true Content-Length leads to; null where it proves nothing.
   *
   * The sender may have written it: it counts only in a file that is mboxcl as a whole, and where
   * it leads to a candidate like the others or to the end.
   */
  #claimedBoundary(open: Open, head: Candidate): number | 'wait' | null {
    const target = statedEnd(open);
    if (target === null) return null;
    const window = this.#window;
    const seen = {
      window,
      queue: this.#queue,
      head: this.#head,
      soughtTo: this.#seen,
      ended: this.#ended,
    };
    const holds = this.#lengths.holds(seen);
    if (holds !== true) return holds || null;
    if (target + 2 < head.at) return null;
    const tooFar = window.end - head.at > MBOX_LOOK_AHEAD_MAX;
    if (!soughtBehind(seen, target) && !tooFar) return 'wait';
    const found = candidateAt(seen, target);
    const landed = this.#queue[found];
    if (landed !== undefined) return this.#onProfile(landed) ? found : null;
    return this.#ended && landsOn(target, window.end) ? this.#queue.length : null;
  }

  /**
   * Files of several writers were put together (local mail and UUCP, one year and the next): they
   * write dates in other ways. That a sender can imitate no better than the file's own way. One
   * store's own mark stays, whichever version wrote the date or left it out.
   */
  #onProfile({ shape, evidence }: Candidate): boolean {
    const marked = this.#storeMarks.every((mark) => evidence.storeMarks.includes(mark));
    if (shape === this.#shape || (this.#shape !== null && isOneStore(shape, this.#shape)))
      return marked;
    return marked && evidence.delivered && isPlain(shape) && isPlain(this.#shape);
  }

  /** A file that quotes `From ` lines vouches for the bare ones; else the header must. */
  #hasEvidence({ evidence, abrupt }: Candidate): boolean {
    if (evidence.sender === 'strong') return true;
    if (abrupt) return this.#quoting > 0 && evidence.sender === 'weak';
    if (this.#quoting > 0) return true;
    return evidence.sender === 'weak' && (this.#weakSeen || !this.#strongSeen);
  }

  /** A multipart that is open here and closes before the next candidate holds this one. */
  #insideMultipart(open: Open, head: Candidate, next: Candidate | undefined): boolean | 'wait' {
    const { closing } = open.claims;
    if (closing === null) return false;
    const window = this.#window;
    const limit = next?.at ?? window.end;
    if (open.closedAt === null && open.closingSoughtTo < limit) {
      const from = Math.max(window.start, open.closingSoughtTo - closing.length);
      const hit = this.#kernels.indexOf(window.view(from, limit), closing, 0);
      open.closingSoughtTo = limit;
      if (hit >= 0) open.closedAt = from + hit;
    }
    if (open.closedAt !== null) return open.closedAt > head.at;
    const far = window.end - head.at > MBOX_LOOK_AHEAD_MAX;
    return next === undefined && !this.#ended && !far ? 'wait' : false;
  }

  #refuse(head: Candidate): true {
    this.#head += 1;
    this.#doubts += 1;
    if (this.#doubts <= MBOX_DOUBTS_MAX) {
      const text = 'A line here looks like the start of a message; it was read as body text.';
      this.#limits.push({ code: 'mbox-ambiguous-boundary', at: `${head.at}`, text });
    }
    return true;
  }

  #accept({ at, messageAt, shape, crlf, evidence }: Candidate): true {
    this.#head += 1;
    this.#finish(at);
    if (this.#shape === null) {
      this.#shape = shape;
      this.#crlf = crlf;
      this.#storeMarks = evidence.storeMarks;
    }
    this.#strongSeen ||= evidence.sender === 'strong';
    this.#weakSeen ||= evidence.sender === 'weak';
    const rest = this.#window.view(messageAt, this.#window.end);
    const claims = endClaims({ bytes: rest, start: 0, end: rest.length }, this.#kernels);
    this.#open = { start: at, messageAt, claims, closedAt: null, closingSoughtTo: messageAt };
    this.#lengths.accept(this.#open);
    return true;
  }

  #finish(end: number): void {
    const open = this.#open;
    if (open === null) {
      if (end > 0) this.#out.push({ kind: 'lead', start: 0, end });
      return;
    }
    const { start, messageAt: offset } = open;
    const length = end - offset - this.#closingLine(open, end);
    const kept = offset >= this.#window.start && length <= MBOX_MESSAGE_BYTES_MAX;
    const bytes = kept ? this.#window.copy(offset, offset + length) : null;
    if (bytes === null) {
      const text = `A message of ${length} bytes is too large to be kept in memory.`;
      this.#limits.push({ code: 'mbox-message-bytes', at: `${offset}`, text });
    }
    const quoted = bytes === null ? null : quotedFromLines(bytes, this.#kernels);
    this.#quoting = Math.max(this.#quoting, quoted?.deepest ?? 0);
    const quotedLines = quoted?.lines ?? 0;
    const range = { kind: 'message', index: this.#index, start, end, offset, length } as const;
    this.#out.push({ ...range, bytes, quotedLines });
    this.#index += 1;
  }

  /** Length of the empty line that mbox adds; the one that ends the header is the mail's own. */
  #closingLine({ messageAt, claims }: Open, end: number): number {
    const { bodyStart, contentLength } = claims;
    const window = this.#window;
    if (bodyStart !== null && contentLength !== null) {
      const left = end - messageAt - bodyStart - contentLength;
      if (this.#contentLength && left >= 0 && left <= 2) return left;
    }
    const body = messageAt + (bodyStart ?? 0);
    if (window.at(end - 1) !== LF) return 0;
    const width = window.at(end - 2) === CR ? 2 : 1;
    if (end - width < body) return 0;
    return end - width === body || window.at(end - width - 1) === LF ? width : 0;
  }
}

const isOneStore = (one: SeparatorShape, other: SeparatorShape): boolean =>
  STORES.some((store) => one.startsWith(store) && other.startsWith(store));
const STORES = ['thunderbird/', 'gmail/'];

const isPlain = (shape: SeparatorShape | null): boolean => shape?.startsWith('plain/') === true;
