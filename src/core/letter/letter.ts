import type { MailMessage } from '../mail/index.ts';
import { type Delivery, deliveryOf } from './delivery.ts';
import type { OfficeAddresses } from './office.ts';

/** What tells a letter to the office from a message that somebody hands in. */
export interface HandedIn extends Delivery {
  /** Lower case; empty where the From line shows none. */
  readonly from: string;
  /** Lower-case addresses of the To line. */
  readonly to: readonly string[];
  /** Verdict on the shown sender (docs/methods/sender-verdict.md). */
  readonly verdict: string;
}

/** Verdicts that do not say that the From line lies. */
const HONEST: ReadonlySet<string> = new Set(['undetermined', 'genuine', 'freemail']);

/** Whether this verdict on a sender leaves the From line as it is. */
export const isHonest = (verdict: string): boolean => HONEST.has(verdict);

/**
 * True for a mail without a forward that a person wrote to the office itself: a report without the
 * original. Where anything speaks against it, it stays what it was, a reported original.
 */
export function isLetter(mail: HandedIn, office: OfficeAddresses): boolean {
  const { from, personal, verdict } = mail;
  if (!personal || from === '' || !isHonest(verdict)) return false;
  return isWrittenTo(mail, office) && !office.holds(from);
}

/** The same for one mail that came by itself, with the verdict on its sender. */
export const isLetterMail = (
  message: Pick<MailMessage, 'role' | 'from' | 'to' | 'headers'>,
  verdict: string,
  office: OfficeAddresses,
): boolean =>
  message.role === 'original' &&
  office.names.length > 0 &&
  isLetter(
    {
      ...deliveryOf(message),
      from: message.from?.address.toLowerCase() ?? '',
      to: message.to.map(({ address }) => address.toLowerCase()),
      verdict,
    },
    office,
  );

/**
 * The To line names the office, and the mail reached it: by the server that put it there, else
 * because the To line names nobody else. A line that only its sender wrote does not say where the
 * copy at hand lay.
 */
function isWrittenTo(
  { to, deliveredTo }: Pick<HandedIn, 'to' | 'deliveredTo'>,
  office: OfficeAddresses,
): boolean {
  if (!to.some(office.holds)) return false;
  return deliveredTo.length > 0 ? deliveredTo.some(office.holds) : to.every(office.holds);
}

/**
 * Numbers of the letters among mails that are counted from 0.
 *
 * Who is shown as the sender of a message that is no letter writes none: whoever threatens voters
 * and writes to the office too is no reporter.
 */
export function lettersAmong(
  count: number,
  at: (number: number) => HandedIn,
  office: OfficeAddresses,
): ReadonlySet<number> {
  if (office.names.length === 0) return NONE;
  const likely = new Map<number, string>();
  const reported = new Set<string>();
  for (let number = 0; number < count; number++) {
    const mail = at(number);
    if (isLetter(mail, office)) likely.set(number, mail.from);
    else reported.add(mail.from);
  }
  return new Set([...likely].flatMap(([number, from]) => (reported.has(from) ? [] : number)));
}

const NONE: ReadonlySet<number> = new Set();
