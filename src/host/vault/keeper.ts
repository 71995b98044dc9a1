import { join } from 'node:path';
import { type ExhibitVault, type VaultedBytes, VaultFault } from '../../app/ports/index.ts';
import type { Sha256 } from '../../core/base/index.ts';
import { Draft } from './draft.ts';
import { INCOMING, systemCode } from './layout.ts';
import { Shelver } from './shelver.ts';

/** The writing half of the vault in `folder`. */
export function makeKeeper(folder: string): Pick<ExhibitVault, 'keep'> {
  const shelver = new Shelver(folder);
  const underWay = new Map<Sha256, Promise<void>>();
  let drafts = 0;

  const makeDraft = (): Draft => {
    drafts += 1;
    return new Draft(join(folder, INCOMING, String(drafts)));
  };

  /** Two at once with the same bytes: the second waits for the first. */
  async function shelveOnce(draft: Draft, content: VaultedBytes): Promise<void> {
    const other = underWay.get(content.digest);
    if (other !== undefined) return await other;
    const { digest, bytes } = content;
    const mine = shelver.shelve({ draft, digest, bytes }).finally(() => underWay.delete(digest));
    underWay.set(digest, mine);
    await mine;
  }

  async function keep(source: AsyncIterable<Uint8Array>): Promise<VaultedBytes> {
    const draft = makeDraft();
    try {
      for await (const chunk of source) await draft.add(chunk).catch(rethrowAsFault);
      const content = draft.seal();
      await shelveOnce(draft, content).catch(rethrowAsFault);
      return content;
    } finally {
      draft.discard();
    }
  }

  return { keep };
}

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

function rethrowAsFault(cause: unknown): never {
  if (cause instanceof VaultFault) throw cause;
  throw new VaultFault(FULL.has(systemCode(cause)) ? 'vault-full' : 'vault-unusable', cause);
}
