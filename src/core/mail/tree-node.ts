import type { ContentHeader } from '../header/index.ts';
import type { MailDefect } from './mail.ts';
import type { HeaderBlock } from './raw-field.ts';
import type { TransferEncoding } from './transfer.ts';

/** One node of a message tree. Places count from the first of the bytes that were read. */
export interface TreeNode {
  path: string;
  kind: 'multipart' | 'message' | 'leaf';
  readonly start: number;
  /** Behind the header; never behind `end`. */
  bodyAt: number;
  /** Before the line break that belongs to the next delimiter. */
  end: number;
  readonly header: HeaderBlock;
  /** Lower case: `text/plain`. */
  readonly type: string;
  readonly contentType: ContentHeader;
  readonly disposition: ContentHeader | null;
  /** As declared, lower case; empty where nothing is. */
  readonly encodingLabel: string;
  readonly encoding: TransferEncoding;
  /** Of a multipart that was opened. */
  readonly boundary: Uint8Array | null;
  readonly children: TreeNode[];
  /** What a `message` node carries in the clear. */
  message: MessageNode | null;
  /** Directly in a multipart/digest. */
  readonly inDigest: boolean;
}

/** A message of the tree: its root node, and what is wrong with it. */
export interface MessageNode {
  readonly path: string;
  readonly root: TreeNode;
  readonly depth: number;
  /** Places count as those of the nodes do. */
  readonly defects: MailDefect[];
}
