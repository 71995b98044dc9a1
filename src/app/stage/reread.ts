import type { Kernels } from '../../core/base/index.ts';
import type { Exhibit } from '../../core/evidence/index.ts';
import { type JudgeNames, NO_NAMES, seenByOffice } from '../../core/forensics/index.ts';
import type { MailMessage, MessageContent } from '../../core/mail/index.ts';
import type { ExhibitVault, Intake, MailToCheck, RawMessage } from '../ports/index.ts';
import { mailReader } from '../reading/index.ts';
import type { MailPlace } from './examine.ts';

/** One message wanted again, for what its finding does not keep: its text. */
export interface Wanted {
  readonly exhibit: Exhibit;
  readonly mail: MailPlace;
  readonly path: string;
}

export interface Rereader {
  readonly vault: Pick<ExhibitVault, 'read'>;
  readonly intake: Pick<Intake, 'messages' | 'opener'>;
  readonly kernels: Kernels;
  /** Names that the office gave; its hosts move the trust boundary. */
  readonly names?: JudgeNames;
}

/**
 * Messages read again at once: twice the sample of a cluster, so that texts in memory stay few,
 * while five hundred pairs out of one mail cost two readings of it.
 */
export const REREAD_TOGETHER_MAX = 600;

/**
 * A group whose messages were wanted, and those in the order wanted; null where one is not there.
 */
interface Reread<Group> {
  readonly group: Group;
  readonly messages: readonly (MailMessage | null)[];
}

/** Reads the messages of groups again from the exhibits' bytes, group by group in their order. */
export async function* rereadGroups<Group extends { readonly wanted: readonly Wanted[] }>(
  reader: Rereader,
  groups: readonly Group[],
): AsyncGenerator<Reread<Group>> {
  for (let from = 0; from < groups.length; ) {
    let to = from + 1;
    let count = groups[from]!.wanted.length;
    while (to < groups.length && count + groups[to]!.wanted.length <= REREAD_TOGETHER_MAX) {
      count += groups[to]!.wanted.length;
      to += 1;
    }
    const together = groups.slice(from, to);
    const read = await rereadMessages(
      reader,
      together.flatMap(({ wanted }) => wanted),
    );
    let at = 0;
    for (const group of together) {
      yield { group, messages: read.slice(at, at + group.wanted.length) };
      at += group.wanted.length;
    }
    from = to;
  }
}

async function rereadMessages(
  reader: Rereader,
  wanted: readonly Wanted[],
): Promise<readonly (MailMessage | null)[]> {
  const readMail = mailReader(reader.kernels);
  const found = new Map<Wanted, MailMessage>();
  for await (const { mail, ones } of mailsAgain(reader, wanted)) {
    const { messages } = await readMail(mail);
    const byPath = new Map(messages.map((message) => [message.path, message]));
    for (const one of ones) {
      const message = byPath.get(one.path);
      if (message !== undefined) found.set(one, message);
    }
  }
  return wanted.map((one) => found.get(one) ?? null);
}

/**
 * Messages with the exact bytes and bodies that they were read from; those not there are left out.
 */
export async function* rereadExactly<One extends Wanted>(
  reader: Rereader,
  wanted: readonly One[],
): AsyncGenerator<{
  readonly one: One;
  readonly mail: MailToCheck;
  readonly content: MessageContent;
}> {
  const readMail = mailReader(reader.kernels);
  for await (const { mail, ones } of mailsAgain(reader, wanted)) {
    const own = new Map<string, MessageContent>();
    const { messages } = await readMail(mail, (content) => own.set(content.path, content));
    const seen = seenByOffice(messages, reader.names ?? NO_NAMES);
    for (const one of ones) {
      const message = seen.find(({ path }) => path === one.path);
      const content = own.get(one.path);
      if (message === undefined || content === undefined) continue;
      yield { one, mail: { message, bytes: content.bytes }, content };
    }
  }
}

interface MailAgain<One> {
  readonly mail: Pick<RawMessage, 'path' | 'bytes' | 'open' | 'work'>;
  /** What is wanted of it. */
  readonly ones: readonly One[];
}

/**
 * Mails that lie in their exhibits as they are, in the order in which something of them is wanted
 * first; then the rest, by exhibit. Each is read once: a thousand originals can stand in one.
 */
async function* mailsAgain<One extends Wanted>(
  reader: Rereader,
  wanted: readonly One[],
): AsyncGenerator<MailAgain<One>> {
  const lying = wanted.filter(({ mail }) => liesInExhibit(mail));
  const byMail = Map.groupBy(lying, ({ exhibit, mail }) => `${exhibit.digest} ${mail.path}`);
  for (const ones of byMail.values()) {
    const { exhibit, mail } = ones[0]!;
    const { path, offset, length } = mail;
    const bytes = await reader.vault.read(exhibit.digest, { offset, length });
    yield { mail: { path, bytes, open: reader.intake.opener() }, ones };
  }
  const packed = wanted.filter(({ mail }) => !liesInExhibit(mail));
  for (const [exhibit, ones] of Map.groupBy(packed, (one) => one.exhibit))
    yield* mailsIn(reader, exhibit, ones);
}

const liesInExhibit = ({ base, transforms }: MailPlace): boolean =>
  base === 'exhibit' && transforms.length === 0;

/**
 * Walks an exhibit front to back for mails that do not lie in it as they are (zip, unquoted mbox).
 */
async function* mailsIn<One extends Wanted>(
  reader: Rereader,
  exhibit: Exhibit,
  ones: readonly One[],
): AsyncGenerator<MailAgain<One>> {
  const byMail = Map.groupBy(ones, (one) => one.mail.path);
  for await (const item of reader.intake.messages(exhibit)) {
    if (!('message' in item)) continue;
    const here = byMail.get(item.message.path);
    if (here === undefined) continue;
    yield { mail: item.message, ones: here };
    byMail.delete(item.message.path);
    if (byMail.size === 0) return;
  }
}
