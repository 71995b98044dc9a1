import { instantFromMilliseconds, type Kernels, type Limit } from '../base/index.ts';
import {
  circleOf,
  eitherOf,
  inlineOnly,
  inlineShares,
  LimitLog,
  type MailMessage,
  type MailPart,
  type MessageContent,
  namesOlder,
  readInline,
  readMessage,
  roleOf,
  type ShownBody,
  sniffKind,
  withOpenedMarked,
} from '../mail/index.ts';
import { decodeCodePage } from './code-page.ts';
import { isCompoundFile } from './compound-file.ts';
import { decompressRtf } from './compressed-rtf.ts';
import { type ItemPlace, type ItemReading, wordsOf } from './item-place.ts';
import type { MapiFile, MapiItem } from './mapi-item.ts';
import {
  bytesOf,
  isMailAddress,
  numberOf,
  PROPERTY,
  type PropertyBag,
  textOf,
} from './mapi-properties.ts';
import { isMsg } from './msg.ts';
import { readRtfBody } from './rtf-body.ts';
import { signedEntity } from './signed-mail.ts';
import { isTnef } from './tnef.ts';

/**
 * An Outlook item as messages: itself, then what it carries.
 *
 * Its header lines are those that Outlook stored, where it did; they are read like any other, but
 * no signature over them can be checked, as the bytes that were signed are gone.
 * All bodies are kept: plain, HTML and what the RTF holds.
 */
export function itemMessages(item: MapiItem, place: ItemPlace, kernels: Kernels): ItemReading {
  const messages: MailMessage[] = [];
  const contents: MessageContent[] = [];
  const limits: Limit[] = [];
  const opened = new Set<string>();
  const signed: ItemReading[] = [];
  const { bodies: stored, defects } = bodiesOf(item, place.path, kernels);
  const parts = item.files.map((file, at) => partOf(file, `${place.path}.${at + 1}`, kernels));
  for (const [at, file] of item.files.entries()) {
    const { path, sha256 } = parts[at]!;
    const entity = signedEntity(parts[at]!, file.bytes, place.open);
    if (entity !== null) signed.push(entity);
    const inside =
      entity === null ? insideOf(file, { ...place, path, sha256 }, kernels) : carriedIn(entity);
    if (inside === null) continue;
    if (entity !== null || inside.messages.length > 0) opened.add(path);
    messages.push(...inside.messages);
    contents.push(...inside.contents);
    limits.push(...inside.limits);
  }
  if (item.cut !== null) limits.push({ code: item.cut, at: place.path, text: CUT[item.cut] });
  const codes = [...item.defects.map(({ code }) => code), ...defects];
  if (codes.some((code) => ENDS_EARLY.has(code))) {
    limits.push({ code: 'outlook-truncated', at: place.path, text: TRUNCATED[item.form] });
  }
  const wrapped = signed.flatMap(({ contents: [content] }) => content ?? []);
  const isSilent = stored.every(({ text }) => text.trim() === '');
  const bodies = isSilent ? [...stored, ...wrapped.flatMap((one) => one.bodies)] : stored;
  const all = [...parts, ...signed.flatMap(({ messages: [one] }) => one?.parts ?? [])];
  const own = ownMessage(item, place, { bodies, parts: all, defects }, kernels);
  const held = parts.map((part, at) => ({ part, bytes: item.files[at]?.bytes ?? NO_BYTES }));
  const inSignature = wrapped.flatMap((one) => one.leaves);
  const leaves = [...withOpenedMarked(held, opened), ...inSignature];
  const content = { path: place.path, bytes: place.bytes, bodies, shares: null, leaves };
  if (place.isBody === true)
    return { messages: [own, ...messages], contents: [content, ...contents], limits };
  const isReported = place.attached && own.route.length > 0;
  const taken = withInline(own, { bodies, carried: messages, isReported }, kernels);
  return {
    messages: taken.messages,
    contents: [{ ...content, shares: taken.shares }, ...contents],
    limits: [...limits, ...taken.limits],
  };
}

/**
 * A message in Outlook's form with what it carries: as files, and as text in its body. Its role
 * follows from both.
 */
