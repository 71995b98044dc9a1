/** Numbers that one stretch of the shelf holds: 4 MB, so that growing never copies what stands. */
const STRETCH_NUMBERS = 1 << 20;

/** Fingerprints in one place, equal ones once: a case can hold a million, many of them the same. */
export interface SketchShelf {
  /** Equal fingerprints come back as the same array. */
  keep(fingerprints: Uint32Array): Uint32Array;
}

/** `place` says where new fingerprints go; unless told, they stay where they are. */
export function createSketchShelf(
  place: (fingerprints: Uint32Array) => Uint32Array = (fingerprints) => fingerprints,
): SketchShelf {
  const byHash = new Map<number, Uint32Array[]>();
  return {
    keep(fingerprints) {
      const hash = hashOf(fingerprints);
      const standing = byHash.get(hash) ?? [];
      const same = standing.find((other) => equal(other, fingerprints));
      if (same !== undefined) return same;
      const placed = place(fingerprints);
      byHash.set(hash, [...standing, placed]);
      return placed;
    },
  };
}

/** Copies fingerprints one behind the other: an array of its own costs more than its numbers. */
export function packTightly(): (fingerprints: Uint32Array) => Uint32Array {
  let stretch = new Uint32Array(STRETCH_NUMBERS);
  let filled = 0;
  return (fingerprints) => {
    if (filled + fingerprints.length > stretch.length) {
      stretch = new Uint32Array(Math.max(STRETCH_NUMBERS, fingerprints.length));
      filled = 0;
    }
    stretch.set(fingerprints, filled);
    filled += fingerprints.length;
    return stretch.subarray(filled - fingerprints.length, filled);
  };
}

/** FNV-1a over 32-bit numbers: spreads equal-length lists; equality decides. */
function hashOf(values: Uint32Array): number {
  let hash = 0x811c9dc5;
  for (const value of values) hash = Math.imul(hash ^ value, 0x01000193);
  return hash;
}

const equal = (a: Uint32Array, b: Uint32Array): boolean =>
  a.length === b.length && a.every((value, index) => value === b[index]);
