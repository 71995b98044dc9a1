import { charsetLabel } from './leaf.ts';
import type { TreeNode } from './tree-node.ts';

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
