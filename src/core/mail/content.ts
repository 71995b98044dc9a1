import { type Leaf, lineFeeds } from './leaf.ts';
import type { MailPart } from './mail.ts';
import type { TreeNode } from './tree-node.ts';

/** The bytes and bodies behind one message, for whoever judges it; not kept in a reading. */
export interface MessageContent {
  /** The message's path. */
  readonly path: string;
  /** Exactly the bytes that the message's places count in. */
  readonly bytes: Uint8Array;
  /** Text that a mail client shows, decoded, as it stands: HTML with its tags. */
  readonly bodies: readonly ShownBody[];
  /** Every leaf with its transfer encoding undone. */
  readonly leaves: readonly { readonly part: MailPart; readonly bytes: Uint8Array }[];
}

export interface ShownBody {
  /** The part's path. */
  readonly path: string;
  readonly kind: 'plain' | 'html';
  readonly text: string;
}

export function contentOf(
  path: string,
  bytes: Uint8Array,
  leaves: ReadonlyMap<TreeNode, Leaf>,
): MessageContent {
  const all = [...leaves.values()];
  return {
    path,
    bytes,
    bodies: all.flatMap(({ part, shown }) => (shown === null ? [] : [shownBody(part.path, shown)])),
    leaves: all.map(({ part, bytes: decoded }) => ({ part, bytes: decoded })),
  };
}

const shownBody = (path: string, { html, text }: NonNullable<Leaf['shown']>): ShownBody =>
  html ? { path, kind: 'html', text: lineFeeds(text) } : { path, kind: 'plain', text };
