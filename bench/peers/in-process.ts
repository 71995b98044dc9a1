import { createRequire } from 'node:module';

/** A grouping by another method at one threshold; groups of ids. */
export interface Peer {
  readonly name: string;
  /**
   * The method's work once, then one grouping per threshold: the best one is quoted, to its favour.
   */
  readonly group: (
    texts: readonly { readonly id: string; readonly words: readonly string[] }[],
  ) => readonly { readonly threshold: number; readonly groups: readonly (readonly string[])[] }[];
}

const require = createRequire(import.meta.url);
const { Minhash, LshIndex } = require('minhash') as {
  Minhash: new (options: {
    numPerm: number;
  }) => {
    update(shingle: string): void;
    jaccard(other: unknown): number;
  };
  LshIndex: new (options: {
    bandSize: number;
  }) => {
    insert(key: string, hash: unknown): void;
    query(hash: unknown): string[];
  };
};
const { SimHash } = require('simhash-js') as {
  SimHash: new () => { hash(text: string): number };
};

const THRESHOLDS = [0.3, 0.4, 0.5, 0.6, 0.7];
const PERMUTATIONS = 128;
const BAND = 4;

function shinglesOf(words: readonly string[]): readonly string[] {
  const shingles = new Set<string>();
  for (let at = 0; at + 3 <= words.length; at++) shingles.add(words.slice(at, at + 3).join(' '));
  return [...shingles];
}

/** Union-find over pairs that pass a threshold. */
function groupsOver(
  ids: readonly string[],
  pairs: readonly (readonly [number, number, number])[],
  threshold: number,
): readonly (readonly string[])[] {
  const parent = ids.map((_, at) => at);
  const find = (at: number): number => {
    let root = at;
    while (parent[root] !== root) root = parent[root] ?? root;
    parent[at] = root;
    return root;
  };
  for (const [a, b, similarity] of pairs) {
    if (similarity >= threshold) parent[Math.max(find(a), find(b))] = Math.min(find(a), find(b));
  }
  const groups = new Map<number, string[]>();
  ids.forEach((id, at) => {
    const root = find(at);
    groups.set(root, [...(groups.get(root) ?? []), id]);
  });
  return [...groups.values()];
}

/** npm `minhash` 0.0.9: 128 permutations, its own LSH index, its own Jaccard estimate. */
const npmMinhash: Peer = {
  name: 'npm minhash 0.0.9',
  group: (texts) => {
    const index = new LshIndex({ bandSize: BAND });
    const pairs: [number, number, number][] = [];
    const hashes = texts.map(({ words }, at) => {
      const hash = new Minhash({ numPerm: PERMUTATIONS });
      for (const shingle of shinglesOf(words)) hash.update(shingle);
      index.insert(String(at), hash);
      return hash;
    });
    hashes.forEach((hash, at) => {
      for (const key of index.query(hash).slice(0, CANDIDATES_MAX)) {
        const other = Number(key);
        if (other < at) pairs.push([at, other, hash.jaccard(hashes[other])]);
      }
    });
    return THRESHOLDS.map((threshold) => ({
      threshold,
      groups: groupsOver(
        texts.map(({ id }) => id),
        pairs,
        threshold,
      ),
    }));
  },
};

/** Of one message, so many earlier ones in its buckets are compared: enough for a union-find. */
const CANDIDATES_MAX = 60;

/** k-permutation MinHash in typed arrays with banding: what a careful team would write. */
const typedMinhash: Peer = {
  name: 'JS k-permutation MinHash 128',
  group: (texts) => {
    const buckets = new Map<string, number[]>();
    const signatures: Uint32Array[] = [];
    const pairs: [number, number, number][] = [];
    texts.forEach(({ words }, at) => {
      const signature = signatureOf(words);
      const candidates = new Set<number>();
      for (let band = 0; band < PERMUTATIONS; band += BAND) {
        const key = `${band} ${signature.subarray(band, band + BAND).join(' ')}`;
        const bucket = buckets.get(key);
        if (bucket === undefined) buckets.set(key, [at]);
        else {
          for (const other of bucket.slice(-3)) candidates.add(other);
          bucket.push(at);
        }
      }
      for (const other of candidates) {
        pairs.push([at, other, agreement(signature, signatures[other] ?? signature)]);
      }
      signatures.push(signature);
    });
    return THRESHOLDS.map((threshold) => ({
      threshold,
      groups: groupsOver(
        texts.map(({ id }) => id),
        pairs,
        threshold,
      ),
    }));
  },
};

function signatureOf(words: readonly string[]): Uint32Array {
  const signature = new Uint32Array(PERMUTATIONS).fill(0xffffffff);
  for (const shingle of shinglesOf(words)) {
    let base = 0x811c9dc5;
    for (let i = 0; i < shingle.length; i++) {
      base = Math.imul(base ^ shingle.charCodeAt(i), 0x01000193);
    }
    for (let k = 0; k < PERMUTATIONS; k++) {
      let h = Math.imul(base ^ Math.imul(k + 1, 0x9e3779b1), 0x85ebca6b);
      h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
      h = (h ^ (h >>> 16)) >>> 0;
      if (h < (signature[k] ?? 0)) signature[k] = h;
    }
  }
  return signature;
}

function agreement(a: Uint32Array, b: Uint32Array): number {
  let equal = 0;
  for (let k = 0; k < PERMUTATIONS; k++) if (a[k] === b[k]) equal++;
  return equal / PERMUTATIONS;
}

/** simhash-js 1.0.0: 32 bits, every pair compared; the threshold is 1 - distance / 32. */
const simhashJs: Peer = {
  name: 'simhash-js 1.0.0',
  group: (texts) => {
    const simhash = new SimHash();
    const hashes = texts.map(({ words }) => simhash.hash(words.join(' ')) | 0);
    const ids = texts.map(({ id }) => id);
    return [0, 1, 2, 4].map((distance) => {
      const pairs: [number, number, number][] = [];
      for (let a = 0; a < hashes.length; a++) {
        for (let b = 0; b < a; b++) {
          if (bits((hashes[a] ?? 0) ^ (hashes[b] ?? 0)) > distance) continue;
          pairs.push([a, b, 1]);
          if (distance === 0) break;
        }
      }
      return { threshold: 1 - distance / 32, groups: groupsOver(ids, pairs, 1) };
    });
  },
};

function bits(value: number): number {
  let left = value;
  let count = 0;
  while (left !== 0) {
    left &= left - 1;
    count++;
  }
  return count;
}

export const PEERS: readonly Peer[] = [npmMinhash, typedMinhash, simhashJs];
