import type { Kernels, Limit } from '../base/index.ts';
import type { HeaderField, Hop, MailMessage, ShownBody } from '../mail/index.ts';
import { addAttachedFiles, type HeldFiles } from './attached-text.ts';
import { type HostReader, readIpv6, rememberingHostReader } from './host-name.ts';
import { addHtmlPage } from './html-page.ts';
import { withUnjoined } from './joined-words.ts';
import { addSightings, type Sink } from './link-observables.ts';
import { type Observable, occurrenceAt, type Spot } from './observable.ts';
import { observableLedger } from './observable-ledger.ts';
import { scanText } from './scan-text.ts';
import { rememberingLinkReader } from './url.ts';
import { outsideFiles, type UuFile, uuFiles } from './uu-files.ts';

/** A code found in a picture by the host. */
export interface PictureCode {
  readonly path: string;
  readonly text: string;
}

/** Text scanned in one body; longer ones are padding. */
const SCANNED_LENGTH_MAX = 4_000_000;

/**
 * Fields that name the sender's side. The recipients' own fields are left out: they are the voter.
 */
const SCANNED_FIELDS: ReadonlySet<string> = new Set([
  ...['from', 'sender', 'reply-to', 'return-path', 'errors-to', 'return-receipt-to'],
  ...['disposition-notification-to', 'resent-from', 'resent-sender', 'resent-message-id'],
  ...['subject', 'organization', 'message-id', 'in-reply-to', 'references', 'dkim-signature'],
  ...['list-unsubscribe', 'list-post', 'list-help', 'list-archive', 'list-owner'],
  ...['list-subscribe', 'x-originating-ip', 'x-sender-ip', 'x-source-ip', 'x-sender'],
  ...['x-originating-email', 'x-authenticated-sender', 'x-complaints-to', 'x-abuse-info'],
  ...['x-report-abuse-to', 'x-source-dir', 'x-php-script', 'x-php-originating-script'],
  'x-get-message-sender-via',
]);
const MESSAGE_ID_FIELDS: ReadonlySet<string> = new Set([
  ...['message-id', 'in-reply-to', 'references', 'resent-message-id'],
]);
const RECIPIENT_FIELDS: ReadonlySet<string> = new Set([
  ...['to', 'cc', 'bcc', 'delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to'],
  'apparently-to',
]);

/**
 * Which names of fields can be of a set, by their length and their outer letters in either case:
 * most fields of a header are told apart without a copy of their name.
 */
function shapesOf(names: ReadonlySet<string>): (name: string) => boolean {
  const shapes = new Uint8Array(1 << 15);
  for (const name of names) shapes[shapeOf(name)] = 1;
  return (name) => shapes[shapeOf(name)] === 1;
}

const shapeOf = (name: string): number =>
  ((name.length & 31) << 10) |
  ((name.charCodeAt(0) & 31) << 5) |
  (name.charCodeAt(name.length - 1) & 31);

const mayBeScanned = shapesOf(SCANNED_FIELDS);
const mayBeRecipient = shapesOf(RECIPIENT_FIELDS);

/**
 * Everything in a message that can be looked up or blocked, once per value with all its places.
 *
 * Addresses, hosts and IPs inside URLs are reported too. Links that a gateway rewrote are reported
 * in both forms. A link whose words name another site than its target is an observable of its own.
 * Nothing is fetched. Linear time; what is cut is in `limits`.
 */
export function collectObservables(input: {
  readonly message: MailMessage;
  readonly bodies: readonly ShownBody[];
  /** Its files, to be searched too; without them they are only named. */
  readonly files?: HeldFiles | undefined;
  /** What QR codes in the message's pictures say. */
  readonly codes: readonly PictureCode[];
  readonly kernels: Kernels;
  /** Lower-case addresses of those who handed the message on: their own, as the recipients' are. */
  readonly reporters?: readonly string[];
  /** A reader that remembers hosts from message to message; its own where it is left out. */
  readonly hosts?: HostReader;
}): { readonly observables: readonly Observable[]; readonly limits: readonly Limit[] } {
  const { message, kernels } = input;
  const limits: Limit[] = [];
  const recipients = [...recipientsOf(message), ...(input.reporters ?? [])];
  const ledger = observableLedger(recipients);
  const hosts = input.hosts ?? rememberingHostReader();
  const links = rememberingLinkReader(hosts);
  const sink: Sink = { kernels, add: ledger.add, hosts, links, known: new Map() };
  for (const field of message.headers) fromField(field, sink);
  fromShownSender(message, sink);
  for (const hop of message.route) fromHop(hop, sink);
  for (const body of input.bodies) fromBody(body, sink, limits);
  for (const code of input.codes)
    addSightings(
      scanText(code.text.slice(0, 8192), sink.kernels, sink.hosts),
      { place: 'qr-code', at: code.path },
      sink,
    );
  fromParts(message, sink);
  if (input.files !== undefined) addAttachedFiles(input.files, sink, limits);
  return { observables: ledger.list(), limits: [...limits, ...ledger.limits(message.path)] };
}

const ADDRESS = /[^\s<>,;:"()]{1,64}@[^\s<>,;:"()]{3,253}/g;
const MESSAGE_ID = /<([^<>\s]{1,998})>/g;

/** Addresses of the recipients' fields, lower case; a list of hundreds is no single recipient. */
function recipientsOf(message: MailMessage): readonly string[] {
  const addresses = new Set<string>();
  for (const { address } of message.to.slice(0, 50))
    if (address.includes('@')) addresses.add(address.toLowerCase());
  for (const field of message.headers) {
    if (!mayBeRecipient(field.name) || !RECIPIENT_FIELDS.has(field.name.toLowerCase())) continue;
    const value = field.value.slice(0, 4000);
    ADDRESS.lastIndex = 0;
    for (let hit = ADDRESS.exec(value); hit !== null; hit = ADDRESS.exec(value))
      if (addresses.size < 50) addresses.add(hit[0].toLowerCase());
  }
  return [...addresses];
}

