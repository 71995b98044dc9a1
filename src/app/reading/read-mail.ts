import type { Kernels, Limit } from '../../core/base/index.ts';
import {
  type Forward,
  inlineOnly,
  type MailMessage,
  type MailReading,
  MailWork,
  type MessageContent,
} from '../../core/mail/index.ts';
import { readReportedMail } from '../../core/outlook/index.ts';
import type { IntakeStep, RawMessage } from '../ports/index.ts';

type MailToRead = Pick<RawMessage, 'path' | 'bytes' | 'open' | 'work'>;
type OnContent = (content: MessageContent) => void;

/**
 * Reads one mail with everything that it carries: attached mails and Outlook items, and the mails
 * in attached archives (zip, gzip, mbox), each behind the message that carried it.
 *
 * A mail out of an archive keeps its exact bytes, but they do not stand in the mail that was read:
 * its `offset` is null, its forward method `archive`. Never throws; the same bytes and limits give
 * the same reading. `onContent` is called once a message with bytes of its own; `attached` says that
 * the mail came in another.
 */
export async function readMail(
  { path, bytes, open, work = new MailWork().addMail(bytes) }: MailToRead,
  kernels: Kernels,
  onContent: OnContent = () => undefined,
  attached = false,
): Promise<MailReading> {
  const archives: Archive[] = [];
  const reading = readReportedMail(bytes, kernels, {
    path,
    attached,
    work,
    onContent: (content) => {
      for (const { part, bytes: file } of content.leaves) {
        const isFile = part.fileName !== null || part.disposition === 'attachment';
        const steps = open({ path: part.path, isFile, bytes: file });
        if (steps !== null) archives.push({ holder: content.path, path: part.path, steps });
      }
      onContent(content);
    },
  });
  if (archives.length === 0) return reading;
  const read = new Set(reading.messages.map((message) => message.path));
  const carried = new Map<string, MailMessage[]>();
  const limits = [...reading.limits];
  for (const { holder, path: at, steps } of archives) {
    // A single mail in mbox form was read as the attached file that it is.
    if (read.has(at)) continue;
    const inside = await readArchive(steps, kernels, { onContent, work });
    carried.set(holder, [...(carried.get(holder) ?? []), ...inside.messages]);
    limits.push(...inside.limits);
  }
  return { messages: reading.messages.flatMap((message) => withCarried(message, carried)), limits };
}

interface Archive {
  /** Path of the message that carries it. */
  readonly holder: string;
  readonly path: string;
  readonly steps: AsyncIterable<IntakeStep>;
}

async function readArchive(
  steps: AsyncIterable<IntakeStep>,
  kernels: Kernels,
  { onContent, work }: { readonly onContent: OnContent; readonly work: MailWork },
): Promise<MailReading> {
  const messages: MailMessage[] = [];
  const limits: Limit[] = [];
  for await (const step of steps) {
    if ('limit' in step) {
      limits.push(step.limit);
      continue;
    }
    const inside = await readMail({ ...step.message, work }, kernels, onContent, true);
    limits.push(...inside.limits);
    for (const [at, message] of inside.messages.entries()) {
      const forward = at === 0 ? (message.forward ?? archiveForward(message)) : message.forward;
      messages.push({ ...message, offset: null, forward });
    }
  }
  return { messages, limits };
}

/** Places of what stands as text in a body: `0.i`, `0.i.i2`. */
const INLINE = /(?:\.i\d*)+$/;

/** As for a mail that was attached as it is: the bytes are exact, and show what they hold. */
function archiveForward({ headers, route }: MailMessage): Forward {
  const lost: string[] = [];
  if (headers.length === 0) lost.push('headers');
  if (route.length === 0) lost.push('route', 'authentication');
  return { method: 'archive', intact: lost.length === 0, lost };
}

function withCarried(
  message: MailMessage,
  carried: ReadonlyMap<string, readonly MailMessage[]>,
): readonly MailMessage[] {
  const holder = message.path.replace(INLINE, '');
  const inside = carried.get(holder);
  if (inside === undefined) return [message];
  if (holder !== message.path) return inlineOnly([message], inside);
  // What a bounce gives back to the one who sent it was not reported.
  if (message.role === 'attached') {
    return [message, ...inside.map((one) => ({ ...one, role: 'attached' as const }))];
  }
  const carries = inside.some(({ role }) => role !== 'attached');
  return [{ ...message, role: carries ? 'carrier' : message.role }, ...inside];
}
