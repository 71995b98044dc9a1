import type { Kernels } from '../base/index.ts';
import { type HtmlPlace, type InlineForward, placesInHtml } from '../forward/index.ts';
import type { InlineHolder, InlineReading } from './inline-message.ts';
import { type Leaf, lineFeeds } from './leaf.ts';
import type { MailMessage, MailPart } from './mail.ts';
import type { TreeNode } from './tree-node.ts';

/** The bytes and bodies behind one message, for whoever judges it; not kept in a reading. */
export interface MessageContent {
  /** The message's path. */
  readonly path: string;
  /** Exactly the bytes that the message's places count in. */
  readonly bytes: Uint8Array;
  /** Text that a mail client shows, decoded, as it stands: HTML with its tags. */
  readonly bodies: readonly ShownBody[];
  /**
   * The stretches of the HTML bodies that each message shows which stands inline here, by path, and
   * the message itself where some were handed on. Null where nothing stands inline; reads the HTML
   * once more.
   */
  readonly shares: (() => ReadonlyMap<string, readonly ShownBody[]>) | null;
  /** Every leaf with its transfer encoding undone. */
  readonly leaves: readonly HeldLeaf[];
  /**
   * By what a page points to the message's parts, by the part's path: `cid:` with its Content-ID
   * (RFC 2392), its Content-Location (RFC 2557). Absent where none was kept.
   */
  readonly pointers?: () => ReadonlyMap<string, readonly string[]>;
}

/** What of a mail's content one message has: files, and the stretches of its pages. */
export interface MessageFiles {
  readonly path: string;
  readonly leaves: readonly HeldLeaf[];
  /** All bodies of the mail that holds it: what a client shows is no file. */
  readonly bodies: readonly ShownBody[];
  /** Its own of those. */
  readonly pages: readonly ShownBody[];
  /** Paths of the parts that stand in it and are those of a message in its text. */
  readonly given: ReadonlySet<string>;
}

/**
 * The files of each message: a part to which only the stretch of one message in the text points is
 * that message's (a picture in a forwarded page), all others are the mail's that holds it.
 */
export function filesByMessage(
  contents: Iterable<MessageContent>,
): ReadonlyMap<string, MessageFiles> {
  const files = new Map<string, MessageFiles>();
  for (const content of contents) {
    const { path, leaves, bodies, pointers } = content;
    const shares = content.shares?.() ?? new Map<string, readonly ShownBody[]>();
    const owners = shares.size === 0 ? null : ownersOf(shares, path, pointers?.() ?? new Map());
    const ofMessage = (one: string): readonly HeldLeaf[] =>
      leaves.filter(({ part }) => (owners?.get(part.path) ?? path) === one);
    for (const [one, pages] of shares)
      files.set(one, { path: one, leaves: ofMessage(one), bodies, pages, given: NONE });
    const pages = shares.get(path) ?? bodies;
    const given = new Set([...(owners ?? [])].flatMap(([part, one]) => (one === path ? [] : part)));
    files.set(path, { path, leaves: ofMessage(path), bodies, pages, given });
  }
  return files;
}

const NONE: ReadonlySet<string> = new Set();

/** A message with the parts that are its own by `filesByMessage`. */
export function withOwnParts(message: MailMessage, files: MessageFiles | undefined): MailMessage {
  if (files === undefined) return message;
  const { leaves, given } = files;
  const isInline = message.parts.length === 0 && leaves.length > 0;
  if (isInline) return { ...message, parts: leaves.map(({ part }) => part) };
  if (given.size === 0) return message;
  return { ...message, parts: message.parts.filter(({ path }) => !given.has(path)) };
}

/** The message to whose stretches alone each part belongs, by the part's path. One pass a page. */
function ownersOf(
  shares: ReadonlyMap<string, readonly ShownBody[]>,
  holder: string,
  pointers: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  if (pointers.size === 0) return owners;
  const partsAt = new Map<string, string[]>();
  for (const [part, targets] of pointers)
    for (const target of targets) partsAt.set(target, [...(partsAt.get(target) ?? []), part]);
  for (const [message, pages] of shares) {
    const shown = new Set(pages.flatMap(({ text }) => [...partsShownIn(text, partsAt)]));
    // What two of them show, or the mail itself, is the mail's.
    for (const part of shown) owners.set(part, owners.has(part) ? holder : message);
  }
  return owners;
}

