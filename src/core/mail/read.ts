import { type Kernels, OnDemand, type Sha256 } from '../base/index.ts';
import { TEXT_BYTES_MAX } from '../charset/index.ts';
import { FORWARD_TEXT_MAX, FORWARDS_MAX } from '../forward/index.ts';
import { type ArrivalMethod, arrivalOf, clearArrival, forwardOf, reportKind } from './carried.ts';
import { contentOf, inlineShares, type MessageContent, type ShownBody } from './content.ts';
import { type HeaderView, viewHeader } from './header-view.ts';
import { circleOf, type InlineReading, namesOlder, readInline } from './inline-message.ts';
import { messageOnDemand, partOnDemand } from './late-message.ts';
import { CharsetsHere, dispositionOf, fileNameOf, type Leaf, readLeaf } from './leaf.ts';
import type {
  Forward,
  Mailbox,
  MailDefect,
  MailMessage,
  MailPart,
  MailReading,
  MessageRole,
} from './mail.ts';
import { DEFECTS_MAX, DEPTH_MAX, LimitLog, MailWork } from './mail-limits.ts';
import { readMessageTree } from './message-tree.ts';
import type { TreeContext } from './node-reader.ts';
import { shownText } from './shown-text.ts';
import type { MessageNode, TreeNode } from './tree-node.ts';

/**
 * Reads one mail and every message that it carries.
 *
 * The outer message comes first, each carried one behind its carrier. Never throws, whatever the
 * bytes; the same bytes give the same reading. Digests are taken from `bytes` when they are first
 * asked for: whoever keeps a reading must not write over its bytes. `path` is the outer message's
 * place, `0` unless told; `attached` says that it came in another mail, which only the caller has
 * read. `onContent` is called once a message with bytes of its own (not for one that stands
 * inline).
 */
export function readMessage(
  bytes: Uint8Array,
  kernels: Kernels,
  options: ReadOptions = {},
): MailReading {
  const limits = new LimitLog();
  const { onContent = null, work = new MailWork().addMail(bytes) } = options;
  const reader = new MessageReader(plainArray(bytes), limits, kernels, { onContent, work });
  reader.readOuter(options.path ?? '0', options.attached ?? false);
  return { messages: reader.messages, limits: limits.list() };
}

/** Without a platform's own prototype: of one shape, bytes are read by tighter code. */
const plainArray = (bytes: Uint8Array): Uint8Array =>
  new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);

interface ReadOptions {
  readonly path?: string;
  readonly attached?: boolean;
  readonly onContent?: OnContent | undefined;
  /** Where it is shared with other mails; else it is this one's. */
  readonly work?: MailWork | undefined;
}

type OnContent = (content: MessageContent) => void;

/** A message found in a tree, the bytes that its places count in, and how it came there. */
interface Arrived {
  readonly message: MessageNode;
  readonly bytes: Uint8Array;
  /** The same bytes stand in the mail that was read; null: they came out of an encoding. */
  readonly clear: boolean;
  readonly sha256: OnDemand<Sha256>;
  readonly forward: Forward | null;
  /** It was attached, with a route of its own: it stays an original, whatever text it holds. */
  readonly isReported: boolean;
  /** Given back by a report to the one who sent it: not what was reported. */
  readonly returned: boolean;
}

class MessageReader {
  readonly messages: MailMessage[] = [];
  readonly #bytes: Uint8Array;
  readonly #limits: LimitLog;
  readonly #kernels: Kernels;
  readonly #context: TreeContext;
  readonly #work: MailWork;
  readonly #onContent: OnContent | null;

  constructor(
    bytes: Uint8Array,
    limits: LimitLog,
    kernels: Kernels,
    { onContent, work }: { readonly onContent: OnContent | null; readonly work: MailWork },
  ) {
    this.#onContent = onContent;
    this.#bytes = bytes;
    this.#limits = limits;
    this.#kernels = kernels;
    this.#context = { kernels, limits, parts: 0 };
    this.#work = work;
  }

