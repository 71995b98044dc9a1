import type { Kernels } from '../base/index.ts';
import { decodeCharset, textBytes, textPositions } from '../charset/index.ts';
import {
  joinSoftBreaks,
  type MailMessage,
  type MessageContent,
  transferEncoding,
} from '../mail/index.ts';
import { encodedPlaces } from './encoded-places.ts';
import type { BytePlace, NoBytes, Occurrence } from './observable.ts';
import { type PlacedText, placedText } from './placed-text.ts';

/** One mail as it was read: its messages, and their contents by path. */
export interface LocatedMail {
  readonly messages: readonly MailMessage[];
  readonly contents: ReadonlyMap<string, MessageContent>;
  readonly kernels: Kernels;
}

/** Says of an occurrence in one message which bytes of the mail it is. */
export type Locate = (occurrence: Occurrence) => BytePlace;

/**
 * Tells of the places of one message's observables the exact bytes in the mail that was read, or
 * why there are none. Decoded text is mapped back through line ends, charset and transfer encoding;
 * each part is mapped once, when the first of its observables asks.
 */
export function observableLocator(mail: LocatedMail): (message: MailMessage) => Locate {
  const parts = new Map<string, TextPlaces | NoBytes>();
  const carriers = new Map(mail.messages.map((message) => [message.path, message]));
  return (message) => locator(message, { ...mail, parts, carriers });
}

interface Known extends LocatedMail {
  readonly parts: Map<string, TextPlaces | NoBytes>;
  readonly carriers: ReadonlyMap<string, MailMessage>;
}

/** Messages that stand inline in a body have paths like `0.i`, `0.1.i2`, `0.i.i`. */
const INLINE = /(?:\.i\d*)+$/;

const none = (why: NoBytes): BytePlace => ({ offset: null, length: null, why });

const ENCODED = none('message-encoded');

function locator(message: MailMessage, known: Known): Locate {
  const path = message.path.replace(INLINE, '');
  const base = known.carriers.get(path)?.offset ?? null;
  const content = known.contents.get(path);
  if (content === undefined || message.forward?.method === 'outlook-item')
    return () => none('rebuilt');
  const within = (place: BytePlace): BytePlace => {
    if (place.offset === null) return place;
    return base === null ? ENCODED : { ...place, offset: base + place.offset };
  };
  return (seen) => {
    if (seen.place === 'qr-code') return none('picture');
    if (seen.place === 'attachment-name' && !INLINE.test(message.path))
      return within(namePlace(content.bytes, seen, known.kernels));
    if (!isInBody(seen)) {
      const isFile = seen.place === 'attachment' || seen.place === 'attachment-name';
      return INLINE.test(message.path) && !isFile
        ? none('inline')
        : within({ offset: seen.offset, length: seen.length });
    }
    const [part = ''] = seen.at.split(' ', 1);
    if (part === message.path) return within(inlinePlace(message.text, seen, { content, known }));
    const places = placesOf(part, content, known);
    if (typeof places === 'string') return none(places);
    // Of a thousand places in an archive's mails, none has to be looked up.
    return base === null ? ENCODED : within(places(seen));
  };
}

/** Header fields of a part that are looked through for its name; longer ones are an attack. */
const PART_HEADER_MAX = 16_384;
const NAMING_FIELD = /^content-(?:disposition|type)[ \t]*:[^\n]*(?:\n[ \t][^\n]*)*/gim;

/** The field that names a file: above its content, which begins at `offset`. */
function namePlace(
  bytes: Uint8Array,
  { offset, how }: Pick<Occurrence, 'offset' | 'how'>,
  kernels: Kernels,
): BytePlace {
  const from = Math.max(0, offset - PART_HEADER_MAX);
  const above = kernels.latin1(bytes, from, offset);
  const boundary = above.lastIndexOf('\n--');
  const start = boundary < 0 ? 0 : boundary + 1;
  const fields = [...above.slice(start).matchAll(NAMING_FIELD)].filter(([field]) =>
    /[;\s](?:file)?name\*?/i.test(field),
  );
  const disposition = fields.find(([words]) => /^content-disp/i.test(words));
  const type = fields.find((one) => one !== disposition);
  // A field that names it in both forms has both names; else the other field has the other.
  const isOther =
    how.includes('other-name') &&
    !/filename\*.*filename=|filename=.*filename\*/is.test(disposition?.[0] ?? '');
  const field = isOther ? (type ?? disposition) : (disposition ?? type);
  if (field === undefined) return none('no-field');
  return { offset: from + start + field.index, length: field[0].trimEnd().length };
}

