import type { Authentication, DnsTranscript } from '../../core/forensics/index.ts';
import type { MailMessage } from '../../core/mail/index.ts';

/** A message with the exact bytes that it was read from. */
export interface MailToCheck {
  readonly bytes: Uint8Array;
  readonly message: MailMessage;
}

/** SPF, DKIM, DMARC and ARC of one mail; null where the answers at hand are about other mails. */
export type CheckMail = (mail: MailToCheck) => Promise<Authentication | null>;

/** Why name servers are asked no more: each leaves what it cuts open, and loses nothing else. */
export type AskingStopped = 'silent' | 'time-over-limit' | 'questions-over-limit';

/** Name servers being asked about one case. */
export interface Asking {
  /** Asks what the mail's checks need; each question once. Several mails may be checked at once. */
  check(mail: MailToCheck): Promise<void>;
  readonly stopped: AskingStopped | null;
  /** Questions that a name server answered, be it with "no such name". */
  readonly answered: number;
  /** Questions on which no name server could say anything. */
  readonly unanswered: number;
  /** Every answer, in order of asking. */
  transcript(): DnsTranscript;
}

/** What is asked of name servers, and checks that rest on their answers. */
export interface NameServers {
  ask(): Asking;
  /** Checks by these answers alone, offline: the same transcript gives the same results. */
  recorded(transcript: DnsTranscript): CheckMail;
}
