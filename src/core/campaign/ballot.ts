/** Votes of one message's fingerprints for the clusters that hold them, each named by its root. */
export interface Ballot {
  clear(): void;
  /** One more fingerprint that the cluster holds; `confirmed`: brought by two members of it. */
  cast(root: number, confirmed: boolean): void;
  shared(root: number): number;
  confirmed(root: number): number;
  /** In the order of their first vote. */
  roots(): readonly number[];
}

/** Counts by root in typed arrays: they are cast for each fingerprint of each message. */
export function createBallot(): Ballot {
  let shared = new Int32Array(1 << 10);
  let confirmed = new Int32Array(1 << 10);
  let roots: number[] = [];
  const grow = (root: number): void => {
    const wider = (counts: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
      const array = new Int32Array(Math.max(2 * counts.length, root + 1));
      array.set(counts);
      return array;
    };
    shared = wider(shared);
    confirmed = wider(confirmed);
  };
  return {
    clear: () => {
      for (const root of roots) {
        shared[root] = 0;
        confirmed[root] = 0;
      }
      roots = [];
    },
    cast: (root, isConfirmed) => {
      if (root >= shared.length) grow(root);
      const votes = shared[root] ?? 0;
      if (votes === 0) roots.push(root);
      shared[root] = votes + 1;
      if (isConfirmed) confirmed[root] = (confirmed[root] ?? 0) + 1;
    },
    shared: (root) => shared[root] ?? 0,
    confirmed: (root) => confirmed[root] ?? 0,
    roots: () => roots,
  };
}