/** The parts to which a page points, as values of attributes and of style sheets are written. */
function partsShownIn(
  page: string,
  partsAt: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const parts = new Set<string>();
  const found = new Set<string>();
  const plain = page.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  for (const [word] of plain.matchAll(/[^\s"'<>()]+/g)) {
    if (found.has(word)) continue;
    // A value may stand without quotes: `src=cid:a`. An equals sign may be its own, too.
    for (const value of [word, word.slice(word.indexOf('=') + 1)])
      for (const part of partsAt.get(value.replace(/^cid:/i, 'cid:')) ?? []) {
        found.add(word);
        parts.add(part);
      }
  }
  return parts;
}

/** One leaf with its transfer encoding undone: a body, a file. */
export interface HeldLeaf {
  readonly part: MailPart;
  readonly bytes: Uint8Array;
  /**
   * Only where what it holds was read as messages and parts of its own: archives, Outlook's forms.
   */
  readonly opened?: true;
}

/** The same leaves; those at these paths are marked as opened. */
export const withOpenedMarked = (
  leaves: readonly HeldLeaf[],
  paths: ReadonlySet<string>,
): readonly HeldLeaf[] =>
  leaves.map((leaf) => (paths.has(leaf.part.path) ? { ...leaf, opened: true } : leaf));

/** One body that a mail client shows, or a stretch of it; line ends are line feeds. */
export interface ShownBody {
  /** The part's path. */
  readonly path: string;
  readonly kind: 'plain' | 'html';
  readonly text: string;
  /** Where `text` begins in the part's text, for a stretch of it; 0 where it is left out. */
  readonly at?: number;
  /**
   * Where words were joined in `text` that soft breaks had parted (`joinSoftBreaks`), if any were.
   */
  readonly joins?: readonly number[];
}

/** Gathers what was read of a message's leaves. `sharesOf` is asked once, with the bodies. */
export function contentOf(
  path: string,
  bytes: Uint8Array,
  leaves: ReadonlyMap<TreeNode, Leaf>,
  sharesOf: (bodies: readonly ShownBody[]) => MessageContent['shares'],
): MessageContent {
  const all = [...leaves.values()];
  const bodies = all.flatMap(({ part, shown }) =>
    shown === null ? [] : [shownBody(part.path, shown)],
  );
  return {
    path,
    bytes,
    bodies,
    shares: sharesOf(bodies),
    leaves: all.map(({ part, bytes: decoded }) => ({ part, bytes: decoded })),
    pointers: () => pointersTo(leaves),
  };
}

/** Shorter names stand in any page. */
const LOCATION_LENGTH_MIN = 6;

function pointersTo(leaves: ReadonlyMap<TreeNode, Leaf>): ReadonlyMap<string, readonly string[]> {
  const pointers = new Map<string, readonly string[]>();
  for (const [{ path, header }, { shown }] of leaves) {
    if (shown !== null) continue;
    const targets: string[] = [];
    for (const { name, valueAt, end } of header.fields) {
      const isId = /^content-id$/i.test(name);
      if (!isId && !/^content-location$/i.test(name)) continue;
      const value = header.text.slice(valueAt - header.textAt, end - header.textAt).trim();
      const bare = value.replace(/^<|>$/g, '');
      if (isId && bare !== '') targets.push(`cid:${bare}`, `cid:${bare.replace('@', '%40')}`);
      if (!isId && bare.length >= LOCATION_LENGTH_MIN) targets.push(bare);
    }
    if (targets.length > 0) pointers.set(path, targets);
  }
  return pointers;
}

function shownBody(path: string, { html, text, joins }: NonNullable<Leaf['shown']>): ShownBody {
  if (html) return { path, kind: 'html', text: lineFeeds(text) };
  return joins === undefined ? { path, kind: 'plain', text } : { path, kind: 'plain', text, joins };
}

/**
 * Cuts the HTML bodies of a message among the messages that stand in them, so that the links of one
 * are not taken for those of another: the reporter's signature is not the original's.
 *
 * Forwards that the HTML does not show have no share. Where it shows none, all of it goes to the
 * first that was handed on: links behind the words of an original must not be lost.
 */
export function inlineShares(
  inline: InlineReading,
  { path, subject, from: author }: Pick<InlineHolder, 'path' | 'subject' | 'from'>,
  bodies: readonly ShownBody[],
  kernels: Kernels,
): MessageContent['shares'] {
  const { forwards, text } = inline;
  if (forwards.length === 0) return null;
  const pages = bodies.filter(({ kind }) => kind === 'html');
  return () => {
    const shares = new Map<string, ShownBody[]>();
    const give = (to: string, pieces: readonly ShownBody[]): void =>
      void shares.set(to, [...(shares.get(to) ?? []), ...pieces]);
    if (inline.handedOn.size > 0) give(path, []);
    for (const page of pages) {
      const places = placesInHtml(forwards, { html: page.text, subject, author, text }, kernels);
      for (const [forward, { source }] of places) {
        const to = inline.paths.get(forward);
        if (to !== undefined) give(to, without(page, source, placesOf(forward.nested, places)));
      }
      const [first] = inline.handedOn;
      const taken = placesOf([...inline.handedOn], places);
      if (first === undefined) continue;
      if (places.size === 0) give(inline.paths.get(first) ?? path, [page]);
      else give(path, without(page, { start: 0, end: page.text.length }, taken));
    }
    return shares;
  };
}

type Stretch = HtmlPlace['source'];

const placesOf = (
  forwards: readonly InlineForward[],
  places: ReadonlyMap<InlineForward, HtmlPlace>,
): readonly Stretch[] => forwards.flatMap((forward) => places.get(forward)?.source ?? []);

/** A stretch of a page without those inside it. */
function without(
  page: ShownBody,
  { start, end }: Stretch,
  taken: readonly Stretch[],
): readonly ShownBody[] {
  const pieces: ShownBody[] = [];
  const keep = (from: number, to: number): void => {
    if (to > from) pieces.push({ ...page, text: page.text.slice(from, to), at: from });
  };
  let at = start;
  for (const hole of taken.toSorted((a, b) => a.start - b.start)) {
    keep(at, Math.min(end, hole.start));
    at = Math.max(at, hole.end);
  }
  keep(at, end);
  return pieces;
}
