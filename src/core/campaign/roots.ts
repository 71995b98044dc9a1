/** Disjoint sets of message numbers; the smallest number of a set is its root. */
export interface Roots {
  /** Adds the next number as a set of its own and returns it. */
  add(): number;
  find(member: number): number;
  /** Joins two sets; returns the root of the union. */
  join(a: number, b: number): number;
  count(): number;
}

export function createRoots(): Roots {
  let parent = new Uint32Array(1 << 10);
  let count = 0;
  const find = (member: number): number => {
    let at = member;
    while (true) {
      const above = parent[at] ?? at;
      if (above === at) return at;
      const higher = parent[above] ?? above;
      parent[at] = higher;
      at = higher;
    }
  };
  return {
    add: () => {
      if (count === parent.length) {
        const wider = new Uint32Array(count * 2);
        wider.set(parent);
        parent = wider;
      }
      parent[count] = count;
      return count++;
    },
    find,
    join: (a, b) => {
      const [x, y] = [find(a), find(b)];
      const root = Math.min(x, y);
      parent[Math.max(x, y)] = root;
      return root;
    },
    count: () => count,
  };
}
