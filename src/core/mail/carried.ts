import type { Kernels } from '../base/index.ts';
import { isSummaryRow } from '../forward/index.ts';
import { createMboxSplitter } from '../mbox/index.ts';
import { kindOf } from './field-kind.ts';
import { fileNameOf, type Leaf } from './leaf.ts';
import type { Forward } from './mail.ts';
import { firstField } from './raw-field.ts';
import { looksLikeMail, sniffKind } from './sniff.ts';
import type { MessageNode, TreeNode } from './tree-node.ts';

/** How a mail came into another as a part or file; the ways left out are told elsewhere. */
export type ArrivalMethod = Exclude<
  Forward['method'],
  'inline-html' | 'inline-text' | 'pasted-headers' | 'archive' | 'saved-copy'
>;

const RECEIVED = kindOf('received');
const MAIL_FILE = /\.(?:eml|email|mht|mail)$/i;
const MESSAGE_TYPES: ReadonlySet<string> = new Set([
  ...['message/rfc822', 'message/global', 'message/news', 'application/eml', 'application/x-eml'],
  ...['text/rfc822-headers', 'message/global-headers'],
]);
/** Types that say nothing of what is inside. */
const UNSAID_TYPES: ReadonlySet<string> = new Set([
  ...['application/octet-stream', 'application/binary', 'application/x-unknown', 'text/plain'],
  ...['application/download', 'application/force-download', 'application/rfc822', 'text/eml'],
]);
const LOOK_BYTES = 8_192;

/**
 * Whether a leaf's decoded bytes are a message, and how it came: declared so and encoded, as an
 * attached file of any type, or as the header part of a report. Null: no message.
 */
export function arrivalOf(leaf: Leaf, root: TreeNode, kernels: Kernels): ArrivalMethod | null {
  const { node, bytes } = leaf;
  const fileName = fileNameOf(node);
  const named = fileName !== null && MAIL_FILE.test(fileName.trim());
  const declared = MESSAGE_TYPES.has(node.type);
  const attached = node.disposition?.value === 'attachment' || fileName !== null;
  if (!declared && !named && !(attached && UNSAID_TYPES.has(node.type))) return null;
  const head = kernels.latin1(bytes, 0, Math.min(bytes.length, LOOK_BYTES));
  const lines = head.replace(/^(?:\xef\xbb\xbf)?[\r\n]*/, '').split(/\r\n|\n|\r/);
  const isMail = looksLikeMail(lines) && !isSummed(lines) && !isArchive(bytes, kernels);
  if (!declared && !isMail) return null;
  if (reportKind(root) !== null) return 'report';
  if (!declared || node.type.startsWith('application/')) return 'attached-file';
  if (node.type.endsWith('headers')) return 'report';
  return node.encoding === 'identity' ? 'attached' : 'attached-encoded';
}

/**
 * Its first lines are a summary, whose rows From and To look like fields: the source stands below.
 */
const isSummed = (lines: readonly string[]): boolean =>
  lines.slice(0, Math.max(0, lines.indexOf(''))).some(isSummaryRow);

/**
 * Whether bytes with mail header fields in them are an archive of mails: a zip whose entries are
 * stored, an mbox of several. One mail with an envelope line on top is a mail.
 */
function isArchive(bytes: Uint8Array, kernels: Kernels): boolean {
  const kind = sniffKind(bytes.subarray(0, LOOK_BYTES), kernels);
  if (kind !== 'mbox') return kind === 'zip';
  const splitter = createMboxSplitter(kernels);
  const ranges = [...splitter.push(bytes), ...splitter.end().ranges];
  return ranges.filter((range) => range.kind === 'message').length > 1;
}

/** How a message that stands in the clear came. */
export function clearArrival(node: TreeNode, root: TreeNode): ArrivalMethod {
  if (reportKind(root) !== null) return 'report';
  return node.inDigest ? 'digest' : 'attached';
}

/**
 * `abuse`: a feedback report (RFC 5965), whose message is the one complained of. `delivery`: a
 * bounce or receipt (RFC 3464, 8098), which gives back what its reader had sent.
 */
export function reportKind(root: TreeNode): 'abuse' | 'delivery' | null {
  const types = root.children.map((child) => child.type);
  if (types.includes('message/feedback-report')) return 'abuse';
  const receipts = ['message/delivery-status', 'message/disposition-notification'];
  const delivery = [...receipts, 'message/global-delivery-status'];
  return delivery.some((type) => types.includes(type)) ? 'delivery' : null;
}

/** What an attached message can still show, and what this copy lacks. */
export function forwardOf(method: ArrivalMethod, message: MessageNode): Forward {
  const { root } = message;
  const lost: string[] = [];
  if (root.header.fields.length === 0) lost.push('headers');
  if (firstField(root.header, RECEIVED) === null) lost.push('route', 'authentication');
  const headersOnly = root.bodyAt >= root.end && root.end > root.start;
  if (method === 'report' && headersOnly) lost.push('text', 'attachments', 'html');
  return { method, intact: lost.length === 0, lost };
}