export function withInline(
  message: MailMessage,
  held: {
    readonly bodies: readonly ShownBody[];
    readonly carried: readonly MailMessage[];
    readonly isReported: boolean;
  },
  kernels: Kernels,
): {
  readonly messages: readonly MailMessage[];
  readonly shares: MessageContent['shares'];
  readonly limits: readonly Limit[];
} {
  const { bodies, carried, isReported } = held;
  const pages = bodies.filter(({ kind }) => kind === 'html').map(({ text }) => text);
  const { path, subject, from, to, text, textFrom } = message;
  const shown = { text, textFrom, html: pages.length === 0 ? null : pages.join('\n') };
  const holder = {
    path,
    subject,
    from,
    to,
    isReported,
    namesOlder: () => namesOlder(message.headers),
    circle: () => circleOf(message.headers),
  };
  const log = new LimitLog();
  const inline = readInline(shown, holder, kernels, log);
  const quoted = inlineOnly(inline.messages, carried);
  const role = roleOf({ attached: carried, quoted, isReported });
  const either = eitherOf(inline, { attached: carried, quoted, author: from });
  const own = { ...message, role, text: inline.ownText, ...either };
  const shares = inlineShares(inline, holder, bodies, kernels);
  return { messages: [own, ...carried, ...quoted], shares, limits: log.list() };
}

const NO_BYTES = new Uint8Array();

/** Sentences of the limits that an item can meet. */
export const CUT = {
  'outlook-attachments': 'Attachments past the first 1,000 of an Outlook item were left out.',
  'outlook-depth': 'Outlook items nested deeper than 16 were not opened.',
} as const;

/** Defects by which content is lost, not only out of form. */
const ENDS_EARLY: ReadonlySet<string> = new Set(['tnef-truncated', 'cfb-chain', 'rtf-truncated']);
const TRUNCATED = {
  tnef: 'This Outlook file (TNEF) ends early, or a length in it lies: what stands before that was read, the rest is not there.',
  msg: 'This Outlook item (.msg) is damaged: streams in it loop, share their bytes or end early. Each was read to where it does.',
} as const;

const DEFECTS_MAX = 100;

function ownMessage(
  item: MapiItem,
  { path, bytes, sha256 }: ItemPlace,
  read: {
    readonly bodies: readonly ShownBody[];
    readonly parts: readonly MailPart[];
    readonly defects: readonly string[];
  },
  kernels: Kernels,
): MailMessage {
  const { properties } = item;
  const stored = textOf(properties, PROPERTY.transportHeaders);
  const lines = stored === null ? '' : headerLines(stored);
  const [shown] = readMessage(kernels.encode(`${lines}\r\n`), kernels, { path }).messages;
  const hasHeaders = shown !== undefined && shown.headers.length > 0;
  const submitted = numberOf(properties, PROPERTY.clientSubmitTime);
  const delivered = numberOf(properties, PROPERTY.deliveryTime);
  const isUnsent = ((numberOf(properties, FLAGS) ?? 0) & UNSENT) !== 0;
  const from = shown?.from ?? senderOf(item);
  const words = wordsOf(read.bodies);
  const codes = [
    ...item.defects.map(({ code }) => code),
    ...read.defects,
    ...(isUnsent ? ['outlook-unsent'] : []),
    ...(from !== null && from.address === '' ? ['outlook-sender-without-address'] : []),
  ];
  return {
    path,
    offset: null,
    length: bytes.length,
    sha256,
    role: 'original',
    headers: shown?.headers ?? [],
    from,
    authors: shown?.authors ?? [],
    replyTo: shown?.replyTo ?? [],
    to: hasHeaders ? shown.to : item.recipients.filter(({ kind }) => kind === 'to').map(mailboxOf),
    subject: shown?.subject ?? subjectOf(properties),
    dateText: shown?.dateText ?? null,
    date: shown?.date ?? instantFromMilliseconds(submitted ?? delivered ?? Number.NaN),
    messageId: shown?.messageId ?? bare(textOf(properties, PROPERTY.internetMessageId)),
    parts: read.parts,
    ...words,
    route: shown?.route ?? [],
    forward: {
      method: 'outlook-item',
      intact: false,
      lost: hasHeaders ? ['authentication'] : ['headers', 'route', 'authentication'],
    },
    defects: codes.slice(0, DEFECTS_MAX).map((code) => ({ code, at: 0 })),
  };
}

const FLAGS = 0x0e07;
const UNSENT = 8;

/** Outlook stores header lines with a first line of its own at times, and ends them variously. */
function headerLines(stored: string): string {
  const lines = stored
    .replace(/\r\n?/g, '\n')
    .replace(/^Microsoft Mail Internet Headers[^\n]*\n/, '');
  const end = lines.search(/\n\n/);
  const block = end < 0 ? lines : lines.slice(0, end);
  return `${block.replace(/\n+$/, '').replaceAll('\n', '\r\n')}\r\n`;
}

/** winmail.dat leaves out what the mail around it says: the bare subject may be all there is. */
const subjectOf = (properties: PropertyBag): string | null =>
  textOf(properties, PROPERTY.subject) ??
  textOf(properties, PROPERTY.bareSubject) ??
  textOf(properties, PROPERTY.topic);

