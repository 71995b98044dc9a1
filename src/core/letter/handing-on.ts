import type { MailMessage } from '../mail/index.ts';
import { type Delivery, deliveryOf } from './delivery.ts';
import { isHonest } from './letter.ts';
import type { OfficeAddresses } from './office.ts';

/** A mail that carries others, as far as it tells whether it is itself what was reported. */
export interface HandingOn {
  /** Nothing but its own words says that it hands them on. */
  readonly either: boolean;
  /** Its From line is shown to lie: wherever it came, that is no reporter's mail for sure. */
  readonly lies: boolean;
  /**
   * Lower-case addresses that it went to: of the mailboxes it was put into, else of its To line.
   */
  readonly reached: readonly string[];
  /** Only its To line says so, which its sender wrote. */
  readonly claimed: boolean;
  /**
   * It brings files, or ways to reach somebody, or it is an answer: wherever it came, what it hands
   * on may be made up, and whom that shows is counted with the doubt.
   */
  readonly brings?: true;
}

/** Where a mail came, by the server that took it in, else by its To line (lower case). */
export function reachedBy(
  { deliveredTo, receivedFor }: Pick<Delivery, 'deliveredTo' | 'receivedFor'>,
  to: readonly string[],
): Pick<HandingOn, 'reached' | 'claimed'> {
  if (deliveredTo.length > 0) return { reached: deliveredTo, claimed: false };
  // Blind copies name somebody else there than the To line does; so do aliases.
  const other = receivedFor === null || to.includes(receivedFor) ? [] : [receivedFor];
  return { reached: [...to, ...other], claimed: true };
}

/**
 * What is asked of a mail that carries others: whether it is in doubt by its words, or by what it
 * brings.
 */
export interface Doubted extends Pick<MailMessage, 'role'> {
  readonly either?: boolean;
  readonly brings?: MailMessage['brings'] | null;
}

/** Whether a mail is an original of its own, beside what it would hand on. */
export const isBoth = ({ role, either = false, brings = null }: Doubted): boolean =>
  role === 'original' && (either || brings !== null);

/** Whether a mail hands others on, or is an original that would. */
export const isHandingOn = (mail: Doubted): boolean => mail.role === 'carrier' || isBoth(mail);

/**
 * A mail that can be read either way and whose From line is shown to lie is an original too: its
 * route, its verdict and its words count, beside what it would hand on. `messages`: the mail first.
 * `verdict`: on the sender that the mail shows; asked for only where it decides.
 */
export function withLiars<Message extends Pick<MailMessage, 'role' | 'either' | 'brings'>>(
  messages: readonly Message[],
  verdict: (top: Message) => string,
): readonly Message[] {
  const [top, ...inside] = messages;
  if (top?.role !== 'carrier' || !isDoubted(top) || isHonest(verdict(top))) return messages;
  return [{ ...top, role: 'original' }, ...inside];
}

const isDoubted = ({ either = false, brings = null }: Omit<Doubted, 'role'>): boolean =>
  either || brings !== null;

/** `verdict`: on the sender that the mail shows (docs/methods/sender-verdict.md). */
export function handingOn(
  message: Pick<MailMessage, 'role' | 'either' | 'quotes' | 'brings' | 'to' | 'headers'>,
  verdict: string,
): HandingOn {
  const to = message.to.map(({ address }) => address.toLowerCase());
  return {
    either: message.either === true,
    lies: !isHonest(verdict),
    // Whoever attacks an office writes to it: an original of its own is not cleared by that.
    ...(isBait(message) ? NOWHERE : reachedBy(deliveryOf(message), to)),
    ...(message.brings === undefined && message.quotes !== true ? null : BRINGS),
  };
}

/**
 * Whether a mail brings what only its writer can have put there: an original of its own for that,
 * and nobody that its messages show counts as their sender.
 */
export const isBait = (mail: Doubted): boolean => isBoth(mail) && mail.either === true;

const BRINGS = { brings: true } as const;

const NOWHERE = { reached: [], claimed: false } as const;

/**
 * Whether a mail that carries others may itself be what was reported, so that its sender may have
 * made them up.
 *
 * Who received it decides, where the office's addresses are known: what came to the office was
 * written by the one who reports; what somebody else received was handed in. An office that was
 * only told from the mail (`named` false) may have more addresses: it can clear a doubt, not raise
 * one. A To line that names others beside the office leaves it to the mail: whose copy it is, it
 * does not say. What brings something of its own is in doubt wherever it came: who attacks an
 * office writes to it.
 */
export const mayBeReported = (
  handing: HandingOn,
  office: OfficeAddresses,
  named: boolean,
): boolean => handing.brings === true || mayBeMadeUp(handing, office, named);

/**
 * The same but for what a mail brings that a mail program can have put there, or a reporter's own
 * number: whom its messages show is not counted as their sender.
 */
export function mayBeMadeUp(
  { either, lies, reached, claimed }: HandingOn,
  office: OfficeAddresses,
  named: boolean,
): boolean {
  if (lies) return true;
  if (office.names.length > 0 && reached.some(office.holds))
    return claimed && !reached.every(office.holds) && either;
  return either || (named && office.names.length > 0);
}

/**
 * Which messages of one mail may be one thing or the other: the mail itself, and what it would hand
 * on. `messages`: the mail first, then what it carries.
 */
export function eitherAmong(
  messages: readonly Pick<
    MailMessage,
    'path' | 'role' | 'either' | 'quotes' | 'brings' | 'to' | 'headers'
  >[],
  verdict: string,
  office: OfficeAddresses,
): ReadonlySet<string> {
  const [top, ...inside] = messages;
  const doubtful = new Set<string>();
  if (top === undefined) return doubtful;
  const carries = top.role === 'carrier' || isDoubted(top);
  const topIs = carries && mayBeReported(handingOn(top, verdict), office, true);
  if (topIs) doubtful.add(top.path);
  for (const { path, role, either } of inside) {
    const isInTop = path.startsWith(`${top.path}.i`);
    if (role !== 'attached' && (topIs || (either === true && !isInTop))) doubtful.add(path);
  }
  return doubtful;
}
