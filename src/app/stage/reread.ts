import type { Kernels } from '../../core/base/index.ts';
import type { Exhibit } from '../../core/evidence/index.ts';
import type { MailMessage } from '../../core/mail/index.ts';
import type { ExhibitVault, Intake, RawMessage } from '../ports/index.ts';
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
  const scans = new Map<Exhibit, Wanted[]>();
  for (const one of wanted) {
    if (liesInExhibit(one.mail)) {
      const { path, offset, length } = one.mail;
      const bytes = await reader.vault.read(one.exhibit.digest, { offset, length });
      await pick(reader, { path, bytes, open: reader.intake.opener() }, [one], found);
    } else scans.set(one.exhibit, [...(scans.get(one.exhibit) ?? []), one]);
  }
  for (const [exhibit, ones] of scans) await scanFor(reader, exhibit, ones, found);
  return wanted.map((one) => found.get(one) ?? null);
}

const liesInExhibit = ({ base, transforms }: MailPlace): boolean =>
  base === 'exhibit' && transforms.length === 0;

async function pick(
  { kernels }: Rereader,
  mail: Pick<RawMessage, 'path' | 'bytes' | 'open'>,
  ones: readonly Wanted[],
  found: Map<Wanted, MailMessage>,
): Promise<void> {
  const { messages } = await readMail(mail, kernels);
  const byPath = new Map(messages.map((message) => [message.path, message]));
  for (const one of ones) {
    const message = byPath.get(one.path);
    if (message !== undefined) found.set(one, message);
  }
}

/** Walks an exhibit front to back for mails that do not lie in it as they are (zip, unquoted mbox). */
async function scanFor(
  reader: Rereader,
  exhibit: Exhibit,
  ones: readonly Wanted[],
  found: Map<Wanted, MailMessage>,
): Promise<void> {
  const byMail = Map.groupBy(ones, (one) => one.mail.path);
  for await (const item of reader.intake.messages(exhibit)) {
    if (!('message' in item)) continue;
    const here = byMail.get(item.message.path);
    if (here === undefined) continue;
    await pick(reader, item.message, here, found);
    byMail.delete(item.message.path);
    if (byMail.size === 0) return;
  }
}
