import type { Kernels, Limit } from '../base/index.ts';
import {
  type MailMessage,
  type MailPart,
  type MailReading,
  type MessageContent,
  readMessage,
} from '../mail/index.ts';
import { isCompoundFile } from './compound-file.ts';
import { itemMessages } from './item-message.ts';
import type { MapiItem } from './mapi-item.ts';
import { isMsg, readMsg } from './msg.ts';
import { isTnef, readTnef } from './tnef.ts';

export interface ReadOptions {
  /** The outer message's place, `0` unless told. */
  readonly path?: string;
  readonly onContent?: (content: MessageContent) => void;
}

/**
 * Reads one reported mail in whatever form it came: RFC 5322 bytes or an Outlook item (.msg),
 * with winmail.dat and attached .msg files opened.
 *
 * What Outlook's forms hold is inserted behind the message that carried it, its files become parts
 * of that message. Never throws; the same bytes give the same reading.
 */
export function readReportedMail(
  bytes: Uint8Array,
  kernels: Kernels,
  options: ReadOptions = {},
): MailReading {
  const path = options.path ?? '0';
  const tell = options.onContent ?? (() => undefined);
  if (isCompoundFile(bytes)) {
    if (!isMsg(bytes, kernels)) return { messages: [], limits: [{ ...NOT_MAIL, at: path }] };
    const place = { path, bytes, sha256: kernels.sha256(bytes) };
    const { messages, contents, limits } = itemMessages(readMsg(bytes, kernels), place, kernels);
    for (const content of contents) tell(content);
    return { messages, limits };
  }
  const opened = new Map<string, Opened>();
  const reading = readMessage(bytes, kernels, {
    path,
    onContent: (content) => {
      const found = openContent(content, kernels);
      if (found !== null) opened.set(content.path, found);
      tell(found === null ? content : withBodies(content, found));
    },
  });
  if (opened.size === 0) return reading;
  for (const { contents } of opened.values()) for (const content of contents) tell(content);
  return withOpened(reading, opened);
}

const NOT_MAIL = {
  code: 'not-mail',
  text: 'This is an older Office file, not an Outlook item: nothing is read from it.',
} as const;

/** What was found in the Outlook leaves of one message. */
interface Opened {
  readonly parts: readonly MailPart[];
  readonly messages: readonly MailMessage[];
  readonly contents: readonly MessageContent[];
  readonly limits: readonly Limit[];
  /** Of a winmail.dat: the message's own bodies in Outlook's form. */
  readonly own: MailMessage | null;
  readonly ownContent: MessageContent | null;
}

function openContent({ leaves }: MessageContent, kernels: Kernels): Opened | null {
  const items = leaves.flatMap(({ part, bytes }) => {
    const item = itemIn(bytes, kernels);
    if (item === null) return [];
    const place = { path: part.path, bytes, sha256: part.sha256 };
    // A .msg is a message of its own; winmail.dat is another form of the one that carries it.
    return [{ isOwn: item.form === 'tnef', ...itemMessages(item, place, kernels) }];
  });
  if (items.length === 0) return null;
  const own = items.find(({ isOwn }) => isOwn);
  const skip = (isOwn: boolean): number => (isOwn ? 1 : 0);
  return {
    parts: items.flatMap(({ isOwn, messages }) => (isOwn ? (messages[0]?.parts ?? []) : [])),
    messages: items.flatMap(({ isOwn, messages }) => messages.slice(skip(isOwn))),
    contents: items.flatMap(({ isOwn, contents }) => contents.slice(skip(isOwn))),
    limits: items.flatMap(({ limits }) => limits),
    own: own?.messages[0] ?? null,
    ownContent: own?.contents[0] ?? null,
  };
}

function itemIn(bytes: Uint8Array, kernels: Kernels): MapiItem | null {
  if (isTnef(bytes)) return readTnef(bytes, kernels);
  return isCompoundFile(bytes) && isMsg(bytes, kernels) ? readMsg(bytes, kernels) : null;
}

/** Outlook's bodies count where the mail itself shows none: that is what winmail.dat is for. */
const withBodies = (content: MessageContent, { ownContent }: Opened): MessageContent => ({
  ...content,
  bodies: hasWords(content) ? content.bodies : [...content.bodies, ...(ownContent?.bodies ?? [])],
  leaves: [...content.leaves, ...(ownContent?.leaves ?? [])],
});

const hasWords = ({ bodies }: MessageContent): boolean =>
  bodies.some(({ text }) => text.trim() !== '');

function withOpened(reading: MailReading, opened: ReadonlyMap<string, Opened>): MailReading {
  const messages: MailMessage[] = [];
  const limits = [...reading.limits];
  for (const message of reading.messages) {
    const found =
      message.forward !== null && /\.i\d*$/.test(message.path)
        ? undefined
        : opened.get(message.path);
    if (found === undefined) {
      messages.push(message);
      continue;
    }
    limits.push(...found.limits);
    const isSilent = message.text.trim() === '' && found.own !== null;
    const carries = found.messages.some(({ role }) => role !== 'attached');
    messages.push(
      {
        ...message,
        role: carries && message.role === 'original' ? 'carrier' : message.role,
        parts: [...message.parts, ...found.parts],
        text: isSilent ? (found.own?.text ?? '') : message.text,
        textFrom: isSilent ? (found.own?.textFrom ?? 'none') : message.textFrom,
        defects: [...message.defects, ...(found.own?.defects ?? [])],
      },
      ...found.messages,
    );
  }
  return { messages, limits };
}
