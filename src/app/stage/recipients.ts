import {
  type ExposureReport,
  type ReportGroup,
  recipientShown,
} from '../../core/exposure/index.ts';
import { type MailMessage, senderWords } from '../../core/mail/index.ts';
import {
  createTyper,
  induceVariants,
  type SlotType,
  type Template,
  type Typer,
} from '../../core/template/index.ts';
import { messageRef } from './cluster.ts';
import { type Rereader, rereadGroups } from './reread.ts';
import type { ClusterToWord } from './wording.ts';

/**
 * Originals read for their recipients, over all campaigns: their texts stand in memory together.
 */
export const RECIPIENTS_READ_MAX = 20_000;

/** Fewer different texts show no template, and so no slot (as in `wording`). */
const TEMPLATE_TEXTS_MIN = 3;

export interface RecipientsRead {
  readonly groups: readonly ReportGroup[];
  /** Originals that were not read, beyond the limit. */
  readonly left: number;
}

/**
 * Whom each member of each campaign speaks of: the To line and the values of its template's slots,
 * read from every member, not from a sample. Two reports of one recipient count once.
 */
export async function readRecipients(
  reader: Rereader,
  clusters: readonly ClusterToWord[],
): Promise<RecipientsRead> {
  const typer = createTyper();
  const groups: ReportGroup[] = [];
  let room = RECIPIENTS_READ_MAX;
  let left = 0;
  const chosen = clusters.map(({ id, members }) => {
    const wanted = members.slice(0, room);
    room -= wanted.length;
    left += members.length - wanted.length;
    return { id, wanted };
  });
  for await (const { group, messages } of rereadGroups(reader, chosen)) {
    const { id, wanted } = group;
    const found = messages.flatMap((message, at) => {
      const member = wanted[at];
      return message === null || member === undefined
        ? []
        : [{ id: messageRef(member.exhibit.digest, member.path), message }];
    });
    groups.push({ id, reports: reportsOf(found, typer) });
  }
  return { groups, left };
}

interface FoundMessage {
  readonly id: string;
  readonly message: MailMessage;
}

function reportsOf(found: readonly FoundMessage[], typer: Typer): readonly ExposureReport[] {
  const texts = [...new Set(found.map(({ message }) => senderWords(message)))];
  const filled = texts.length < TEMPLATE_TEXTS_MIN ? NONE : filledIn(texts, typer);
  const seen = new Set<string>();
  return found.flatMap(({ id, message }) => {
    const recipient = recipientOf(message, filled.get(senderWords(message)) ?? NO_SLOTS);
    const { first, last, email, street } = recipient;
    if (email === '' && (last === '' || (first === '' && street === ''))) return [];
    const key = JSON.stringify(recipient).toLowerCase();
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ id, recipient, receivedAt: message.date, channel: 'email' }];
  });
}

/** What one text fills into its slots, longest value of a type first met. */
interface Filled {
  readonly values: ReadonlyMap<SlotType, string>;
  /** Neighbouring name slots as one name; the one with most words. */
  readonly name: string;
  /** Two letters right before the ZIP code, whether they are a slot or not. */
  readonly state: string;
}

const NO_SLOTS: Filled = { values: new Map(), name: '', state: '' };
const NONE: ReadonlyMap<string, Filled> = new Map();

function filledIn(texts: readonly string[], typer: Typer): ReadonlyMap<string, Filled> {
  const filled = new Map<string, Filled>();
  for (const { members, template } of induceVariants(texts, typer)) {
    for (const [at, member] of members.entries()) {
      const text = texts[member];
      if (text !== undefined) filled.set(text, slotsOf(text, template, at));
    }
  }
  return filled;
}

/** Between two halves of a name: a blank, or the comma of `WEXLOW, ADA`. */
const WITHIN_NAME = /^[ \t\u00a0]{0,2},?[ \t\u00a0]{0,2}$/;
const BEFORE_ZIP = /\b([A-Z]{2})[\s,.]{0,3}$/;

function slotsOf(text: string, { slots, values }: Template, at: number): Filled {
  const found = new Map<SlotType, string>();
  let name = '';
  let open: { readonly from: number; readonly end: number } | null = null;
  let state = '';
  const said = [...(values[at] ?? [])].sort((a, b) => a.start - b.start);
  for (const { slot, start, end } of said) {
    const type = slots[slot - 1]?.type;
    if (type === undefined) continue;
    if (type === 'postal-code' && state === '') {
      state = BEFORE_ZIP.exec(text.slice(Math.max(0, start - 6), start))?.[1] ?? '';
    }
    if (type !== 'person-name') {
      open = null;
      if (!found.has(type)) found.set(type, plain(text.slice(start, end)));
      continue;
    }
    const from: number =
      open !== null && WITHIN_NAME.test(text.slice(open.end, start)) ? open.from : start;
    open = { from, end };
    const whole = plain(text.slice(from, end)).replace(GREETING, '');
    if (words(whole) > words(name)) name = whole;
  }
  return { values: found, name, state };
}

/** A greeting that stands before every name in some of the wordings becomes part of the slot. */
const GREETING = /^(?:hi|hello|hey|dear|greetings|attention|attn|to)[\s,:]+/i;

const plain = (value: string): string => value.replace(/\s+/g, ' ').trim();
const words = (text: string): number => (text === '' ? 0 : text.split(' ').length);

/**
 * Slots are what the sender filled in; the To line adds the address, and a name where none is
 * filled in.
 */
function recipientOf(
  { to }: MailMessage,
  { values, name, state }: Filled,
): ExposureReport['recipient'] {
  const only = to.length === 1 ? to[0] : undefined;
  const shown = only === undefined || only.name.includes('@') ? '' : plain(only.name);
  const value = (type: SlotType): string => values.get(type) ?? '';
  return recipientShown({
    name: words(name) > 1 || words(shown) < 2 ? name : shown,
    street: value('street-address'),
    city: value('city'),
    state: state === '' ? value('state') : state,
    zip: value('postal-code'),
    email: only?.address ?? value('email'),
    party: value('party'),
  });
}
