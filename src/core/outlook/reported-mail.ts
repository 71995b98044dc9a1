import type { Kernels, Limit } from '../base/index.ts';
import {
  LimitLog,
  type MailMessage,
  type MailPart,
  type MailReading,
  MailWork,
  type MessageContent,
  readMessage,
  withOpenedMarked,
} from '../mail/index.ts';
import { isCompoundFile, openCompoundFile } from './compound-file.ts';
import { CUT, itemMessages, withInline } from './item-message.ts';
import type { ItemPlace, ItemReading } from './item-place.ts';
import { ITEM_DEPTH_MAX, type MapiItem } from './mapi-item.ts';
import { isMsg, readMsg } from './msg.ts';
import { isInline, signedEntity } from './signed-mail.ts';
import { isTnef, readTnef } from './tnef.ts';

export interface ReadOptions {
  /** The outer message's place, `0` unless told. */
  readonly path?: string;
  readonly onContent?: (content: MessageContent) => void;
  /** It came in another mail, in an archive: with a route of its own it is what was reported. */
  readonly attached?: boolean;
  /** Where it is shared with other mails; else it is this one's. */
  readonly work?: MailWork | undefined;
  /** Outlook items that it stands in as a file, one in the other. */
  readonly depth?: number;
}

/**
 * Reads one reported mail in whatever form it came: RFC 5322 bytes or an Outlook item (.msg, a
 * winmail.dat on its own), with winmail.dat and attached .msg files opened.
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
  const attached = options.attached ?? false;
  const work = options.work ?? new MailWork().addMail(bytes);
  const open = fileOpener({ work, depth: options.depth ?? 0 }, kernels);
  const item = itemIn(bytes, kernels);
  if (item !== null) {
    const place = { path, bytes, sha256: kernels.sha256(bytes), attached, work, open };
    const { messages, contents, limits } = itemMessages(item, place, kernels);
    for (const content of contents) tell(content);
    return { messages, limits };
  }
  if (isCompoundFile(bytes)) {
    const { root } = openCompoundFile(bytes, kernels);
    const why = root.streams.size + root.storages.size === 0 ? DAMAGED : NOT_MAIL;
    return { messages: [], limits: [{ ...why, at: path }] };
  }
  const opened = new Map<string, Opened>();
  const told: MessageContent[] = [];
  const reading = readMessage(bytes, kernels, {
    path,
    attached,
    work,
    onContent: (content) => {
      const found = openContent(content, { work, open }, kernels);
      if (found !== null) opened.set(content.path, found);
      if (found === null) tell(content);
      else told.push(content);
    },
  });
  if (opened.size === 0) return reading;
  const { messages, limits, shares } = withOpened(reading, opened, { attached, kernels });
  for (const content of told) {
    const found = opened.get(content.path);
    if (found === undefined) continue;
    tell(withBodies(content, found, shares));
    for (const inside of found.contents) tell(inside);
  }
  return { messages, limits };
}

const fileOpener =
  ({ work, depth }: { readonly work: MailWork; readonly depth: number }, kernels: Kernels) =>
  (bytes: Uint8Array, path: string): ItemReading => {
    const contents: MessageContent[] = [];
    const log = new LimitLog();
    if (depth >= ITEM_DEPTH_MAX) {
      const limit = { code: 'outlook-depth', at: path, text: CUT['outlook-depth'] } as const;
      return { messages: [], contents, limits: [limit] };
    }
    if (!work.afford(bytes.length)) {
      log.note('mail-work', path);
      return { messages: [], contents, limits: log.list() };
    }
    const onContent = (content: MessageContent): void => void contents.push(content);
    const inside = { path, attached: true, work, depth: depth + 1, onContent };
    return { ...readReportedMail(bytes, kernels, inside), contents };
  };

const NOT_MAIL = {
  code: 'not-mail',
  text: 'This is an older Office file, not an Outlook item: nothing is read from it.',
} as const;

const DAMAGED = {
  code: 'outlook-truncated',
  text: 'This is an Outlook item or an older Office file that is cut short or damaged: its directory is not there, nothing could be read.',
} as const;

/** What was found in the Outlook leaves of one message. */
interface Opened {
  /** Paths of those leaves. */
  readonly leaves: ReadonlySet<string>;
  readonly parts: readonly MailPart[];
  readonly messages: readonly MailMessage[];
  readonly contents: readonly MessageContent[];
  readonly limits: readonly Limit[];
  /** Of a winmail.dat: the message's own bodies in Outlook's form. */
  readonly own: MailMessage | null;
  readonly ownContent: MessageContent | null;
}

