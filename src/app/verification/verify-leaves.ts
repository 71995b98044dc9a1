import type { Kernels } from '../../core/base/index.ts';
import {
  appendLeaves,
  type CompactRange,
  EMPTY_RANGE,
  leafHash,
  rootOf,
  sameHash,
} from '../../core/evidence/index.ts';
import type { AuditPage, LoggedRecord } from '../ports/index.ts';
import type { SignedState } from './verify-checkpoints.ts';
import type { ProblemList, VerifyProblem } from './verify-problem.ts';

/**
 * Follows the log leaf by leaf and compares its root with every signed one.
 *
 * Two trees grow: one of the stored leaf hashes, one of the hashes that the bodies have. Where they
 * part, the signed root behind it tells which of the two was altered.
 */
export class LeafVerifier {
  readonly #states: readonly SignedState[];
  readonly #kernels: Kernels;
  readonly #problems: ProblemList;
  #stored: CompactRange = EMPTY_RANGE;
  #hashed: CompactRange = EMPTY_RANGE;
  #nextState = 0;
  #undecided: number[] = [];
  #rootDiffers = false;
  /** With a leaf missing no later root can be computed. */
  #isBroken = false;

  constructor(states: readonly SignedState[], kernels: Kernels, problems: ProblemList) {
    this.#states = states;
    this.#kernels = kernels;
    this.#problems = problems;
  }

  /** Leaves read so far, without a gap. */
  get size(): number {
    return this.#stored.size;
  }

  /** The leaves of the page whose bodies are what was hashed, by index. */
  add(page: AuditPage): ReadonlyMap<number, LoggedRecord> {
    const byIndex = new Map(page.leaves.map((leaf) => [leaf.index, leaf]));
    const sound = new Map<number, LoggedRecord>();
    for (let index = page.from; index <= page.to; index += 1) {
      const leaf = byIndex.get(index);
      if (leaf === undefined) this.#miss(index, page);
      else if (this.#take(leaf)) sound.set(index, leaf);
    }
    return sound;
  }

  /** After the last page: what nobody signed for, and what no root could decide. */
  finish(): void {
    const signed = this.#states.at(-1)?.size ?? 0;
    if (this.#stored.size > signed) this.#problems.add({ code: 'leaf-unsigned', index: signed });
    for (let index = this.#stored.size; index < signed && !this.#isBroken; index += 1) {
      this.#problems.add({ code: 'leaf-missing', index });
    }
    this.#decide('unknown');
  }

  #miss(index: number, page: AuditPage): void {
    this.#isBroken = true;
    const isTold = page.unreadable.some(
      ({ table, from, to }) => table === 'log_leaf' && from <= index && index <= to,
    );
    if (!isTold) this.#problems.add({ code: 'leaf-missing', index });
  }

  #take(leaf: LoggedRecord): boolean {
    const hashed = leafHash(this.#kernels.encode(leaf.body), this.#kernels);
    const isSound = sameHash(hashed, leaf.leafHash);
    if (!isSound) this.#undecided.push(leaf.index);
    if (this.#isBroken) return isSound;
    this.#stored = appendLeaves(this.#stored, [leaf.leafHash], this.#kernels);
    this.#hashed = appendLeaves(this.#hashed, [hashed], this.#kernels);
    while (this.#states[this.#nextState]?.size === this.#stored.size) this.#compare();
    return isSound;
  }

  #compare(): void {
    const state = this.#states[this.#nextState]!;
    this.#nextState += 1;
    const vouched = [this.#stored, this.#hashed].find((range) =>
      sameHash(rootOf(range, this.#kernels), state.root),
    );
    if (vouched === undefined) {
      if (!this.#rootDiffers) {
        this.#problems.add({ code: 'checkpoint-root-differs', size: state.size });
      }
      this.#rootDiffers = true;
      this.#decide('unknown');
      return;
    }
    this.#decide(vouched === this.#stored ? 'body' : 'hash');
    if (!samePeaks(vouched, state.peaks)) {
      this.#problems.add({
        code: 'checkpoint-row-differs',
        size: state.size,
        column: 'peaks',
      });
    }
  }

  #decide(part: Extract<VerifyProblem, { code: 'leaf-altered' }>['part']): void {
    for (const index of this.#undecided) this.#problems.add({ code: 'leaf-altered', index, part });
    this.#undecided = [];
  }
}

function samePeaks({ peaks }: CompactRange, bytes: Uint8Array): boolean {
  return (
    bytes.length === 32 * peaks.length &&
    peaks.every((peak, n) => sameHash(peak, bytes.subarray(32 * n, 32 * (n + 1))))
  );
}