const bare = (id: string | null): string | null => id?.replace(/^<|>$/g, '') ?? null;

const mailboxOf = ({ name, address }: { name: string; address: string }) => ({ name, address });

function senderOf({ properties }: MapiItem): { name: string; address: string } | null {
  const name =
    textOf(properties, PROPERTY.sentRepresentingName) ?? textOf(properties, PROPERTY.senderName);
  const address = [
    PROPERTY.sentRepresentingSmtpAddress,
    PROPERTY.senderSmtpAddress,
    PROPERTY.sentRepresentingAddress,
    PROPERTY.senderAddress,
  ]
    .map((id) => textOf(properties, id))
    .find(isMailAddress);
  return name === null && address === undefined
    ? null
    : { name: name ?? '', address: address ?? '' };
}

/** Every body that the item holds, as it stands; RTF only where it holds more than the others. */
function bodiesOf(
  { properties, codePage }: MapiItem,
  path: string,
  kernels: Kernels,
): { readonly bodies: readonly ShownBody[]; readonly defects: readonly string[] } {
  const bodies: ShownBody[] = [];
  const plain = textOf(properties, PROPERTY.body);
  if (plain !== null) bodies.push({ path, kind: 'plain', text: lineFeeds(plain) });
  const html = properties.get(PROPERTY.bodyHtml);
  const htmlPage = numberOf(properties, PROPERTY.internetCodePage) ?? codePage;
  const htmlText =
    typeof html === 'object' ? decodeCodePage(html, htmlPage, kernels) : html?.toString();
  if (htmlText !== undefined) bodies.push({ path, kind: 'html', text: lineFeeds(htmlText) });
  const packed = bytesOf(properties, PROPERTY.rtfCompressed);
  if (packed === null) return { bodies, defects: [] };
  const { bytes, defect } = decompressRtf(packed);
  const { kind, text } = readRtfBody(bytes, kernels);
  const isMore = kind === 'html' ? htmlText === undefined : plain === null;
  if (isMore && text.trim() !== '')
    bodies.push({ path, kind: kind === 'html' ? 'html' : 'plain', text: lineFeeds(text) });
  return { bodies, defects: defect === null ? [] : [defect] };
}

const lineFeeds = (text: string): string => text.replace(/\r\n?/g, '\n');

function partOf(file: MapiFile, path: string, kernels: Kernels): MailPart {
  return {
    path,
    contentType:
      file.kind === 'message' ? MESSAGE_TYPE : (file.contentType ?? 'application/octet-stream'),
    charset: null,
    charsetHow: null,
    charsetDeclared: null,
    encoding: 'mapi',
    fileName: file.fileName,
    disposition: 'attachment',
    offset: file.offset ?? 0,
    length: file.offset === null ? 0 : file.bytes.length,
    bytes: file.bytes.length,
    sha256: kernels.sha256(file.bytes),
  };
}

const MESSAGE_TYPE = 'application/vnd.ms-outlook';

/** What a signed body hands on, without the body itself. */
const carriedIn = ({ messages, contents, limits }: ItemReading): ItemReading => ({
  messages: messages.slice(1),
  contents: contents.slice(1),
  limits,
});

/** A message inside: an Outlook item, or a mail that was attached as a file. */
function insideOf(file: MapiFile, place: ItemPlace, kernels: Kernels): ItemReading | null {
  const { item, bytes, kind } = file;
  if (item !== null)
    return itemMessages(item, { ...place, bytes, attached: true, isBody: false }, kernels);
  if (kind !== 'file' || !isMail(file, kernels)) return null;
  const { messages, contents, limits } = place.open(bytes, place.path);
  const carried = messages.map((message, at) => ({
    ...message,
    offset: null,
    forward: at === 0 ? (message.forward ?? ATTACHED) : message.forward,
  }));
  return { messages: carried, contents, limits };
}

function isMail({ contentType, fileName, bytes }: MapiFile, kernels: Kernels): boolean {
  if (isTnef(bytes)) return true;
  if (isCompoundFile(bytes)) return isMsg(bytes, kernels);
  if (contentType === 'message/rfc822' || /\.eml$/i.test(fileName ?? '')) return true;
  const isUnsaid = contentType === null || contentType === 'application/octet-stream';
  return isUnsaid && sniffKind(bytes.subarray(0, LOOK_BYTES), kernels) === 'message';
}

const LOOK_BYTES = 8_192;
const ATTACHED = { method: 'attached-file', intact: true, lost: [] } as const;
