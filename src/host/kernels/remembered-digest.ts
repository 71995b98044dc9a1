import type { Kernels, Sha256 } from '../../core/base/index.ts';

/** Below this, hashing again costs less than a thousandth of a second. */
const REMEMBERED_BYTES_MIN = 1_000_000;

/**
 * The same kernels, which hash a large stretch of bytes once when it is asked for twice in a row: a
 * lone mail is the whole of its file. For bytes that nobody changes in between.
 */
export function rememberingDigest(kernels: Kernels): Kernels {
  let last: { readonly bytes: Uint8Array; readonly digest: Sha256 } | null = null;
  return {
    ...kernels,
    sha256: (bytes) => {
      if (bytes.length < REMEMBERED_BYTES_MIN) return kernels.sha256(bytes);
      if (last === null || !isSameStretch(last.bytes, bytes))
        last = { bytes, digest: kernels.sha256(bytes) };
      return last.digest;
    },
  };
}

const isSameStretch = (a: Uint8Array, b: Uint8Array): boolean =>
  a.buffer === b.buffer && a.byteOffset === b.byteOffset && a.length === b.length;
