import type { Instant, Json, Kernels, Limit, Sha256 } from '../../core/base/index.ts';
import { sketchText } from '../../core/campaign/index.ts';
import type { CharsetHow } from '../../core/charset/index.ts';
import type { Exhibit, Finding } from '../../core/evidence/index.ts';
import { type JudgeNames, NO_NAMES, seenByOffice } from '../../core/forensics/index.ts';
import {
  type Delivery,
  deliveryOf,
  isHandingOn,
  isHonest,
  withLiars,
} from '../../core/letter/index.ts';
import {
  type Brought,
  type Forward,
  type Hop,
  type Mailbox,
  type MailMessage,
  type MailPart,
  type MessageRole,
  senderWords,
} from '../../core/mail/index.ts';
import { boundaryClient } from '../../core/route/index.ts';
import type { Intake, RawMessage } from '../ports/index.ts';
import { type MailReader, mailReader } from '../reading/index.ts';
import type { JudgedOriginal, OriginalJudge } from './judge.ts';
import type { SketchedOriginal } from './sketch.ts';

/**
 * Reads every message of an exhibit: who it shows, when, by what route, what it carries.
 *
 * Its version rises with those of SKETCH and JUDGE, which the same reading writes: an exhibit that
 * is examined has all three.
 */
export const EXAMINE = { stage: 'examine', methodVersion: 44 } as const;

/**
 * Messages per finding: enough that storing is cheap, few enough that a crash costs little work.
 */
export const BATCH_MESSAGES_MAX = 1_000;

/** Raw bytes per finding, for mailboxes of large messages. */
export const BATCH_BYTES_MAX = 64 * 1024 * 1024;

/**
 * What an `examine` finding keeps of one message: everything but the texts, which the exhibit
 * holds.
 */
export interface ExaminedMessage {
  readonly path: string;
  /** `exhibit`, or the path of the decoded container that `offset` counts in. */
  readonly base: string;
  readonly offset: number | null;
  readonly length: number;
  readonly sha256: Sha256;
  readonly role: MessageRole;
  readonly from: Mailbox | null;
  readonly replyTo: readonly Mailbox[];
  readonly to: readonly Mailbox[];
  readonly subject: string | null;
  readonly date: Instant | null;
  readonly messageId: string | null;
  readonly parts: readonly ExaminedPart[];
  readonly route: readonly Omit<Hop, 'offset' | 'length'>[];
  /** Client address at the trust boundary and when its receiver wrote it down. */
  readonly boundary: { readonly ip: string; readonly at: Instant | null } | null;
  readonly forward: Forward | null;
  /** Null for a message that another mail carries: nobody delivered it as such. */
  readonly delivery: Delivery | null;
  /** It may be the reporter's own or what was reported; or made up by the sender of such a mail. */
  readonly either: boolean;
  /** That is for an answer to somebody else than it quotes: where it came does not tell. */
  readonly quotes: boolean;
  /** What a mail that would hand others on brings of its own; null for nothing. */
  readonly brings: Brought | null;
  /** A mail that would hand others on, and whose From line is shown to lie. */
  readonly lies: boolean;
  readonly defects: readonly string[];
}

interface ExaminedPart {
  readonly path: string;
  readonly contentType: string;
  readonly charset: string | null;
  /** How it was chosen (docs/methods/charset-guess.md), and what the part says of itself. */
  readonly charsetHow: CharsetHow | null;
  readonly charsetDeclared: string | null;
  readonly fileName: string | null;
  readonly disposition: string | null;
  readonly bytes: number;
  readonly sha256: Sha256;
}

/** Where a top-level mail stands, for reading it again without searching. */
export interface MailPlace {
  readonly path: string;
  readonly base: string;
  readonly offset: number;
  readonly length: number;
  /** How `length` bytes come out of the base where they do not lie there as they are. */
  readonly transforms: readonly string[];
}

/** Up to `BATCH_MESSAGES_MAX` mails of one exhibit, in their order. */
export interface ExaminedBatch {
  readonly exhibit: Sha256;
  readonly batch: number;
  /** True on the exhibit's last batch: with it, the exhibit is examined whole. */
  readonly last: boolean;
  readonly mails: readonly MailPlace[];
  readonly messages: readonly ExaminedMessage[];
  readonly originals: readonly SketchedOriginal[];
  readonly judged: readonly JudgedOriginal[];
  readonly limits: readonly Limit[];
}

