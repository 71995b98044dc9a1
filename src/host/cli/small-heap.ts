import { setFlagsFromString } from 'node:v8';

/**
 * Unset, V8 lets a case of a million messages grow to several times its live size on a machine with
 * much memory: the old generation by its own factor, the young one to 128 MB. The first may grow
 * this many percent over what is live before it is collected, the second stays as it starts
 * (docs/performance.md).
 */
const HEAP_FLAGS = ['--heap-growing-percent=30', '--semi-space-growth-factor=1'];

export function keepHeapSmall(): void {
  for (const flag of HEAP_FLAGS) setFlagsFromString(flag);
}
