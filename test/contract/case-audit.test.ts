import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canonicalJson } from '../../src/core/base/index.ts';
import { appendLeaves, EMPTY_RANGE, leafHash, rootOf } from '../../src/core/evidence/index.ts';
import type { CaseHandle } from '../../src/host/case/index.ts';
import { nodeKernels as kernels } from '../../src/host/kernels/index.ts';
import { AT, collected, depositTexts, echoFinding, opened, scratchFolder } from '../kit/case.ts';
import { STORE_FILLINGS } from '../kit/stores.ts';

describe.each(STORE_FILLINGS)('CaseAudit: $name', ({ start }) => {
  const scratch = scratchFolder();
  let stop: () => Promise<void>;
  let handle: CaseHandle;

  beforeAll(async () => {
    const started = await start();
    stop = started.stop;
    handle = await opened(join(scratch.path, 'case'), { storeUrl: started.storeUrl });
    await depositTexts(handle, ['one', 'two']);
    await handle.store.addFindings(
      Array.from({ length: 30 }, (_, n) => echoFinding(String(n), 'x'.repeat(1 << 20))),
    );
    await handle.store.addAct({ kind: 'grade', by: 'ann', at: AT, reason: 'seen', body: {} });
  });
  afterAll(async () => {
    await handle.close();
    await stop();
    scratch.remove();
  });

  test('the pages cover the log in order, and none holds more outputs than it may', async () => {
    const pages = await handle.audit.read((tables) => collected(tables.pages()));
    expect(pages.flatMap(({ leaves }) => leaves.map(({ index }) => index))).toEqual(
      Array.from({ length: 33 }, (_, index) => index),
    );
    for (const [n, page] of pages.entries()) {
      expect(page.from).toBe(n === 0 ? 0 : pages[n - 1]!.to + 1);
      const bytes = page.rows.reduce((sum, { output }) => sum + (output?.length ?? 0), 0);
      expect(bytes).toBeLessThanOrEqual(8 << 20);
      expect(page.unreadable).toEqual([]);
    }
  });

  test('every leaf hashes to what it says, and the last checkpoint has their root', async () => {
    const { leaves, checkpoints } = await handle.audit.read(async (tables) => ({
      leaves: (await collected(tables.pages())).flatMap((page) => page.leaves),
      checkpoints: (await collected(tables.checkpoints())).flatMap((page) => page.checkpoints),
    }));
    const hashes = leaves.map(({ body }) => leafHash(kernels.encode(body), kernels));
    expect(hashes.map(canonicalHex)).toEqual(
      leaves.map(({ leafHash: hash }) => canonicalHex(hash)),
    );
    const root = rootOf(appendLeaves(EMPTY_RANGE, hashes, kernels), kernels);
    expect(canonicalHex(checkpoints.at(-1)!.root)).toBe(canonicalHex(root));
    expect(checkpoints.map(({ size }) => size)).toEqual([2, 32, 33]);
  });

  test('each row has the fields that its leaf records', async () => {
    const pages = await handle.audit.read((tables) => collected(tables.pages()));
    for (const { leaves, rows } of pages) {
      for (const { table, index, fields } of rows) {
        const {
          record: _,
          version: __,
          ...body
        } = JSON.parse(leaves.find((leaf) => leaf.index === index)!.body);
        const recorded = {
          exhibit: body.exhibit,
          custody: { ...body, exhibit: body.exhibit?.digest },
        };
        const expected = table === 'exhibit' || table === 'custody' ? recorded[table] : body;
        expect(canonicalJson(fields)).toBe(canonicalJson(expected));
      }
    }
  });

  test('what is written during an audit is not in it', async () => {
    const sizes = await handle.audit.read(async (tables) => {
      await collected(tables.checkpoints());
      await handle.store.addAct({ kind: 'grade', by: 'ann', at: AT, reason: 'later', body: {} });
      return (await collected(tables.pages())).flatMap(({ leaves }) => leaves).length;
    });
    expect(sizes).toBe(33);
  });
});

const canonicalHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
