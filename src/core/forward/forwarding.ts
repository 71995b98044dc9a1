import type { Mailbox } from '../header/index.ts';
import { isSameMailbox } from './forward-sender.ts';
import type { InlineForward } from './inline-forward.ts';
import { linkHosts } from './link-hosts.ts';
import type { Circle } from './shown-quote.ts';
import { leadingKind, subjectMatter } from './subject.ts';

/** The message in which a block stands: a mail, or a forward that holds an older one. */
export interface Holder {
  readonly subject: string | null;
  readonly from: Mailbox | null;
  readonly to: readonly Mailbox[];
  /** Its header names an older message, as that of a mail program's forward does. */
  readonly namesOlder?: () => boolean;
  /** Whom it reaches beside `to`; absent where that is not known. */
  readonly circle?: () => Circle;
}

/** What a holder says beside its blocks. Looked at when first asked for, once for all of them. */
export class OwnPart {
  readonly #text: () => string;
  readonly #linked: () => ReadonlySet<string>;
  #words: string | null = null;
  #hosts: readonly string[] | null = null;

  /** `linked`: hosts that its HTML links to, outside the blocks. */
  constructor(text: () => string, linked: () => ReadonlySet<string>) {
    this.#text = text;
    this.#linked = linked;
  }

  /** Without a signature. */
  get words(): string {
    this.#words ??= withoutSignature(this.#text()).trim();
    return this.#words;
  }

  /** Hosts that its words and its HTML link to. */
  get hosts(): readonly string[] {
    this.#hosts ??= [...linkHosts(this.words, 'words'), ...this.#linked()];
    return this.#hosts;
  }
}

/**
 * Does the holder hand this block on, so that it is the carrier and the block the original?
 *
 * `surely`: two marks of a client's forward. `likely`: less, and the holder says little of its own.
 * `no`: older correspondence that came with it; the holder is what was reported. See
 * docs/methods/inline-forward.md. Whether the block is shown at all is not asked here.
 */
export function handedOn(
  block: InlineForward,
  holder: Holder,
  own: OwnPart,
): 'surely' | 'likely' | 'no' {
  const marks = forwardMarks(block, holder);
  const isOwn = isBy(block, holder.from);
  if (isOwn && block.announced === null && leadingKind(holder.subject ?? '') !== 'forward')
    return 'no';
  const answers = leadingKind(holder.subject ?? '') === 'reply';
  if (block.kind === 'forward' && marks >= 2 && !answers) return 'surely';
  if (own.words.length > ownLengthMax(block, holder)) return 'no';
  const home = wasReceived(block, holder) ? domainOf(holder) : null;
  return own.hosts.every((host) => home !== null && isWithin(host, home)) ? 'likely' : 'no';
}

/** A letter above a mail that its author had received, or that a line calls forwarded: a page. */
const LETTER_LENGTH_MAX = 2_000;
/** What a person writes above a forward that nothing else marks: three lines. */
const NOTE_LENGTH_MAX = 250;
/** An answer that says nothing: what is left of a quote's frame. */
const SILENCE_LENGTH_MAX = 20;

function ownLengthMax(block: InlineForward, holder: Holder): number {
  if (block.announced === 'shown') return LETTER_LENGTH_MAX;
  if (block.kind === 'reply') return SILENCE_LENGTH_MAX;
  const answers = leadingKind(holder.subject ?? '') === 'reply';
  // An attribution line shows no subject that could be compared: the holder's prefix speaks for it.
  const attributed = block.subject === null && leadingKind(holder.subject ?? '') === 'forward';
  const isMarked = block.announced === 'forward' || attributed || wasReceived(block, holder);
  return isMarked && !answers ? LETTER_LENGTH_MAX : NOTE_LENGTH_MAX;
}

/**
 * Does anything but its own words say that the holder's author got this block and hands it on?
 *
 * A mail program names the message that it forwards (RFC 5322 section 3.6.4), and the block's
 * recipient is whoever forwards it. Both can be forged. Where neither stands there the holder may
 * as well be what was reported, with a block that its sender made up: nobody can tell from the
 * mail.
 */
export const showsForwarding = (block: InlineForward, holder: Holder): boolean =>
  // An answer names what it answers, and whom it had, as a forward does.
  block.announced !== 'shown' &&
  (holder.namesOlder?.() === true || wasReceived(block, holder) || wentByName(block, holder));

/** Clients that know a recipient show the name alone, often a part of it: `To: Vera`. */
function wentByName({ to }: InlineForward, { from: author }: Holder): boolean {
  const words = nameWords(author);
  return to.some((mailbox) => {
    const names = nameWords(mailbox);
    return mailbox.address === '' && names.length > 0 && names.every((one) => words.includes(one));
  });
}

/** Is it the holder's author's own, or sent in their name? */
const isBy = ({ from }: InlineForward, author: Mailbox | null): boolean =>
  from !== null && author !== null && isSameMailbox(from, author);

/**
 * What the author of the carrier answered, where they hand on their own answer to somebody else
 * with the message below it: that message was reported, and the answer is theirs. Null for other
 * forwards.
 */
export function answeredIn(
  outer: InlineForward,
  author: Mailbox | null,
): readonly InlineForward[] | null {
  if (author === null || !isBy(outer, author)) return null;
  if (outer.to.some((mailbox) => isSameMailbox(mailbox, author))) return null;
  return outer.nested.filter((inner) => !isBy(inner, author)).slice(0, 1);
}

const nameWords = (mailbox: Mailbox | null): readonly string[] =>
  (mailbox?.name ?? '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

function forwardMarks(block: InlineForward, holder: Holder): number {
  const leading = leadingKind(holder.subject ?? '');
  let marks = 0;
  if (block.announced === 'forward') marks += 1;
  if (leading === 'forward') marks += 1;
  if (hasSameSubject(block.subject, holder.subject)) marks += 1;
  if (wasReceived(block, holder)) marks += 1;
  // Nobody but a person who looks at the source has header lines to paste; no digest is an answer.
  return block.method === 'pasted-headers' || block.announced === 'digest' ? marks + 2 : marks;
}

/** Clients cut long subjects, and text conversion wraps them. */
const SAME_SUBJECT_LENGTH_MIN = 12;

function hasSameSubject(inner: string | null, outer: string | null): boolean {
  if (inner === null || outer === null) return false;
  const [a, b] = [subjectMatter(inner), subjectMatter(outer)];
  if (a === '' && b === '') return leadingKind(outer) === 'forward';
  if (a === b) return true;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length < SAME_SUBJECT_LENGTH_MIN) return false;
  return long.startsWith(short) || long.endsWith(short);
}

/** The holder's author got the block, and does not answer whoever sent it. */
function wasReceived({ from, to }: InlineForward, holder: Holder): boolean {
  const { from: author } = holder;
  if (author === null || !to.some((mailbox) => isSameMailbox(mailbox, author))) return false;
  return from === null || !holder.to.some((mailbox) => isSameMailbox(mailbox, from));
}

/** A signature links to where its author writes from. */
const domainOf = ({ from }: Holder): string | null =>
  from?.address.toLowerCase().split('@')[1] ?? null;

const isWithin = (host: string, domain: string): boolean =>
  host === domain || host.endsWith(`.${domain}`);

/**
 * Where the mark of a signature stands (RFC 3676 section 4.3): two hyphens and a blank, which text
 * conversion loses; -1: nowhere.
 */
export const signatureAt = (text: string): number => text.search(/^-- ?$/m);

function withoutSignature(text: string): string {
  const at = signatureAt(text);
  return at < 0 ? text : text.slice(0, at);
}
