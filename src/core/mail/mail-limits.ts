import type { Limit } from '../base/index.ts';
import { TEXT_BYTES_MAX } from '../charset/index.ts';
import { FORWARD_TEXT_MAX, FORWARDS_MAX } from '../forward/index.ts';

/** Nested containers and messages. Forwards of forwards reach five; mailers stop well before 64. */
export const DEPTH_MAX = 64;
/** Parts of one reading. The largest digests hold some hundred. */
export const PARTS_MAX = 10_000;
/**
 * Bytes of one header block; the largest of 7,000 real ones has 20 kB, servers refuse above 256 kB.
 */
export const HEADER_BYTES_MAX = 1_000_000;
/** Fields of one header block: what a real block of the largest size could hold, and more. */
export const HEADER_FIELDS_MAX = 10_000;
/** Defects listed for one message: a person reads some; the first ones tell the story. */
export const DEFECTS_MAX = 1_000;
/** Messages inside each other are hashed once per level: bytes of work for each byte of mail. */
const WORK_PER_BYTE_MAX = 4;
/** Small mail may nest as deep as it likes below this many bytes of work. */
const WORK_BYTES_FREE = 32_000_000;

/**
 * What opening messages inside messages may still cost, in bytes: one for all that a mail carries,
 * or for all that comes out of an archive, so that many nests cost no more than one.
 */
export class MailWork {
  #left = WORK_BYTES_FREE;

  /** A mail that was handed in. Mails that it carries bring nothing: their bytes stand in it. */
  addMail(bytes: Uint8Array): this {
    this.#left += WORK_PER_BYTE_MAX * bytes.length;
    return this;
  }

  /** False where it is spent. */
  afford(bytes: number): boolean {
    this.#left -= bytes;
    return this.#left >= 0;
  }
}

/** RFC 2046 section 5.1.1 says 70 characters; software writes more. */
export const BOUNDARY_BYTES_MAX = 998;

/** What can be cut of one mail: rows of docs/limits.md. */
export type MailLimitCode =
  | 'mail-boundary'
  | 'mail-depth'
  | 'mail-parts'
  | 'mail-header-bytes'
  | 'mail-header-fields'
  | 'mail-hops'
  | 'mail-encoded-words'
  | 'mail-addresses'
  | 'mail-work'
  | 'mail-text-bytes'
  | 'mail-forwards'
  | 'mail-forward-text';

const SENTENCES: { readonly [Code in MailLimitCode]: (count: number) => string } = {
  'mail-boundary': (count) =>
    `A boundary longer than ${BOUNDARY_BYTES_MAX} bytes: ${count} multipart(s) were kept whole and not opened.`,
  'mail-depth': (count) =>
    `Nested deeper than ${DEPTH_MAX} levels: ${count} part(s) were kept whole and not opened.`,
  'mail-parts': (count) =>
    `More than ${PARTS_MAX} parts: the remaining ${count} were kept as one part.`,
  'mail-header-bytes': (count) =>
    `Header longer than ${HEADER_BYTES_MAX} bytes: ${count} byte(s) of it were not read as fields.`,
  'mail-header-fields': (count) =>
    `More than ${HEADER_FIELDS_MAX} header fields: ${count} were not listed.`,
  'mail-hops': (count) => `More Received fields than a route can have: ${count} were not read.`,
  'mail-encoded-words': (count) => `Too many encoded words: ${count} stay as they were written.`,
  'mail-addresses': () => 'Too many addresses in one field: the rest was not read.',
  'mail-work': (count) =>
    `Messages inside each other take too much work: ${count} message(s) were kept unopened.`,
  'mail-text-bytes': (count) =>
    `A body longer than ${TEXT_BYTES_MAX} bytes: the last ${count} were hashed and not read as text.`,
  'mail-forwards': () =>
    `${FORWARDS_MAX} forwards were read in one body: any further ones stay part of its text.`,
  'mail-forward-text': (count) =>
    `Forwards were sought in the first ${FORWARD_TEXT_MAX} characters of a body; ${count} follow.`,
};

/** Gathers limits while a message is read: one entry a code, at its first place, with a count. */
export class LimitLog {
  readonly #met = new Map<MailLimitCode, { readonly at: string; count: number }>();

  note(code: MailLimitCode, at: string, count = 1): void {
    const met = this.#met.get(code);
    if (met === undefined) this.#met.set(code, { at, count });
    else met.count += count;
  }

  list(): readonly Limit[] {
    return [...this.#met].map(([code, { at, count }]) => ({
      code,
      at,
      text: SENTENCES[code](count),
    }));
  }
}
