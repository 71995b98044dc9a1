import type { Kernels } from '../base/index.ts';

/** What unlabelled bytes most probably are; null where nothing speaks for any charset. */
export function guessCharset(_bytes: Uint8Array, _kernels: Kernels): string | null {
  return null;
}
