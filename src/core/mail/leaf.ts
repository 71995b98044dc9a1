import { type Kernels, OnDemand, type Sha256 } from '../base/index.ts';
import { canonicalCharset, decodeBodyText, textBytes } from '../charset/index.ts';
import { parameterOf } from '../header/index.ts';
import { kindOf } from './field-kind.ts';
import { partOnDemand } from './late-message.ts';
import type { MailDefect, MailPart } from './mail.ts';
import { firstField, rawValue } from './raw-field.ts';
import { joinSoftBreaks } from './soft-breaks.ts';
import { decodeTransfer } from './transfer.ts';
import type { TreeNode } from './tree-node.ts';

/** A leaf with its transfer encoding undone, and its text where a mail client would show it. */
export interface Leaf {
  readonly node: TreeNode;
  readonly bytes: Uint8Array;
  readonly part: MailPart;
  readonly digest: OnDemand<Sha256>;
  /** Lines of plain text end with LF; HTML is as it was written, since its reader takes any. */
  readonly shown: Shown | null;
  readonly defects: readonly MailDefect[];
}

interface Shown {
  readonly text: string;
  readonly html: boolean;
  /** Where words were joined in `text` that soft breaks had parted; only where some were. */
  readonly joins?: readonly number[];
}

/**
 * Where a leaf stands. `messageAt`: first byte of its message in `bytes`, from which its places
 * count. `charsets`: labels elsewhere in the message, hints for text that names none.
 */
export interface LeafSource {
  readonly bytes: Uint8Array;
  readonly messageAt: number;
  readonly charsets: Iterable<string>;
}

/** The charset that a part names (RFC 2046 section 4.1.2), as written; null for none. */
const charsetLabel = (node: TreeNode): string | null => parameterOf(node.contentType, 'charset');

/**
 * The file name that mail clients show: `filename` of Content-Disposition (RFC 2183 section 2.3),
 * else `name` of Content-Type. Decoded; never to be used as a path. Null for none.
 */
export function fileNameOf({ contentType, disposition }: TreeNode): string | null {
  const name = disposition === null ? null : parameterOf(disposition, 'filename');
  return name ?? parameterOf(contentType, 'name');
}

const NAMING = [kindOf('content-disposition'), kindOf('content-type')] as const;

/**
 * A name that stands as bytes beyond ASCII, in no charset that its field names, and not in UTF-8.
 */
function isNameGuessed({ header }: TreeNode, source: LeafSource, kernels: Kernels): boolean {
  if (header.ascii) return false;
  return NAMING.some((kind) => {
    const field = firstField(header, kind);
    if (field === null || !/[^\0-\x7f]/.test(rawValue(field, header))) return false;
    return !kernels.isUtf8(source.bytes.subarray(field.valueAt, field.end));
  });
}

/**
 * A second name, beside that in RFC 2231 form or in the other field: programs differ in which they
 * show.
 */
function otherNameOf(node: TreeNode): string | null {
  const { contentType, disposition } = node;
  const plain = disposition?.parameters.get('filename') ?? null;
  const extended = disposition?.parameters.get('filename*') ?? null;
  if (plain !== null && extended !== null && plain !== extended) return plain;
  const typed = plain === null && extended === null ? null : parameterOf(contentType, 'name');
  return typed === '' || typed === fileNameOf(node) ? null : typed;
}

/**
 * Undoes the transfer encoding of a leaf and, where it `shows`, decodes its text, up to
 * `TEXT_BYTES_MAX`. Never throws; what was odd stands in `defects`.
 */
