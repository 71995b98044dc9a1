import { Boundaries, type Delimiter } from './boundaries.ts';
import { hasCrLines } from './header-block.ts';
import type { MailDefect } from './mail.ts';
import { PARTS_MAX } from './mail-limits.ts';
import { NodeReader, type TreeContext } from './node-reader.ts';
import type { MessageNode, TreeNode } from './tree-node.ts';

/** The bytes from `start` to before `end` that hold a message; `depth`: messages around it. */
export interface TreePlace {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly path: string;
  readonly depth: number;
}

/**
 * Reads a message and everything in it that stands in the clear, in one pass over its bytes.
 *
 * Multiparts and messages inside messages are opened to `DEPTH_MAX`, parts to `PARTS_MAX`; what
 * lies beyond stays one leaf. Encoded messages are leaves: whoever decodes them reads on.
 */
export const readMessageTree = (place: TreePlace, context: TreeContext): MessageNode =>
  new TreeReader(place, context).read();

const LF = 0x0a;
const CR = 0x0d;

interface Frame {
  readonly node: TreeNode;
  readonly message: MessageNode;
  readonly depth: number;
  /** Position in the chain of open nodes. */
  readonly chain: number;
}

class TreeReader {
  readonly #place: TreePlace;
  readonly #context: TreeContext;
  readonly #nodes: NodeReader;
  readonly #boundaries: Boundaries;
  /** The open multiparts, as `#boundaries` has them. */
  readonly #frames: Frame[] = [];
  /** Open nodes, outermost first; their ends are not known yet. */
  readonly #chain: TreeNode[] = [];
  #searchAt: number;

  constructor(place: TreePlace, context: TreeContext) {
    const { bytes, start, end } = place;
    const crLines = hasCrLines(bytes, start, end);
    this.#place = place;
    this.#context = context;
    this.#boundaries = new Boundaries({ bytes, end, crLines }, context.kernels);
    this.#nodes = new NodeReader({ bytes, end, crLines }, this.#boundaries, context);
    this.#searchAt = start;
  }

  read(): MessageNode {
    const { start, path, depth, end } = this.#place;
    const message = this.#openMessage(start, path, depth);
    while (this.#boundaries.count > 0) {
      const line = this.#boundaries.nextDashLine(this.#searchAt);
      if (line < 0) break;
      this.#searchAt = line + 2;
      const delimiter = this.#boundaries.match(line);
      if (delimiter !== null && !this.#delimit(line, delimiter)) break;
    }
    this.#closeFrames(0, end);
    this.#closeChain(0, end);
    return message;
  }

  #openMessage(start: number, path: string, depth: number): MessageNode {
    const defects: MailDefect[] = [];
    const root = this.#nodes.read(start, { path, depth, defects, inDigest: false, message: true });
    const message: MessageNode = { path, root, depth, defects };
    this.#enter(root, message, depth);
    return message;
  }

  #openPart(start: number, { node: parent, message, depth }: Frame): void {
    const node = this.#nodes.read(start, {
      path: `${parent.path}.${parent.children.length + 1}`,
      depth,
      defects: message.defects,
      inDigest: parent.type === 'multipart/digest',
      message: false,
    });
    parent.children.push(node);
    this.#enter(node, message, depth);
  }

  #enter(node: TreeNode, message: MessageNode, depth: number): void {
    this.#chain.push(node);
    this.#searchAt = node.bodyAt - node.header.bytesCut;
    if (node.boundary !== null) {
      if (this.#boundaries.hasPrefix(node.boundary)) {
        message.defects.push({ code: 'boundary-prefix', at: node.start });
      }
      this.#boundaries.open(node.boundary);
      this.#frames.push({ node, message, depth: depth + 1, chain: this.#chain.length - 1 });
    } else if (node.kind === 'message') {
      node.message = this.#openMessage(node.bodyAt, node.path, depth + 1);
    }
  }

  /** Takes a delimiter line; false where the rest of the bytes is not to be opened. */
  #delimit(line: number, { level, closing }: Delimiter): boolean {
    const frame = this.#frames[level]!;
    const contentEnd = this.#beforeBreak(line);
    this.#closeFrames(level + 1, contentEnd);
    this.#closeChain(frame.chain + 1, contentEnd);
    const next = this.#boundaries.lineEnd(line);
    this.#searchAt = next;
    if (closing) {
      this.#keepWhole(frame);
      this.#frames.length = level;
      this.#boundaries.closeFrom(level);
      return true;
    }
    if (this.#context.parts < PARTS_MAX) {
      this.#openPart(next, frame);
      return true;
    }
    this.#keepRest(next, frame);
    return false;
  }

  #beforeBreak(line: number): number {
    const { bytes, start } = this.#place;
    if (line <= start) return start;
    const twoBytes = bytes[line - 1] === LF && line - 2 >= start && bytes[line - 2] === CR;
    return line - (twoBytes ? 2 : 1);
  }

  /** The parts beyond the limit are counted and stay one leaf. */
  #keepRest(start: number, { node: parent }: Frame): void {
    const path = `${parent.path}.${parent.children.length + 1}`;
    const rest = this.#nodes.rest(start, path);
    parent.children.push(rest);
    this.#chain.push(rest);
    let count = 1;
    let line = this.#boundaries.nextDashLine(start);
    for (; line >= 0; line = this.#boundaries.nextDashLine(line + 2)) {
      if (this.#boundaries.match(line)?.closing === false) count += 1;
    }
    this.#context.limits.note('mail-parts', path, count);
    this.#frames.length = 0;
  }

  /** Multiparts from `level` inward end here without a closing delimiter. */
  #closeFrames(level: number, end: number): void {
    for (const frame of this.#frames.splice(level)) {
      if (this.#keepWhole(frame)) continue;
      frame.message.defects.push({ code: 'boundary-unclosed', at: end });
    }
    this.#boundaries.closeFrom(level);
  }

  /** A multipart in which its delimiter never stands is one leaf: nobody loses its text. */
  #keepWhole({ node, message }: Frame): boolean {
    if (node.children.length > 0) return false;
    node.kind = 'leaf';
    if (node === message.root) node.path = `${node.path}.1`;
    message.defects.push({ code: 'boundary-unmatched', at: node.start });
    return true;
  }

  #closeChain(from: number, end: number): void {
    for (const node of this.#chain.splice(from)) {
      node.end = Math.max(node.start, end);
      node.bodyAt = Math.min(node.bodyAt, node.end);
    }
  }
}
