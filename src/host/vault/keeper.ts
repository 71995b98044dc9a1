import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { type ExhibitVault, type VaultedBytes, VaultFault } from '../../app/ports/index.ts';
import type { Sha256 } from '../../core/base/index.ts';
import { Draft } from './draft.ts';
import { makeFolderSync } from './folder-sync.ts';
import { INCOMING, isRealFolder, pathOf, plainFile, shelfOf, systemCode } from './layout.ts';

/** The writing half of the vault in `folder`. */
export function makeKeeper(folder: string): Pick<ExhibitVault, 'keep'> {
  const syncFolder = makeFolderSync();
  const durableShelves = new Set<string>();
  const underWay = new Map<Sha256, Promise<void>>();
  let drafts = 0;

  const makeDraft = (): Draft => {
    drafts += 1;
    return new Draft(join(folder, INCOMING, String(drafts)));
  };

  /** Once a process: what an earlier one put on the shelf may not have reached the disk. */
  async function prepareShelf(shelf: string): Promise<void> {
    if (durableShelves.has(shelf)) return;
    const path = join(folder, shelf);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    if (!isRealFolder(path)) throw new VaultFault('vault-unusable');
    await Promise.all([syncFolder(folder), syncFolder(path)]);
    durableShelves.add(shelf);
  }

  /** Content first, then its name, then the name on disk: no crash leaves a half under a digest. */
  async function shelve(draft: Draft, { digest, bytes }: VaultedBytes): Promise<void> {
    await prepareShelf(shelfOf(digest));
    if (plainFile(folder, digest)?.bytes === bytes) return;
    renameSync(await draft.flush(), pathOf(folder, digest));
    await syncFolder(join(folder, shelfOf(digest)));
  }

  /** Two at once with the same bytes: the second waits for the first. */
  async function shelveOnce(draft: Draft, content: VaultedBytes): Promise<void> {
    const other = underWay.get(content.digest);
    if (other !== undefined) return await other;
    const mine = shelve(draft, content).finally(() => underWay.delete(content.digest));
    underWay.set(content.digest, mine);
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