export function readLeaf(
  node: TreeNode,
  source: LeafSource,
  shows: boolean,
  kernels: Kernels,
): Leaf {
  const body = source.bytes.subarray(node.bodyAt, node.end);
  const { bytes, defect } = decodeTransfer(node.encoding, body, kernels);
  const offset = node.bodyAt - source.messageAt;
  const label = charsetLabel(node);
  const html = node.type === 'text/html';
  const text = node.type.startsWith('text/');
  const decoded = shows
    ? decodeBodyText(textBytes(bytes), { label, html, elsewhere: source.charsets }, kernels)
    : null;
  const defects: MailDefect[] = [];
  if (defect !== null) defects.push({ code: defect, at: offset });
  if (fileNameOf(node) !== null && isNameGuessed(node, source, kernels))
    defects.push({ code: 'file-name-guessed', at: offset });
  if (decoded !== null && decoded.defect !== null) {
    defects.push({ code: decoded.defect, at: offset });
  }
  const digest = new OnDemand(() => kernels.sha256(bytes));
  // Of a file that is kept for nothing else, the digest stays and the bytes go.
  if (!shows) digest.get();
  const part = partOnDemand({
    path: node.path,
    contentType: node.type,
    charset: decoded?.charset ?? (label === null || !text ? null : canonicalCharset(label)),
    charsetHow: decoded?.how ?? (label === null || !text ? null : 'label'),
    charsetDeclared: label,
    encoding: node.encodingLabel === '' ? '7bit' : node.encodingLabel,
    fileName: fileNameOf(node),
    otherName: otherNameOf(node),
    disposition: dispositionOf(node),
    offset,
    length: node.end - node.bodyAt,
    bytes: bytes.length,
    sha256: digest,
  });
  const shown = decoded === null ? null : shownAs(node, decoded.text, html);
  return { node, bytes, part, digest, shown, defects };
}

function shownAs(node: TreeNode, decoded: string, html: boolean): Shown {
  if (html) return { text: decoded, html };
  const text = lineFeeds(decoded);
  if (!deletesSpaces(node)) return { text, html };
  const { text: joined, starts } = joinSoftBreaks(text);
  return starts.length === 1 ? { text, html } : { text: joined, html, joins: starts.slice(1) };
}

/** RFC 3676 section 4: `DelSp` says something of flowed text only. */
const deletesSpaces = ({ contentType }: TreeNode): boolean =>
  parameterOf(contentType, 'delsp')?.toLowerCase() === 'yes' &&
  parameterOf(contentType, 'format')?.toLowerCase() === 'flowed';

/** `inline`, `attachment` or another word of Content-Disposition; null for none. */
export const dispositionOf = ({ disposition }: TreeNode): string | null =>
  disposition === null || disposition.value === '' ? null : disposition.value;

/** Two plain patterns: the engine replaces each in one native pass, unlike `/\r\n?/g`. */
export const lineFeeds = (text: string): string =>
  text.includes('\r') ? text.replace(/\r\n/g, '\n').replace(/\r/g, '\n') : text;

const LABELS_MAX = 20;

/**
 * The charsets that a message names, in its parts and encoded words: hints for text that names
 * none. Looked up when first asked for, since hardly any text needs them.
 */
export class CharsetsHere implements Iterable<string> {
  readonly #root: TreeNode;
  readonly #nodes: readonly TreeNode[];
  #labels: readonly string[] | null = null;

  constructor(root: TreeNode, nodes: readonly TreeNode[]) {
    this.#root = root;
    this.#nodes = nodes;
  }

  [Symbol.iterator](): Iterator<string> {
    this.#labels ??= this.#find();
    return this.#labels[Symbol.iterator]();
  }

  #find(): readonly string[] {
    const labels = new Set<string>();
    for (const node of this.#nodes) {
      const label = charsetLabel(node);
      if (label !== null) labels.add(label);
      if (labels.size >= LABELS_MAX / 2) break;
    }
    const { plain, text } = this.#root.header;
    if (plain) return [...labels];
    for (const word of text.matchAll(/=\?([^?*\s]{1,60})/g)) {
      labels.add(word[1]!);
      if (labels.size >= LABELS_MAX) break;
    }
    return [...labels];
  }
}
