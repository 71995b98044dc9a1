import type { Instant, Kernels } from '../base/index.ts';
import { readForwardDate } from '../forward/index.ts';
import {
  ADDRESSES_MAX,
  decodeHeaderText,
  ENCODED_WORDS_MAX,
  type Mailbox,
  parseMailboxes,
  parseMailDate,
} from '../header/index.ts';
import { HOPS_MAX, readReceived } from '../route/index.ts';
import type { HeaderBlock, RawField } from './header-block.ts';
import type { DateInterval, HeaderField, Hop, MailDefect } from './mail.ts';
import type { LimitLog } from './mail-limits.ts';
import { OnDemand } from './on-demand.ts';

/** What a message's header says, decoded; places count from the message's first byte. */
export interface HeaderView {
  readonly headers: readonly HeaderField[];
  readonly from: Mailbox | null;
  /** All senders of the From line where it names more than one, else none. */
  readonly authors: readonly Mailbox[];
  readonly replyTo: readonly Mailbox[];
  readonly to: readonly Mailbox[];
  readonly subject: string | null;
  readonly dateText: string | null;
  readonly date: Instant | null;
  readonly dateInterval?: DateInterval;
  readonly messageId: string | null;
  readonly route: OnDemand<readonly Hop[]>;
  readonly defects: readonly MailDefect[];
}

export interface HeaderSource {
  readonly block: HeaderBlock;
  readonly bytes: Uint8Array;
  readonly messageAt: number;
  readonly path: string;
  readonly limits: LimitLog;
  /** Charset labels of the message's parts, for raw 8-bit values. */
  readonly charsets: Iterable<string>;
}

/** RFC 5322 section 3.6 and RFC 2045: at most one each. Readers differ in which one they show. */
const ONCE: ReadonlySet<string> = new Set([
  ...['from', 'sender', 'reply-to', 'to', 'cc', 'bcc', 'subject', 'date', 'message-id'],
  ...['in-reply-to', 'references', 'mime-version', 'content-type', 'content-transfer-encoding'],
  ...['content-disposition', 'content-id'],
]);

export function viewHeader(source: HeaderSource, kernels: Kernels): HeaderView {
  const { block } = source;
  const { headers, first, defects } = readFields(source, kernels);
  const textOf = (key: string): string | null => headers[first.get(key) ?? -1]?.value ?? null;
  const mailboxesOf = (key: string): readonly Mailbox[] => {
    const field = block.fields[first.get(key) ?? -1];
    return field === undefined ? [] : mailboxes(field, source, kernels);
  };
  const dateText = textOf('date');
  const from = mailboxesOf('from');
  return {
    headers,
    from: shownSender(from),
    authors: from.length < 2 ? NO_AUTHORS : severalAuthors(from),
    replyTo: mailboxesOf('reply-to'),
    to: mailboxesOf('to'),
    subject: textOf('subject'),
    dateText,
    ...datesOf(dateText),
    messageId: textOf('message-id'),
    route: routeOf(headers, source),
    defects,
  };
}

function datesOf(text: string | null): Pick<HeaderView, 'date' | 'dateInterval'> {
  const date = text === null ? null : parseMailDate(text);
  if (text === null || date !== null) return { date };
  const { interval } = readForwardDate(text, ['en']);
  return interval === null ? { date } : { date, dateInterval: interval };
}

interface FieldsRead {
  readonly headers: readonly HeaderField[];
  /** Position of the first field of each name. */
  readonly first: ReadonlyMap<string, number>;
  readonly defects: readonly MailDefect[];
}

function readFields(source: HeaderSource, kernels: Kernels): FieldsRead {
  const headers: HeaderField[] = [];
  const defects: MailDefect[] = [];
  const first = new Map<string, number>();
  for (const field of source.block.fields) {
    const value = fieldValue(field, source, kernels);
    const offset = field.offset - source.messageAt;
    if (field.key !== '' && !first.has(field.key)) first.set(field.key, headers.length);
    else if (ONCE.has(field.key)) defects.push({ code: `duplicate-${field.key}`, at: offset });
    headers.push({ name: field.name, value, offset, length: field.end - field.offset });
  }
  return { headers, first, defects };
}

function routeOf(headers: readonly HeaderField[], { block, limits, path }: HeaderSource) {
  const received: HeaderField[] = [];
  for (let index = 0; index < headers.length; index += 1) {
    if (block.fields[index]!.key === 'received') received.push(headers[index]!);
  }
  if (received.length > HOPS_MAX) limits.note('mail-hops', path, received.length - HOPS_MAX);
  return new OnDemand(() => readReceived(received));
}

/**
 * The senders as a mail client shows them. Words before a comma that have no address of their own
 * belong to the name (`Support, x <a@b.example>`): to list them apart hides the address.
 */
function shownSenders(from: readonly Mailbox[]): readonly Mailbox[] {
  const shown: Mailbox[] = [];
  let names: string[] = [];
  for (const { name, address } of from) {
    if (name !== '') names.push(name);
    if (address === '') continue;
    shown.push({ name: names.join(', '), address });
    names = [];
  }
  return shown;
}

/** The first sender that mail could come from: a word such as `<office>` before it hides it. */
function shownSender(from: readonly Mailbox[]): Mailbox | null {
  if (from.length < 2) return from[0] ?? null;
  const shown = shownSenders(from);
  return shown.find(({ address }) => address.includes('@')) ?? shown[0] ?? from[0] ?? null;
}

const NO_AUTHORS: readonly Mailbox[] = [];

function severalAuthors(from: readonly Mailbox[]): readonly Mailbox[] {
  const shown = shownSenders(from);
  return shown.length < 2 ? NO_AUTHORS : shown;
}

function mailboxes(
  field: RawField,
  { bytes, limits, path }: HeaderSource,
  kernels: Kernels,
): readonly Mailbox[] {
  const found = parseMailboxes(bytes.subarray(field.valueAt, field.end), kernels);
  if (found.length >= ADDRESSES_MAX) limits.note('mail-addresses', path);
  return found;
}

function fieldValue(field: RawField, source: HeaderSource, kernels: Kernels): string {
  const { text, textAt, ascii, plain, controls } = source.block;
  if (plain && !field.folded && !controls) {
    return trimmedSlice(text, field.valueAt - textAt, field.end - textAt);
  }
  const raw = text.slice(field.valueAt - textAt, field.end - textAt);
  const words = !plain && raw.includes('=?');
  if (!words && (ascii || !/[\x80-\xff]/.test(raw))) return plainValue(raw);
  if (words && raw.length > 8 * ENCODED_WORDS_MAX) {
    const cut = raw.split('=?').length - 1 - ENCODED_WORDS_MAX;
    if (cut > 0) source.limits.note('mail-encoded-words', source.path, cut);
  }
  const bytes = source.bytes.subarray(field.valueAt, field.end);
  return decodeHeaderText(bytes, kernels, source.charsets);
}

function trimmedSlice(text: string, from: number, to: number): string {
  let [start, end] = [from, to];
  while (start < end && text.charCodeAt(start) <= 0x20) start += 1;
  while (end > start && text.charCodeAt(end - 1) <= 0x20) end -= 1;
  return text.slice(start, end);
}

/** What `decodeHeaderText` gives for ASCII without encoded words, at a fraction of its price. */
function plainValue(raw: string): string {
  const line = raw.replace(/\r?\n(?=[ \t])|\r(?=[ \t])/g, '');
  if (!/[\r\n\0]/.test(line)) return line.trim();
  return line
    .replace(/[\r\n]+/g, ' ')
    .replaceAll('\0', '\ufffd')
    .trim();
}