function fromField(field: HeaderField, sink: Sink): void {
  if (!mayBeScanned(field.name)) return;
  const name = field.name.toLowerCase();
  if (!SCANNED_FIELDS.has(name)) return;
  const value = field.value.slice(0, 20_000);
  const spot = {
    place: 'header',
    at: field.name,
    offset: field.offset,
    length: field.length,
  } as const;
  if (MESSAGE_ID_FIELDS.has(name)) {
    MESSAGE_ID.lastIndex = 0;
    for (let hit = MESSAGE_ID.exec(value); hit !== null; hit = MESSAGE_ID.exec(value))
      sink.add({ type: 'message-id', value: hit[1] ?? '', occurrence: occurrenceAt(spot, []) });
    return;
  }
  if (name === 'dkim-signature') {
    const domain = sink.hosts(
      /(?:^|;)\s*d\s*=\s*([^;\s]{1,253})/.exec(value)?.[1]?.toLowerCase() ?? '',
    );
    if (domain !== null)
      sink.add({
        type: 'host',
        value: domain.ascii,
        occurrence: occurrenceAt(spot, ['signing-domain']),
      });
    return;
  }
  addSightings(scanText(value, sink.kernels, sink.hosts), spot, sink);
}

/** What a plain forward says of its sender: no header line of the message itself is left. */
function fromShownSender({ headers, from, replyTo, forward }: MailMessage, sink: Sink): void {
  if (forward === null || headers.length > 0) return;
  const said: (readonly [string, string])[] = from === null ? [] : [['From', from.address]];
  for (const { address } of replyTo.slice(0, REPLIES_MAX)) said.push(['Reply-To', address]);
  for (const [at, address] of said) {
    if (!address.includes('@')) continue;
    const spot = { place: 'header', at, offset: 0, length: 0 } as const;
    addSightings(scanText(address.slice(0, 400), sink.kernels, sink.hosts), spot, sink);
  }
}

/** Addresses that answers go to; a list of more is padding. */
const REPLIES_MAX = 20;

function fromHop(hop: Hop, sink: Sink): void {
  const side = hop.trusted ? 'recipient' : 'sender';
  const say = (type: 'ip' | 'host', value: string, at: string): void =>
    sink.add({
      type,
      value,
      occurrence: { place: 'hop', at, offset: hop.offset, length: hop.length, how: [], side },
    });
  if (hop.ip !== null) {
    const isIpv6 = hop.ip.includes(':');
    say('ip', (isIpv6 ? readIpv6(hop.ip) : null) ?? hop.ip, 'client address');
  }
  for (const [text, at] of [
    [hop.reverseName, 'reverse name'],
    [hop.from, 'HELO'],
    [hop.by, 'by'],
  ] as const) {
    const host = text === null ? null : sink.hosts(text.toLowerCase());
    if (host?.kind === 'name' && host.registrable !== null) say('host', host.ascii, at);
  }
}

function fromBody(body: ShownBody, sink: Sink, limits: Limit[]): void {
  const text = body.text.slice(0, SCANNED_LENGTH_MAX);
  if (text.length < body.text.length)
    limits.push({
      code: 'text-scan-over-limit',
      at: body.path,
      text: `Only the first ${SCANNED_LENGTH_MAX} characters were searched for observables.`,
    });
  if (body.kind === 'plain') {
    const spot = { place: 'text', at: body.path } as const;
    const files = uuFiles(text);
    for (const file of files) fromUuFile(file, spot, sink);
    const scan = (words: string) => scanText(words, sink.kernels, sink.hosts, sink.links);
    const named = withUnjoined(scan(text), body, scan, sink.hosts);
    addSightings(outsideFiles(named, files), spot, sink);
    return;
  }
  addHtmlPage(
    { html: text, spot: { place: 'html-text', at: body.path }, at: body.at ?? 0 },
    sink,
    limits,
  );
}

/** Its name and its hash; a file in the text is no part of the message tree. */
function fromUuFile(file: UuFile, spot: Spot, { add, kernels }: Sink): void {
  const value = kernels.sha256(file.bytes);
  add({ type: 'file-name', value: file.name, occurrence: occurrenceAt(spot, ['uuencoded'], file) });
  add({ type: 'hash', value, occurrence: occurrenceAt(spot, ['sha-256', 'uuencoded'], file) });
}

function fromParts(message: MailMessage, sink: Sink): void {
  for (const part of message.parts) {
    const isFile = part.fileName !== null || part.disposition === 'attachment';
    if (!isFile && /^(?:text|multipart|message)\//.test(part.contentType)) continue;
    const spot = { at: part.path, offset: part.offset, length: part.length } as const;
    const named: Spot = { place: 'attachment-name', ...spot };
    const { fileName: value, otherName } = part;
    if (value !== null && value !== '')
      sink.add({ type: 'file-name', value, occurrence: occurrenceAt(named, []) });
    if (otherName !== undefined && otherName !== '') {
      const occurrence = occurrenceAt(named, ['other-name']);
      sink.add({ type: 'file-name', value: otherName, occurrence });
    }
    // Every empty file has the same digest.
    if (part.bytes === 0) continue;
    sink.add({
      type: 'hash',
      value: part.sha256,
      occurrence: occurrenceAt({ place: 'attachment', ...spot }, ['sha-256']),
    });
  }
}
