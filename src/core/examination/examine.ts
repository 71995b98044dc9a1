import type { Limit } from '../base/index.ts';
import type { Exhibit } from '../evidence/index.ts';
import type { MessageJudgement } from '../forensics/index.ts';
import type { MailMessage } from '../mail/index.ts';
import type { HeldForm } from '../report/index.ts';

/** One message of an examined exhibit, with its place in the exhibit rather than in its mail. */
export interface ExaminedMessage {
  readonly message: MailMessage;
  /** From the exhibit's first byte; null where the bytes were decoded or unpacked. */
  readonly offset: number | null;
  /** First byte in the exhibit of the mail that holds the message; null where it was unpacked. */
  readonly mailOffset: number | null;
  readonly judgement: MessageJudgement;
}

/** What the whole exhibit came to, once every message was seen. */
export interface Examined {
  readonly exhibit: Exhibit;
  readonly messages: number;
  /** The forms that originals were held in, in the order met. */
  readonly forms: ReadonlySet<HeldForm>;
  readonly limits: readonly Limit[];
}