  readOuter(path: string, attached: boolean): void {
    const bytes = this.#bytes;
    const place = { bytes, start: 0, end: bytes.length, path, depth: 0 };
    const message = readMessageTree(place, this.#context);
    const nul = this.#kernels.indexOf(bytes, NUL, 0);
    if (nul >= 0) message.defects.push({ code: 'nul-byte', at: nul });
    const sha256 = this.#digestOf(bytes);
    const isReported = attached && forwardOf('attached-file', message).intact;
    this.#read({ message, bytes, clear: true, sha256, forward: null, isReported, returned: false });
  }

  #read(arrived: Arrived): void {
    const { message, bytes, returned, isReported } = arrived;
    const { root } = message;
    const slot = this.messages.length;
    const nodes = leavesOf(root);
    const charsets = new CharsetsHere(root, nodes);
    const leaves = this.#readLeaves(nodes, arrived, charsets);
    const parts: MailPart[] = [];
    const carried: Arrived[] = [];
    for (const node of nodes) {
      const leaf = leaves.get(node);
      const inside =
        leaf === undefined ? this.#inClear(node, arrived) : this.#inLeaf(leaf, arrived);
      if (inside !== null) carried.push(inside);
      parts.push(leaf?.part ?? this.#messagePart(node, arrived, inside));
    }
    const view = viewHeader(
      {
        block: root.header,
        bytes,
        messageAt: root.start,
        path: message.path,
        limits: this.#limits,
        charsets,
      },
      this.#kernels,
    );
    const shown = shownText(root, leaves);
    const { subject, from, to, headers } = view;
    const marks = {
      namesOlder: () => namesOlder(headers),
      isBare: headers.length === 0,
      circle: () => circleOf(headers),
    };
    const holder = { path: message.path, subject, from, to, ...marks };
    const inline = readInline(shown, { ...holder, isReported }, this.#kernels, this.#limits);
    this.#noteForwardLimits(message.path, shown.text.length, inline.messages.length);
    const own = bytes.subarray(root.start, root.end);
    const sharesOf = (bodies: readonly ShownBody[]) =>
      inlineShares(inline, holder, bodies, this.#kernels);
    this.#onContent?.(contentOf(message.path, own, leaves, sharesOf));
    for (const inside of carried) this.#read(inside);
    const attached = this.messages.slice(slot);
    const quoted = returned ? [] : inlineOnly(inline.messages, attached);
    this.messages.push(...quoted);
    const role = returned ? 'attached' : roleOf({ attached, quoted, isReported });
    // A carrier stands before what it carries, and its role follows from that.
    const either = eitherOf(inline, { attached, quoted, author: from })?.either;
    const read = messageOnDemand({
      path: message.path,
      offset: arrived.clear ? root.start : null,
      length: root.end - root.start,
      sha256: arrived.sha256,
      role,
      headers: view.headers,
      from: view.from,
      authors: view.authors,
      replyTo: view.replyTo,
      to: view.to,
      subject: view.subject,
      dateText: view.dateText,
      date: view.date,
      messageId: view.messageId,
      parts,
      text: inline.ownText,
      textFrom: shown.textFrom,
      route: view.route,
      forward: arrived.forward,
      defects: defectsOf(message, view, leaves),
      either,
      quotes: either && inline.forwards[0]?.announced === 'shown' ? true : undefined,
      dateInterval: view.dateInterval,
    });
    this.messages.splice(slot, 0, read);
  }

  #digestOf(bytes: Uint8Array): OnDemand<Sha256> {
    return new OnDemand(() => this.#kernels.sha256(bytes));
  }

  #noteForwardLimits(path: string, length: number, forwards: number): void {
    if (forwards >= FORWARDS_MAX) this.#limits.note('mail-forwards', path);
    if (length > FORWARD_TEXT_MAX)
      this.#limits.note('mail-forward-text', path, length - FORWARD_TEXT_MAX);
  }

  #readLeaves(
    nodes: readonly TreeNode[],
    { bytes, message }: Arrived,
    charsets: Iterable<string>,
  ): Map<TreeNode, Leaf> {
    const leaves = new Map<TreeNode, Leaf>();
    const source = { bytes, messageAt: message.root.start, charsets };
    let textSeen = false;
    for (const node of nodes) {
      if (node.kind === 'message') continue;
      const shows = isShown(node, textSeen);
      textSeen ||= shows;
      const leaf = readLeaf(node, source, shows, this.#kernels);
      const unread = shows ? leaf.bytes.length - TEXT_BYTES_MAX : 0;
      if (unread > 0) this.#limits.note('mail-text-bytes', node.path, unread);
      leaves.set(node, leaf);
    }
    return leaves;
  }

  #inClear(node: TreeNode, carrier: Arrived): Arrived | null {
    const { message } = node;
    if (message === null || !this.#afford(node)) return null;
    const { bytes, clear } = carrier;
    const sha256 = this.#digestOf(bytes.subarray(node.bodyAt, node.end));
    const method = clearArrival(node, carrier.message.root);
    return { message, bytes, clear, sha256, ...this.#coming(method, message, carrier) };
  }

  #inLeaf(leaf: Leaf, carrier: Arrived): Arrived | null {
    const { node } = leaf;
    const depth = carrier.message.depth + 1;
    const method = arrivalOf(leaf, carrier.message.root, this.#kernels);
    if (method === null || !this.#affordDepth(depth, node) || !this.#afford(node)) return null;
    const inPlace = leaf.bytes.length === node.end - node.bodyAt && node.encoding === 'identity';
    const place = inPlace
      ? { bytes: carrier.bytes, start: node.bodyAt, end: node.end }
      : { bytes: leaf.bytes, start: 0, end: leaf.bytes.length };
    const message = readMessageTree({ ...place, path: node.path, depth }, this.#context);
    const clear = inPlace && carrier.clear;
    const coming = this.#coming(method, message, carrier);
    return { message, bytes: place.bytes, clear, sha256: leaf.digest, ...coming };
  }

  #coming(method: ArrivalMethod, message: MessageNode, carrier: Arrived) {
    const returned = carrier.returned || reportKind(carrier.message.root) === 'delivery';
    const forward = forwardOf(method, message);
    return { forward, isReported: forward.intact, returned };
  }

  /** Messages inside each other are hashed level by level. */
  #afford(node: TreeNode): boolean {
    if (this.#work.afford(node.end - node.bodyAt)) return true;
    this.#limits.note('mail-work', node.path);
    return false;
  }

  #affordDepth(depth: number, node: TreeNode): boolean {
    if (depth < DEPTH_MAX) return true;
    this.#limits.note('mail-depth', node.path);
    return false;
  }

  /** A carried message as a part of its carrier: what it was called there. */
  #messagePart(node: TreeNode, carrier: Arrived, inside: Arrived | null): MailPart {
    const body = carrier.bytes.subarray(node.bodyAt, node.end);
    return partOnDemand({
      path: node.path,
      contentType: node.type,
      charset: null,
      charsetHow: null,
      charsetDeclared: null,
      encoding: node.encodingLabel === '' ? '7bit' : node.encodingLabel,
      fileName: fileNameOf(node),
      disposition: dispositionOf(node),
      offset: node.bodyAt - carrier.message.root.start,
      length: body.length,
      bytes: body.length,
      sha256: inside?.sha256 ?? this.#digestOf(body),
    });
  }
}

const NUL = Uint8Array.of(0);

/** What is handed on makes a carrier; the text in a message with a route of its own does not. */
export function roleOf(held: {
  readonly attached: readonly MailMessage[];
  readonly quoted: readonly MailMessage[];
  readonly isReported: boolean;
}): MessageRole {
  const carries = ({ role }: MailMessage): boolean => role !== 'attached';
  if (held.attached.some(carries)) return 'carrier';
  return !held.isReported && held.quoted.some(carries) ? 'carrier' : 'original';
}

/**
 * A mail that carries another as a file too, which had gone to its author, is no doubt a carrier.
 * Anybody can attach a stranger's mail, and what a bounce returns tells nothing.
 */
export function eitherOf(
  { isEither }: InlineReading,
  held: {
    readonly attached: readonly MailMessage[];
    readonly quoted: readonly MailMessage[];
    readonly author: Mailbox | null;
  },
): Pick<MailMessage, 'either'> | null {
  if (!isEither || held.quoted.length === 0) return null;
  const author = held.author?.address.toLowerCase() ?? '';
  const wasReceived = ({ role, to }: MailMessage): boolean =>
    role !== 'attached' && to.some(({ address }) => address.toLowerCase() === author);
  return author !== '' && held.attached.some(wasReceived) ? null : { either: true };
}

/** An inline copy of a message that is attached too would count the same original twice. */
export function inlineOnly(
  inline: readonly MailMessage[],
  attached: readonly MailMessage[],
): readonly MailMessage[] {
  const subjects = new Set(attached.map((message) => message.subject ?? ''));
  return inline.filter(({ subject }) => subject === null || !subjects.has(subject));
}

/** Leaves and carried messages of one message, in order of standing. */
function leavesOf(root: TreeNode): readonly TreeNode[] {
  const leaves: TreeNode[] = [];
  const visit = (node: TreeNode): void => {
    if (node.kind !== 'multipart') leaves.push(node);
    else for (const child of node.children) visit(child);
  };
  visit(root);
  return leaves;
}

/** A text that a mail client shows in the body: no attachment, and no named file behind another. */
function isShown(node: TreeNode, textSeen: boolean): boolean {
  const whole = node.type.startsWith('multipart/');
  if (node.type !== 'text/plain' && node.type !== 'text/html' && !whole) return false;
  if (node.disposition?.value === 'attachment') return false;
  return !textSeen || node.disposition?.value === 'inline' || fileNameOf(node) === null;
}

function defectsOf(
  { defects, root }: MessageNode,
  view: HeaderView,
  leaves: ReadonlyMap<TreeNode, Leaf>,
): readonly MailDefect[] {
  const all = defects.map(({ code, at }) => ({ code, at: at - root.start }));
  for (const defect of view.defects) all.push(defect);
  for (const leaf of leaves.values()) for (const defect of leaf.defects) all.push(defect);
  return all.length < 2 ? all : all.sort((a, b) => a.at - b.at).slice(0, DEFECTS_MAX);
}