interface Reader {
  readonly intake: Pick<Intake, 'messages'>;
  readonly kernels: Kernels;
  /** Made once for all exhibits: its lists cost more to prepare than a mail to judge. */
  readonly judge: OriginalJudge;
  /** Names that the office gave; its hosts move the trust boundary. */
  readonly names?: JudgeNames;
}

type Growing = {
  -readonly [K in
    | 'mails'
    | 'messages'
    | 'originals'
    | 'judged'
    | 'limits']: ExaminedBatch[K][number][];
};

const emptyBatch = (): Growing => ({
  mails: [],
  messages: [],
  originals: [],
  judged: [],
  limits: [],
});

/**
 * Reads an exhibit once, front to back, in bounded memory. The same exhibit gives the same batches.
 */
export async function* examineExhibit(
  { intake, kernels, judge, names = NO_NAMES }: Reader,
  exhibit: Exhibit,
): AsyncGenerator<ExaminedBatch> {
  const readMail = mailReader(kernels);
  let batch = 0;
  let bytes = 0;
  let growing = emptyBatch();
  const close = (last: boolean): ExaminedBatch => ({
    exhibit: exhibit.digest,
    batch: batch++,
    last,
    ...growing,
  });
  for await (const item of intake.messages(exhibit)) {
    if ('limit' in item) {
      growing.limits.push(item.limit);
      continue;
    }
    if (growing.mails.length >= BATCH_MESSAGES_MAX || bytes >= BATCH_BYTES_MAX) {
      yield close(false);
      growing = emptyBatch();
      bytes = 0;
    }
    bytes += item.message.bytes.length;
    await examineMail(item.message, { readMail, judge, names }, growing);
  }
  yield close(true);
}

interface Methods {
  readonly readMail: MailReader;
  readonly judge: OriginalJudge;
  readonly names: JudgeNames;
}

async function examineMail(
  raw: RawMessage,
  { readMail, judge, names }: Methods,
  into: Growing,
): Promise<void> {
  const { path, base, offset, bytes, transforms } = raw;
  into.mails.push({ path, base, offset, length: bytes.length, transforms });
  const reading = await readMail(raw);
  const messages = withLiars(seenByOffice(reading.messages, names), judge.kind);
  into.limits.push(...reading.limits);
  for (const message of messages) {
    into.messages.push({ ...examinedMessage(message, raw), lies: isLying(message, judge) });
    if (message.role === 'original') {
      into.originals.push({ path: message.path, sketch: sketchText(senderWords(message)) });
    }
  }
  into.judged.push(...judge.originals(messages));
}

/** A carrier whose From line is shown to lie is no reporter's mail for sure. */
const isLying = (message: MailMessage, judge: OriginalJudge): boolean =>
  isHandingOn(message) && !isHonest(judge.kind(message));

function examinedMessage(
  message: MailMessage,
  { path, base, offset }: RawMessage,
): Omit<ExaminedMessage, 'lies'> {
  const client = boundaryClient(message.route);
  return {
    path: message.path,
    base,
    offset: message.offset === null ? null : offset + message.offset,
    length: message.length,
    sha256: message.sha256,
    role: message.role,
    from: message.from,
    replyTo: message.replyTo,
    to: message.to,
    subject: message.subject,
    date: message.date,
    messageId: message.messageId,
    parts: message.parts.map(examinedPart),
    route: message.route.map(({ offset: _offset, length: _length, ...hop }) => hop),
    boundary: client === null ? null : { ip: client.ip, at: client.hop.date },
    forward: message.forward,
    delivery: message.path === path ? deliveryOf(message) : null,
    either: message.either === true,
    quotes: message.quotes === true,
    brings: message.brings ?? null,
    defects: [...new Set(message.defects.map((defect) => defect.code))],
  };
}

const examinedPart = ({
  encoding: _encoding,
  offset: _offset,
  length: _length,
  ...part
}: MailPart): ExaminedPart => part;

/** What an `examine` finding stores. */
export interface ExamineOutput {
  readonly last: boolean;
  readonly mails: readonly MailPlace[];
  readonly messages: readonly ExaminedMessage[];
  readonly limits: readonly Limit[];
}

export const examineOutput = ({
  last,
  mails,
  messages,
  limits,
}: ExaminedBatch): ExamineOutput & Json =>
  ({ last, mails, messages, limits }) as unknown as ExamineOutput & Json;

/**
 * Whether the exhibit's examination is whole with this finding: told from the head of its canonical
 * text, in which `last` is the first member, for the rest can be megabytes.
 */
export const isLastBatch = ({ outputText }: Pick<Finding, 'outputText'>): boolean =>
  outputText.startsWith('{"last":true');
