import type { Kernels } from '../../core/base/index.ts';
import type { Exhibit } from '../../core/evidence/index.ts';
import type { MailMessage } from '../../core/mail/index.ts';
import type { ExhibitVault, Intake, MailToCheck, RawMessage } from '../ports/index.ts';
import { readMail } from '../reading/index.ts';
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
}

/** Reads messages again from the exhibits' bytes; in the order wanted, null where one is not there. */
export async function rereadMessages(
  reader: Rereader,
  wanted: readonly Wanted[],
): Promise<readonly (MailMessage | null)[]> {
  const found = new Map<Wanted, MailMessage>();
  for await (const { mail, ones } of mailsAgain(reader, wanted)) {
    const { messages } = await readMail(mail, reader.kernels);
    const byPath = new Map(messages.map((message) => [message.path, message]));
    for (const one of ones) {
      const message = byPath.get(one.path);
      if (message !== undefined) found.set(one, message);
    }
  }
  return wanted.map((one) => found.get(one) ?? null);
}

/** Messages with the exact bytes that they were read from; those that are not there are left out. */
export async function* rereadExactly<One extends Wanted>(
  reader: Rereader,
  wanted: readonly One[],
): AsyncGenerator<{ readonly one: One; readonly mail: MailToCheck }> {
  for await (const { mail, ones } of mailsAgain(reader, wanted)) {
    const own = new Map<string, Uint8Array>();
    const { messages } = await readMail(mail, reader.kernels, (content) =>
      own.set(content.path, content.bytes),
    );
    for (const one of ones) {
      const message = messages.find(({ path }) => path === one.path);
      const bytes = own.get(one.path);
      if (message !== undefined && bytes !== undefined) yield { one, mail: { message, bytes } };
    }
  }
}

interface MailAgain<One> {
  readonly mail: Pick<RawMessage, 'path' | 'bytes' | 'open'>;
  /** What is wanted of it. */
  readonly ones: readonly One[];
}

/** Those that lie in their exhibits as they are, in the order wanted; then the rest, by exhibit. */
async function* mailsAgain<One extends Wanted>(
  reader: Rereader,
  wanted: readonly One[],
): AsyncGenerator<MailAgain<One>> {
  const scans = new Map<Exhibit, One[]>();
  for (const one of wanted) {
    if (liesInExhibit(one.mail)) {
      const { path, offset, length } = one.mail;
      const bytes = await reader.vault.read(one.exhibit.digest, { offset, length });
      yield { mail: { path, bytes, open: reader.intake.opener() }, ones: [one] };
    } else scans.set(one.exhibit, [...(scans.get(one.exhibit) ?? []), one]);
  }
  for (const [exhibit, ones] of scans) yield* mailsIn(reader, exhibit, ones);
}

const liesInExhibit = ({ base, transforms }: MailPlace): boolean =>
  base === 'exhibit' && transforms.length === 0;

/** Walks an exhibit front to back for mails that do not lie in it as they are (zip, unquoted mbox). */
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
