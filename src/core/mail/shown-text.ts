import { htmlToText } from '../html/index.ts';
import type { Leaf } from './leaf.ts';
import type { TreeNode } from './tree-node.ts';

/** The words of a message, and which body they were taken from. */
export interface ShownText {
  readonly text: string;
  readonly textFrom: 'plain' | 'html' | 'none';
  /** The HTML bodies, as they stand; null where there is none. */
  readonly html: string | null;
}

interface Piece {
  readonly text: string;
  readonly html: boolean;
}

/**
 * What a message says in words: its text parts, or its HTML as text where no text part says
 * anything. Of alternatives (RFC 2046 section 5.1.4) the plain one counts.
 */
export function shownText(root: TreeNode, leaves: ReadonlyMap<TreeNode, Leaf>): ShownText {
  const shown = [...leaves.values()].flatMap(({ shown: piece }) => piece ?? []);
  const htmlPieces = shown.filter((piece) => piece.html);
  const html = htmlPieces.length === 0 ? null : htmlPieces.map(({ text }) => text).join('\n');
  const pieces = chosen(piecesOf(root, leaves));
  const [first] = pieces;
  if (first === undefined) return { text: '', textFrom: 'none', html };
  const texts = pieces.map((piece) => (piece.html ? htmlToText(piece.text) : piece.text));
  return { text: joined(texts), textFrom: first.html ? 'html' : 'plain', html };
}

const isBlank = (piece: Piece): boolean => !/\S/.test(piece.text);

/** Text first: an HTML part beside it repeats it. HTML first: text behind it is a list's footer. */
function chosen(pieces: readonly Piece[]): readonly Piece[] {
  const spoken = pieces.filter((piece) => !isBlank(piece));
  const [first] = spoken;
  if (first === undefined) return pieces.slice(0, 1);
  return first.html ? spoken : pieces.filter((piece) => !piece.html);
}

function piecesOf(node: TreeNode, leaves: ReadonlyMap<TreeNode, Leaf>): readonly Piece[] {
  if (node.kind === 'leaf') {
    const shown = leaves.get(node)?.shown ?? null;
    return shown === null ? [] : [shown];
  }
  const lists = node.children.map((child) => piecesOf(child, leaves));
  if (node.type !== 'multipart/alternative') return lists.flat();
  const says = (html: boolean) => (list: readonly Piece[]) =>
    list.some((piece) => piece.html === html && !isBlank(piece));
  return lists.find(says(false)) ?? lists.findLast(says(true)) ?? lists[0] ?? [];
}

/** Parts end before their delimiter's line break: a break of our own keeps their lines apart. */
function joined(texts: readonly string[]): string {
  const pieces: string[] = [];
  let ended = true;
  for (const text of texts) {
    const piece: string = ended ? text : `\n${text}`;
    pieces.push(piece);
    if (piece !== '') ended = piece.endsWith('\n');
  }
  return pieces.join('');
}
