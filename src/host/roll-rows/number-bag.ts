/** Many numbers below 2^53, eight bytes each, where a set would take forty. */
export interface NumberBag {
  add(value: number): void;
  /** How many different numbers there are. */
  different(): number;
  /** Numbers that are there more than once. */
  repeated(): ReadonlySet<number>;
}

/**
 * Sorting many short lists is cheaper than one long list: a short one fits the processor's cache.
 */
const LISTS = 256;
const LIST_OF = 2 ** 45;

export function numberBag(expected = 0): NumberBag {
  const room = Math.max(4, Math.ceil((expected / LISTS) * 1.02));
  const lists: (Float64Array | undefined)[] = new Array(LISTS).fill(undefined);
  const sizes = new Int32Array(LISTS);
  const sorted = (at: number): Float64Array => lists[at]?.subarray(0, sizes[at]).sort() ?? EMPTY;
  return {
    add: (value) => {
      const at = Math.floor(value / LIST_OF);
      const size = sizes[at]!;
      let list = lists[at];
      if (list === undefined || size === list.length) {
        const wider = new Float64Array(list === undefined ? room : Math.ceil(size * 1.25));
        if (list !== undefined) wider.set(list);
        list = wider;
        lists[at] = list;
      }
      list[size] = value;
      sizes[at] = size + 1;
    },
    different: () => {
      let count = 0;
      for (let at = 0; at < LISTS; at++) {
        const list = sorted(at);
        for (let place = 0; place < list.length; place++) {
          if (place === 0 || list[place] !== list[place - 1]) count += 1;
        }
      }
      return count;
    },
    repeated: () => {
      const found = new Set<number>();
      for (let at = 0; at < LISTS; at++) {
        const list = sorted(at);
        for (let place = 1; place < list.length; place++) {
          if (list[place] === list[place - 1]) found.add(list[place]!);
        }
      }
      return found;
    },
  };
}

const EMPTY = new Float64Array(0);
