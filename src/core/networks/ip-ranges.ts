import { ipv6Groups } from '../observables/index.ts';

/** Words of an address: one for IPv4, four for IPv6. */
type Width = 1 | 4;

/** Sorted ranges of one address family, each with the id of what is said of it. */
export class IpRanges {
  readonly #width: Width;
  #from: Uint32Array;
  #until: Uint32Array;
  #ids: Uint32Array = new Uint32Array(1024);
  size = 0;

  constructor(width: Width) {
    this.#width = width;
    this.#from = new Uint32Array(1024 * width);
    this.#until = new Uint32Array(1024 * width);
  }

  /** False, and nothing is kept, where the range is turned round or not behind the last one. */
  push(from: readonly number[], until: readonly number[], id: number): boolean {
    const { size } = this;
    if (compare(until, 0, from, 0, this.#width) < 0) return false;
    if (size > 0 && compare(this.#until, size - 1, from, 0, this.#width) >= 0) return false;
    if (size === this.#ids.length) this.#grow();
    this.#from.set(from, size * this.#width);
    this.#until.set(until, size * this.#width);
    this.#ids[size] = id;
    this.size = size + 1;
    return true;
  }

  find(words: readonly number[]): number | null {
    let [low, high] = [0, this.size];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compare(this.#from, middle, words, 0, this.#width) <= 0) low = middle + 1;
      else high = middle;
    }
    const at = low - 1;
    if (at < 0 || compare(this.#until, at, words, 0, this.#width) < 0) return null;
    return this.#ids[at] ?? null;
  }

  #grow(): void {
    const grown = (old: Uint32Array): Uint32Array => {
      const more = new Uint32Array(old.length * 2);
      more.set(old);
      return more;
    };
    this.#from = grown(this.#from);
    this.#until = grown(this.#until);
    this.#ids = grown(this.#ids);
  }
}

function compare(
  a: ArrayLike<number>,
  aAt: number,
  b: ArrayLike<number>,
  bAt: number,
  width: Width,
): number {
  for (let word = 0; word < width; word += 1) {
    const difference = (a[aAt * width + word] ?? 0) - (b[bAt * width + word] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** One word for IPv4, four for IPv6; null for anything else. */
export function wordsOf(text: string): readonly number[] | null {
  if (/^\d{1,39}$/.test(text)) return wordsOfNumber(text);
  const dotted = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (dotted !== null) {
    const [a = 0, b = 0, c = 0, d = 0] = dotted.slice(1).map(Number);
    return Math.max(a, b, c, d) > 255 ? null : [((a * 256 + b) * 256 + c) * 256 + d];
  }
  const groups = text.includes(':') ? ipv6Groups(text) : null;
  if (groups === null) return null;
  return [0, 2, 4, 6].map((at) => (groups[at] ?? 0) * 65_536 + (groups[at + 1] ?? 0));
}

function wordsOfNumber(text: string): readonly number[] | null {
  if (text.length <= 10 && Number(text) < 2 ** 32) return [Number(text)];
  let rest = BigInt(text);
  const words = [0, 0, 0, 0];
  for (let word = 3; word >= 0; word -= 1) {
    words[word] = Number(rest & 0xffff_ffffn);
    rest >>= 32n;
  }
  return rest === 0n ? words : null;
}