function openContent(
  { leaves }: MessageContent,
  around: Pick<ItemPlace, 'work' | 'open'>,
  kernels: Kernels,
): Opened | null {
  const items = leaves.flatMap((leaf) => openLeaf(leaf, around, kernels) ?? []);
  if (items.length === 0) return null;
  const own = items.find(({ isOwn }) => isOwn);
  const skip = (isOwn: boolean): number => (isOwn ? 1 : 0);
  return {
    leaves: new Set(items.map(({ at }) => at)),
    parts: items.flatMap(({ isOwn, messages }) => (isOwn ? (messages[0]?.parts ?? []) : [])),
    messages: items.flatMap(({ isOwn, messages }) => messages.slice(skip(isOwn))),
    contents: items.flatMap(({ isOwn, contents }) => contents.slice(skip(isOwn))),
    limits: items.flatMap(({ limits }) => limits),
    own: own?.messages[0] ?? null,
    ownContent: own?.contents[0] ?? null,
  };
}

function openLeaf(
  { part, bytes }: MessageContent['leaves'][number],
  around: Pick<ItemPlace, 'work' | 'open'>,
  kernels: Kernels,
): (ItemReading & { readonly at: string; readonly isOwn: boolean }) | null {
  const item = itemIn(bytes, kernels);
  if (item === null) {
    const entity = signedEntity(part, bytes, around.open);
    return entity === null ? null : { at: part.path, isOwn: true, ...entity };
  }
  // A .msg is a message of its own; winmail.dat is another form of the one that carries it.
  const isBody = item.form === 'tnef';
  const place = { path: part.path, bytes, sha256: part.sha256, attached: true, isBody, ...around };
  return { at: part.path, isOwn: isBody, ...itemMessages(item, place, kernels) };
}

function itemIn(bytes: Uint8Array, kernels: Kernels): MapiItem | null {
  if (isTnef(bytes)) return readTnef(bytes, kernels);
  return isCompoundFile(bytes) && isMsg(bytes, kernels) ? readMsg(bytes, kernels) : null;
}

/** Outlook's bodies count where the mail itself shows none: that is what winmail.dat is for. */
const withBodies = (
  content: MessageContent,
  { leaves, ownContent }: Opened,
  shares: ReadonlyMap<string, MessageContent['shares']>,
): MessageContent => ({
  ...content,
  shares: shares.get(content.path) ?? content.shares,
  bodies: hasWords(content) ? content.bodies : [...content.bodies, ...(ownContent?.bodies ?? [])],
  leaves: [...withOpenedMarked(content.leaves, leaves), ...(ownContent?.leaves ?? [])],
});

const hasWords = ({ bodies }: MessageContent): boolean =>
  bodies.some(({ text }) => text.trim() !== '');

function withOpened(
  reading: MailReading,
  opened: ReadonlyMap<string, Opened>,
  { attached, kernels }: { readonly attached: boolean; readonly kernels: Kernels },
): MailReading & { readonly shares: ReadonlyMap<string, MessageContent['shares']> } {
  const messages: MailMessage[] = [];
  const limits = [...reading.limits];
  const shares = new Map<string, MessageContent['shares']>();
  for (const message of reading.messages) {
    const found = isInline(message) ? undefined : opened.get(message.path);
    if (found === undefined) {
      messages.push(message);
      continue;
    }
    limits.push(...found.limits);
    const isSilent = message.text.trim() === '' && found.own !== null;
    const whole = withFound(message, isSilent ? found.own : null, found);
    if (!isSilent || message.role === 'attached') {
      messages.push(whole, ...found.messages);
      continue;
    }
    const held = {
      bodies: found.ownContent?.bodies ?? [],
      carried: found.messages,
      isReported: message.forward?.intact ?? (attached && message.route.length > 0),
    };
    const taken = withInline(whole, held, kernels);
    const [first = whole, ...inside] = taken.messages;
    // What the mail itself carries stands behind it and has made its role already.
    messages.push(message.role === 'carrier' ? { ...first, role: 'carrier' } : first, ...inside);
    limits.push(...taken.limits);
    shares.set(message.path, taken.shares);
  }
  return { messages, limits, shares };
}

/** `words`: the item whose text the message shows, having none of its own. */
function withFound(message: MailMessage, words: MailMessage | null, found: Opened): MailMessage {
  const carries = found.messages.some(({ role }) => role !== 'attached');
  return {
    ...message,
    text: words?.text ?? message.text,
    textFrom: words?.textFrom ?? message.textFrom,
    role: carries && message.role === 'original' ? 'carrier' : message.role,
    parts: [...message.parts, ...found.parts],
    defects: [...message.defects, ...(found.own?.defects ?? [])],
  };
}
