import { assert } from '../base/index.ts';
import type { BitReader } from './golomb.ts';

/** A prefix code for the labels of tags: frequent cells take few bits. */
export interface LabelCode {
  /** By cell: the code word and its length in bits. */
  readonly words: readonly { readonly bits: number; readonly length: number }[];
  /** The cell that the next bits name; -1 where they name none. */
  read(reader: BitReader): number;
}

/** A code word must fit into one write. Fibonacci counts of 10^8 records reach 39: see `lengths`. */
const LENGTH_MAX = 30;

/**
 * Huffman's code (1952) in canonical order, from the counts alone: both sides make the same one.
 * A single cell takes no bits.
 */
export function labelCode(counts: readonly number[]): LabelCode {
  const lengths = codeLengths(counts);
  const order = lengths
    .map((length, cell) => ({ length, cell }))
    .sort((a, b) => a.length - b.length || a.cell - b.cell);
  const words: { bits: number; length: number }[] = [];
  const firsts: { bits: number; at: number; count: number }[] = [];
  let next = 0;
  let length = order[0]?.length ?? 0;
  for (const [at, one] of order.entries()) {
    next *= 2 ** (one.length - length);
    length = one.length;
    firsts[length] ??= { bits: next, at, count: 0 };
    firsts[length]!.count += 1;
    words[one.cell] = { bits: next, length };
    next += 1;
  }
  return { words, read: (reader) => readWord(reader, firsts, order) };
}

function readWord(
  reader: BitReader,
  firsts: readonly (
    | { readonly bits: number; readonly at: number; readonly count: number }
    | undefined
  )[],
  order: readonly { readonly cell: number }[],
): number {
  let bits = 0;
  for (let length = 0; length < firsts.length; length++) {
    const first = firsts[length];
    if (first !== undefined && bits - first.bits < first.count) {
      return order[first.at + bits - first.bits]?.cell ?? -1;
    }
    const bit = reader.bit();
    if (bit === -1) return -1;
    bits = bits * 2 + bit;
  }
  return -1;
}

/** Depths in Huffman's tree: always join the two lightest, the older one first among equals. */
function codeLengths(counts: readonly number[]): readonly number[] {
  // Raising the lightest keeps every code word short enough; it costs a thousandth of a bit.
  const total = counts.reduce((sum, count) => sum + count, 0);
  const floor = total / 2 ** (LENGTH_MAX - 6);
  const leaves = counts
    .map((count, cell) => ({ weight: Math.max(count, floor), cell, parent: -1 }))
    .sort((a, b) => a.weight - b.weight || a.cell - b.cell);
  const nodes: { weight: number; cell: number; parent: number }[] = [...leaves];
  let leaf = 0;
  let inner = leaves.length;
  const lightest = (): number => {
    const [a, b] = [leaf < leaves.length ? nodes[leaf] : undefined, nodes[inner]];
    if (a !== undefined && (b === undefined || a.weight <= b.weight)) return leaf++;
    return inner++;
  };
  for (let joins = 1; joins < leaves.length; joins++) {
    const [a, b] = [lightest(), lightest()];
    const weight = nodes[a]!.weight + nodes[b]!.weight;
    nodes[a]!.parent = nodes.length;
    nodes[b]!.parent = nodes.length;
    nodes.push({ weight, cell: -1, parent: -1 });
  }
  const depths = new Array<number>(nodes.length).fill(0);
  const lengths: number[] = [];
  for (let at = nodes.length - 1; at >= 0; at--) {
    const { parent, cell } = nodes[at]!;
    depths[at] = parent === -1 ? 0 : depths[parent]! + 1;
    if (cell !== -1) lengths[cell] = depths[at]!;
  }
  assert(
    lengths.every((length) => length <= LENGTH_MAX),
    'a code word is too long',
  );
  return lengths;
}
