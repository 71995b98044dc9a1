import type { Kernels, Limit } from '../../core/base/index.ts';
import { type CoercionReader, coercionReader } from '../../core/coercion/index.ts';
import {
  cameAsText,
  type Forward,
  inlineOnly,
  type MailMessage,
  type MailReading,
  MailWork,
  type MessageContent,
  withOpenedMarked,
} from '../../core/mail/index.ts';
import { readReportedMail } from '../../core/outlook/index.ts';
import { looksSaved, savedSource } from '../../core/saved/index.ts';
import type { CarriedFile, IntakeStep, RawMessage } from '../ports/index.ts';
import { carriesInDoubt } from './carried-doubt.ts';
import { type LoadRules, ownLoad } from './own-load.ts';
import { asCopy, changedCopy, unsaved } from './saved-copy.ts';

type MailToRead = Pick<RawMessage, 'path' | 'bytes' | 'open' | 'work'>;
type OnContent = (content: MessageContent) => void;

/** Reads one mail; `onContent` is called once a message with bytes of its own. */
export type MailReader = (mail: MailToRead, onContent?: OnContent) => Promise<MailReading>;

/**
 * Prepares the reading of mails, one by one, with everything that each carries: attached mails and
 * Outlook items, and the mails in attached archives (zip, gzip, mbox), each behind the message that
 * carried it.
 *
 * A mail out of an archive keeps its exact bytes, but they do not stand in the mail that was read:
 * its `offset` is null, its forward method `archive`. Never throws; the same bytes and limits give
 * the same reading.
 */
export function mailReader(kernels: Kernels): MailReader {
  // Hardly any mail comes so far: the rules are made ready when one does.
  let rules: CoercionReader | null = null;
  const pressure: CoercionReader = (words) => {
    rules ??= coercionReader({ groups: [], candidatesAndParties: [] });
    return rules(words);
  };
  return async (mail, onContent = () => undefined) => {
    const { reading, own } = await readWhole(mail, kernels, onContent, false);
    return doubted(reading, own, { pressure, kernels });
  };
}

/** What came of one mail, and its own content; `attached`: it came in another. */
async function readWhole(
  { path, bytes, open, work = new MailWork().addMail(bytes) }: MailToRead,
  kernels: Kernels,
  onContent: OnContent,
  attached: boolean,
): Promise<{ readonly reading: MailReading; readonly own: MessageContent | null }> {
  const archives: Archive[] = [];
  const copies = new Map<string, string>();
  let own: MessageContent | null = null;
  const source = unsaved(bytes, path, kernels);
  if (source.noSource !== null)
    return { reading: { messages: [], limits: [source.noSource] }, own };
  const readOut = readReportedMail(source.bytes, kernels, {
    path,
    attached,
    work,
    onContent: (content) => {
      if (content.path === path) own = content;
      const copy = changedCopy(content);
      if (copy !== null) copies.set(content.path, copy);
      const opened = new Set<string>();
      for (const { part, bytes: file } of content.leaves) {
        const isFile = part.fileName !== null || part.disposition === 'attachment';
        const carried = { path: part.path, isFile, bytes: file };
        const archive = open(carried);
        const steps = archive ?? openSaved(carried, open, kernels);
        if (archive !== null) opened.add(part.path);
        if (steps !== null) archives.push({ holder: content.path, path: part.path, steps });
      }
      if (opened.size === 0) onContent(content);
      else onContent({ ...content, leaves: withOpenedMarked(content.leaves, opened) });
    },
  });
  const reading = marked(source.finish(readOut), copies);
  if (archives.length === 0) return { reading, own };
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
  const messages = reading.messages.flatMap((message) => withCarried(message, carried));
  return { reading: { messages, limits }, own };
}

/**
 * What a carrier in doubt hands on is told from the mail itself: it stays as it was found. One that
 * brings a link, a threat or a file that runs is an original beside it; one that brings other
 * files, or ways to reach somebody, stays a carrier and says so.
 */
function doubted(
  reading: MailReading,
  content: MessageContent | null,
  rules: LoadRules,
): MailReading {
  const { messages } = reading;
  const [top, ...inside] = messages;
  if (top?.role !== 'carrier') return reading;
  const brings = ownLoad(messages, content, rules);
  const isUnclear = brings?.bait === true || carriesInDoubt(messages, content, rules.pressure);
  if (brings === null && !isUnclear) return reading;
  const own: MailMessage = {
    ...top,
    role: brings?.bait === true || brings?.runs === true ? 'original' : 'carrier',
    ...(isUnclear ? { either: true } : null),
    ...(brings === null ? null : { brings }),
  };
  const files = brings?.files.length ?? 0;
  return { ...reading, messages: [own, ...(files === 0 ? inside : inside.map(withFilesBeside))] };
}

/**
 * Files that came along can be those of a message in the text: it is not said to have lost them.
 */
function withFilesBeside(message: MailMessage): MailMessage {
  const { forward, role } = message;
  if (forward === null || role === 'attached' || !cameAsText(forward)) return message;
  const lost = forward.lost.filter((what) => what !== 'attachments');
  return { ...message, forward: { ...forward, lost } };
}

function marked(reading: MailReading, copies: ReadonlyMap<string, string>): MailReading {
  if (copies.size === 0) return reading;
  const messages = reading.messages.map((message) => {
    const copy = INLINE.test(message.path) ? undefined : copies.get(message.path);
    return copy === undefined ? message : asCopy(message, copy);
  });
  return { ...reading, messages };
}

/**
 * The source of a mail that was saved in another form and attached: one message behind its bearer,
 * as from an archive. A saved page of a mail program that shows none is named; other files are
 * files.
 */
function openSaved(
  { path, isFile, bytes }: CarriedFile,
  open: RawMessage['open'],
  kernels: Kernels,
): AsyncIterable<IntakeStep> | null {
  if (!isFile) return null;
  const place = { path: `${path}.0`, base: path, offset: 0, transforms: [], bytes, open };
  if (savedSource(bytes, kernels) !== null) return only({ message: place });
  const what = looksSaved(bytes, kernels);
  if (what === null) return null;
  const text = `The attached file looks like ${what}, but no source of a mail could be read out of it: ask for the original.`;
  return only({ limit: { code: 'saved-unread', at: path, text } });
}

async function* only(step: IntakeStep): AsyncGenerator<IntakeStep> {
  yield step;
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
    const { reading: inside } = await readWhole(
      { ...step.message, work },
      kernels,
      onContent,
      true,
    );
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
