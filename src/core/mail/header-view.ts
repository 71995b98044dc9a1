import { type Instant, type Kernels, OnDemand } from '../base/index.ts';
import { readForwardDate } from '../forward/index.ts';
import {
  ADDRESSES_MAX,
  decodeHeaderText,
  ENCODED_WORDS_MAX,
  type Mailbox,
  parseMailDate,
  scanMailboxes,
  usualMailbox,
} from '../header/index.ts';
import { HOPS_MAX, readReceived } from '../route/index.ts';
import { FIELD_KEYS, kindOf } from './field-kind.ts';
import { fieldOnDemand } from './late-message.ts';
import type { DateInterval, HeaderField, Hop, MailDefect } from './mail.ts';
import type { LimitLog } from './mail-limits.ts';
import { firstField, type HeaderBlock, type RawField, rawValue } from './raw-field.ts';

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

/**
 * A header block with what its values are read by. `messageAt`: first byte of the message in
 * `bytes`, from which the view's places count. `path`: at which its limits are named.
 */
export interface HeaderSource {
  readonly block: HeaderBlock;
  readonly bytes: Uint8Array;
  readonly messageAt: number;
  readonly path: string;
  readonly limits: LimitLog;
  /** Charset labels of the message's parts, for raw 8-bit values. */
  readonly charsets: Iterable<string>;
}

const RECEIVED = kindOf('received');
const FROM = kindOf('from');
const REPLY_TO = kindOf('reply-to');
const TO = kindOf('to');
const SUBJECT = kindOf('subject');
const DATE = kindOf('date');
const MESSAGE_ID = kindOf('message-id');

/**
 * Reads a header block (RFC 5322 section 3.6): of fields that stand twice the first counts, as in
 * most mail clients, and all are listed. The route is read when it is first asked for. Never
 * throws; what was cut is noted in the source's limits.
 */
export function viewHeader(source: HeaderSource, kernels: Kernels): HeaderView {
  const { block } = source;
  const { headers, defects } = readFields(source, kernels);
  const textOf = (kind: number): string | null => {
    const at = block.first[kind]!;
    return at < 0 ? null : headers[at]!.value;
  };
  const mailboxesOf = (kind: number): readonly Mailbox[] => {
    const field = firstField(block, kind);
    return field === null ? [] : mailboxes(field, source, kernels);
  };
  const dateText = textOf(DATE);
  const from = mailboxesOf(FROM);
  return {
    headers,
    from: shownSender(from),
    authors: from.length < 2 ? NO_AUTHORS : severalAuthors(from),
    replyTo: mailboxesOf(REPLY_TO),
    to: mailboxesOf(TO),
    subject: textOf(SUBJECT),
    dateText,
    ...datesOf(dateText),
    messageId: textOf(MESSAGE_ID),
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
  readonly defects: readonly MailDefect[];
}

function readFields(source: HeaderSource, kernels: Kernels): FieldsRead {
  const { block, messageAt } = source;
  const { fields, first, text, textAt } = block;
  const headers: HeaderField[] = [];
  const defects: MailDefect[] = [];
  // First `=?` at or behind the field that is read.
  let wordAt = block.plain ? Number.POSITIVE_INFINITY : -1;
  for (let index = 0; index < fields.length; index += 1) {
    const field = fields[index]!;
    const { name, kind, valueAt, end } = field;
    const offset = field.offset - messageAt;
    if (wordAt < valueAt) wordAt = nextWord(text, valueAt - textAt) + textAt;
    const length = end - field.offset;
    if (kind > RECEIVED && first[kind] !== index) {
      // Readers differ in which one they show.
      defects.push({ code: `duplicate-${FIELD_KEYS[kind]}`, at: offset });
    }
    const hasWords = wordAt < end;
    if (hasWords) noteWords(field, source);
    if (hasWords && kind < 0) {
      const late = new OnDemand(() => fieldValue(field, source, kernels));
      headers.push(fieldOnDemand(name, late, { offset, length }));
      continue;
    }
    const value =
      hasWords || !block.ascii || block.controls
        ? fieldValue(field, source, kernels)
        : field.folded
          ? unfolded(text, valueAt - textAt, end - textAt)
          : trimmedSlice(text, valueAt - textAt, end - textAt);
    headers.push({ name, value, offset, length });
  }
  return { headers, defects };
}

function nextWord(text: string, from: number): number {
  const at = text.indexOf('=?', from);
  return at < 0 ? Number.POSITIVE_INFINITY : at;
}

function routeOf(headers: readonly HeaderField[], { block, limits, path }: HeaderSource) {
  const received: HeaderField[] = [];
  for (let index = 0; index < headers.length; index += 1) {
    if (block.fields[index]!.kind === RECEIVED) received.push(headers[index]!);
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
  { block, bytes, limits, path }: HeaderSource,
  kernels: Kernels,
): readonly Mailbox[] {
  const usual = usualMailbox(rawValue(field, block));
  if (usual !== null) return [usual];
  const found = scanMailboxes(bytes.subarray(field.valueAt, field.end), kernels);
  if (found.length >= ADDRESSES_MAX) limits.note('mail-addresses', path);
  return found;
}

function fieldValue(field: RawField, source: HeaderSource, kernels: Kernels): string {
  const { ascii, plain } = source.block;
  const raw = rawValue(field, source.block);
  const words = !plain && raw.includes('=?');
  if (!words && (ascii || !/[\x80-\xff]/.test(raw))) return plainValue(raw);
  const bytes = source.bytes.subarray(field.valueAt, field.end);
  return decodeHeaderText(bytes, kernels, source.charsets);
}

function noteWords(field: RawField, { block, limits, path }: HeaderSource): void {
  if (field.end - field.valueAt <= 8 * ENCODED_WORDS_MAX) return;
  const cut = rawValue(field, block).split('=?').length - 1 - ENCODED_WORDS_MAX;
  if (cut > 0) limits.note('mail-encoded-words', path, cut);
}

function trimmedSlice(text: string, from: number, to: number): string {
  let [start, end] = [from, to];
  while (start < end && text.charCodeAt(start) <= 0x20) start += 1;
  while (end > start && text.charCodeAt(end - 1) <= 0x20) end -= 1;
  return text.slice(start, end);
}

/** The value between these places, where every line break is LF or CRLF and folds. */
function unfolded(text: string, from: number, to: number): string {
  let [start, end] = [from, to];
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  let value = '';
  for (let feed = text.indexOf('\n', start); feed >= 0 && feed < end; ) {
    value += text.slice(start, text.charCodeAt(feed - 1) === CR ? feed - 1 : feed);
    start = feed + 1;
    feed = text.indexOf('\n', start);
  }
  return value + text.slice(start, end);
}

const CR = 0x0d;

/** As `trim` sees it, within ASCII. */
const isBlank = (code: number): boolean => code === 0x20 || (code >= 0x09 && code <= 0x0d);

/** What `decodeHeaderText` gives for ASCII without encoded words, at a fraction of its price. */
function plainValue(raw: string): string {
  const line = raw.replace(/\r?\n(?=[ \t])|\r(?=[ \t])/g, '');
  if (!/[\r\n\0]/.test(line)) return line.trim();
  return line
    .replace(/[\r\n]+/g, ' ')
    .replaceAll('\0', '\ufffd')
    .trim();
}
