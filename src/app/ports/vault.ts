import type { Sha256 } from '../../core/base/index.ts';

/** Enough of an exhibit to tell its kind by: the headers of most mail, any magic number. */
export const VAULT_HEAD_BYTES = 8192;

export interface VaultedBytes {
  readonly digest: Sha256;
  readonly bytes: number;
  /** The first bytes, at most `VAULT_HEAD_BYTES`, for telling what kind it is. */
  readonly head: Uint8Array;
}

/** Exhibit bytes by digest. What `keep` returned is on disk, fsynced, and never changes. */
export interface ExhibitVault {
  /**
   * Hashes while it streams; the same bytes twice are kept once. Rejects with the source's own
   * error where the source breaks off, and keeps nothing then.
   */
  keep(source: AsyncIterable<Uint8Array>): Promise<VaultedBytes>;
  /** Whole content, or a range (less of it where the content ends before). */
  read(
    digest: Sha256,
    range?: { readonly offset: number; readonly length: number },
  ): Promise<Uint8Array>;
  stream(digest: Sha256): AsyncIterable<Uint8Array>;
  has(digest: Sha256): Promise<boolean>;
  /** Reads it all again: what the bytes are, whatever their name says. */
  rehash(digest: Sha256): Promise<{ readonly digest: Sha256; readonly bytes: number }>;
  /** Everything that lies in the vault, whatever its name: verification compares. */
  list(): AsyncIterable<VaultFile>;
}

export interface VaultFile {
  /** Path within the vault. */
  readonly name: string;
  readonly bytes: number;
  /** The digest that the name promises; null for what does not belong there. */
  readonly digest: Sha256 | null;
}

/** The vault could not do its work: `exhibit-absent` where no plain file stands for the digest. */
export class VaultFault extends Error {
  override readonly name = 'VaultFault';
  readonly code: 'exhibit-absent' | 'vault-full' | 'vault-unusable';

  constructor(code: VaultFault['code'], cause?: unknown) {
    super(code, { cause });
    this.code = code;
  }
}