const IN_BODY: ReadonlySet<Occurrence['place']> = new Set([
  ...(['text', 'html-text', 'link-target', 'link-text', 'html-attribute'] as const),
]);
const isInBody = ({ place }: Occurrence): boolean => IN_BODY.has(place);

/** The bytes of a part for a span of its text. */
type TextPlaces = (span: Span) => BytePlace;

interface Span {
  readonly offset: number;
  readonly length: number;
}

function placesOf(path: string, content: MessageContent, known: Known): TextPlaces | NoBytes {
  const key = `${content.path} ${path}`;
  const before = known.parts.get(key);
  if (before !== undefined) return before;
  const places = textPlaces(path, content, known.kernels);
  known.parts.set(key, places);
  return places;
}

function textPlaces(
  path: string,
  { bytes, leaves, bodies }: MessageContent,
  kernels: Kernels,
): TextPlaces | NoBytes {
  const leaf = leaves.find(({ part }) => part.path === path);
  const charset = leaf?.part.charset ?? null;
  if (leaf === undefined || charset === null) return 'rebuilt';
  const { part, bytes: decoded } = leaf;
  const { offset: start } = part;
  const text = textBytes(decoded);
  const positions = textPositions(text, charset, kernels);
  if (!positions.exact) return 'charset-inexact';
  const body = bytes.subarray(start, start + part.length);
  const isIdentity = body.length === decoded.length && isSameView(body, decoded);
  const encoding = transferEncoding(part.encoding.toLowerCase());
  const isMapped = encoding === 'base64' || encoding === 'quoted-printable';
  if (!isIdentity && !isMapped) return 'encoding';
  const map = isIdentity || !isMapped ? null : encodedPlaces(encoding, body, text);
  if (!isIdentity && map === null) return 'encoding';
  const written = decodeCharset(charset, text, kernels) ?? '';
  const raw = lineBreaks(written);
  const isJoined = bodies.some((body) => body.path === path && body.joins !== undefined);
  const words = isJoined ? joinedPlaces(written) : AS_WRITTEN;
  return ({ offset, length }) => {
    const from = positions.byteAt(raw(words.place(offset)));
    const to = Math.max(from, positions.byteAt(raw(words.end(offset + length))));
    if (map === null) return { offset: start + from, length: to - from };
    const first = map.starts[from] ?? body.length;
    const end = to > from ? (map.ends[to - 1] ?? body.length) : first;
    return { offset: start + first, length: end - first };
  };
}

const AS_WRITTEN: Pick<PlacedText, 'place' | 'end'> = { place: (at) => at, end: (at) => at };

function joinedPlaces(written: string): PlacedText {
  const { text, starts, sources } = joinSoftBreaks(
    written.replaceAll('\r\n', '\n').replaceAll('\r', '\n'),
  );
  return placedText(text, starts, sources);
}

/** What was not encoded is a view of the body. */
const isSameView = (a: Uint8Array, b: Uint8Array): boolean =>
  a.buffer === b.buffer && a.byteOffset === b.byteOffset;

/** Places in decoded text for places in shown text, where each CRLF counts as one character. */
function lineBreaks(text: string): (shown: number) => number {
  const breaks: number[] = [];
  for (let at = text.indexOf('\r\n'); at >= 0; at = text.indexOf('\r\n', at + 2))
    breaks.push(at - breaks.length);
  return (shown) => {
    let [low, high] = [0, breaks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (breaks[middle]! < shown) low = middle + 1;
      else high = middle;
    }
    return shown + low;
  };
}

/**
 * Words of a message that stands inline: told where they stand exactly once in one of the bodies
 * that carry it. A forward is quoted, wrapped and cut, so its text as a whole has no place.
 */
function inlinePlace(
  text: string,
  { offset, length }: Span,
  carrier: { readonly content: MessageContent; readonly known: Known },
): BytePlace {
  const words = text.slice(offset, offset + length);
  if (words === '') return none('inline');
  for (const body of carrier.content.bodies) {
    if (body.kind !== 'plain') continue;
    const at = body.text.indexOf(words);
    if (at < 0 || body.text.indexOf(words, at + 1) >= 0) continue;
    const places = placesOf(body.path, carrier.content, carrier.known);
    return typeof places === 'string' ? none(places) : places({ offset: at, length });
  }
  return none('inline');
}
