import type { Limit } from '../base/index.ts';
import type { Exhibit } from '../evidence/index.ts';
import type { MessageJudgement } from '../forensics/index.ts';
import type { HeldForm } from '../held-form/index.ts';
import type { MailMessage, MessageRole } from '../mail/index.ts';
import type { Locate } from '../observables/index.ts';
import type { Asking } from './asking.ts';

/** One message of an examined exhibit, with its place in the exhibit rather than in its mail. */
export interface ExaminedMessage {
  readonly message: MailMessage;
  /** From the exhibit's first byte; null where the bytes were decoded or unpacked. */
  readonly offset: number | null;
  /** Which bytes of the exhibit a place of an observable is, or why it has none. */
  readonly bytesOf: Locate;
  readonly judgement: MessageJudgement;
  /** Written to the office itself, which is known only where a person named it. */
  readonly isLetter: boolean;
  /** A carrier that may itself be what was reported, or what such a mail would hand on. */
  readonly isEither: boolean;
}

/** What a message is to whoever reads it; `letter`: a report without the original. */
export const shownRole = ({ message, isLetter }: ExaminedMessage): MessageRole | 'letter' =>
  isLetter ? 'letter' : message.role;

/** What the whole exhibit came to, once every message was seen. */
export interface Examined {
  readonly exhibit: Exhibit;
  readonly messages: number;
  /** The forms that originals were held in, in the order met. */
  readonly forms: ReadonlySet<HeldForm>;
  /** Who is to be asked for originals: of letters, and of copies that lost something. */
  readonly asking: Asking;
  /** The steps for every mail program are wanted, not of those of who is asked alone. */
  readonly allSteps: boolean;
  readonly limits: readonly Limit[];
}

/** Of the messages in doubt, whether it is the one that would hand others on. */
export const isHolder = ({ message, isEither }: ExaminedMessage): boolean =>
  isEither &&
  !isInline(message) &&
  (message.role === 'carrier' || message.either === true || message.brings !== undefined);

/** Whether it stands as text in another message: its path ends in `.i`, `.i2`. */
const isInline = ({ path }: Pick<MailMessage, 'path'>): boolean => /\.i\d*$/.test(path);
