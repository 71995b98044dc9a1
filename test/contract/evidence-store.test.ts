import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EvidenceStore } from '../../src/app/ports/index.ts';
import type { Json, Sha256 } from '../../src/core/base/index.ts';
import {
  type Act,
  type Finding,
  readCheckpoint,
  sealFinding,
} from '../../src/core/evidence/index.ts';
import type { CaseHandle } from '../../src/host/case/index.ts';
import { nodeKernels as kernels } from '../../src/host/kernels/index.ts';
import { AT, collected, depositTexts, echoFinding, opened, scratchFolder } from '../kit/case.ts';
import { STORE_FILLINGS } from '../kit/stores.ts';

const act = (reason: string, body: Act['body'] = {}): Act => ({
  kind: 'grade',
  by: 'ann',
  at: AT,
  reason,
  body,
});

describe.each(STORE_FILLINGS)('EvidenceStore: $name', ({ start }) => {
  const scratch = scratchFolder();
  let storeUrl: string | null = null;
  let stop: () => Promise<void>;
  let handle: CaseHandle;
  let store: EvidenceStore;
  let cases = 0;

  /** Each test has a case of its own; on the server they share the database. */
  async function freshCase(): Promise<string> {
    cases += 1;
    const folder = join(scratch.path, String(cases));
    await handle?.close();
    handle = await opened(folder, { storeUrl });
    store = handle.store;
    return folder;
  }

  beforeAll(async () => {
    ({ storeUrl, stop } = await start());
  });
  afterAll(async () => {
    await handle.close();
    await stop();
    scratch.remove();
  });

  test('an empty case holds nothing', async () => {
    await freshCase();
    expect(await store.checkpoint()).toBeNull();
    expect(await collected(store.exhibits())).toEqual([]);
    expect(await collected(store.findings('echo', 1))).toEqual([]);
    expect(await collected(store.acts())).toEqual([]);
    expect(await store.known([])).toEqual(new Set());
    expect(await store.deposit([])).toEqual({ added: 0 });
    expect(await store.checkpoint()).toBeNull();
  });

  test('a deposit stands once, however often it is repeated', async () => {
    await freshCase();
    const deposits = await depositTexts(handle, ['b', 'a']);
    expect(await store.deposit([...deposits, ...deposits])).toEqual({ added: 0 });
    const [first] = deposits;
    const again = { ...first!, custody: { ...first!.custody, givenBy: 'officer' } };
    expect(await store.deposit([again, again])).toEqual({ added: 1 });
    expect(await collected(store.exhibits())).toEqual([
      { ...first!.exhibit, custody: [first!.custody, again.custody] },
      { ...deposits[1]!.exhibit, custody: [deposits[1]!.custody] },
    ]);
    expect((await store.checkpoint())?.size).toBe(3);
  });

  test('the same bytes keep the kind that they were given first', async () => {
    await freshCase();
    const [deposit] = await depositTexts(handle, ['c']);
    const custody = { ...deposit!.custody, givenBy: 'officer' };
    await store.deposit([{ exhibit: { ...deposit!.exhibit, kind: 'mbox' }, custody }]);
    const [exhibit] = await collected(store.exhibits());
    expect(exhibit).toMatchObject({ kind: 'message', custody: { length: 2 } });
  });

  test('a finding keeps its first output, and is listed by stage and version in order', async () => {
    await freshCase();
    const [one, two] = [echoFinding('one'), echoFinding('two')];
    const later = sealFinding({ ...one, methodVersion: 2 }, 'later', kernels);
    expect(await store.addFindings([two, one, later, two])).toEqual({ added: 3 });
    expect(await store.addFindings([echoFinding('one', 'changed')])).toEqual({ added: 0 });
    expect(await collected(store.findings('echo', 1))).toEqual([two, one]);
    expect(await collected(store.findings('echo', 2))).toEqual([later]);
    const unknown = echoFinding('three').key;
    expect(await store.known([one.key, unknown, later.key])).toEqual(new Set([one.key, later.key]));
  });

  test('any text and any JSON comes back as it went in', async () => {
    await freshCase();
    const outputs: readonly Json[] = [
      null,
      0.1,
      '',
      'a\u0000b \ud800 "quoted" \\ {} \u2028 \u{1f600}',
      { '': [], '\u0000': { nested: [[[-0, 1e300]]] }, ordered: { b: 1, a: 2 } },
      'long '.repeat(300_000),
    ];
    const findings = outputs.map((output, n) => echoFinding(String(n), output));
    await store.addFindings(findings);
    const read = await collected(store.findings('echo', 1));
    expect(read.map(({ outputText }) => outputText)).toEqual(
      findings.map(({ outputText }) => outputText),
    );
    expect(read[3]?.output).toBe(outputs[3]);
    const hostile = { ...act("it's; drop table act --", { note: 'x\u0000' }), by: 'a\u0000\udc00' };
    await store.addAct(hostile);
    expect(await collected(store.acts())).toEqual([
      { ...hostile, by: 'a\ufffd\ufffd', index: findings.length },
    ]);
  });

  test('6,000 findings in one batch, and more in pages than one page holds', async () => {
    await freshCase();
    const findings = Array.from({ length: 6_000 }, (_, n) => echoFinding(String(n)));
    await store.addFindings(findings);
    let count = 0;
    for await (const { key } of store.findings('echo', 1)) {
      expect(key).toBe(findings[count]?.key);
      count += 1;
    }
    expect(count).toBe(6_000);
    expect((await store.known(findings.map(({ key }) => key))).size).toBe(6_000);
  });

  test('a reading shows what stood when it began, and holds up no writer', async () => {
    await freshCase();
    await store.addFindings([echoFinding('1'), echoFinding('2')]);
    const seen: Finding[] = [];
    for await (const finding of store.findings('echo', 1)) {
      seen.push(finding);
      await store.addFindings([echoFinding(`during ${seen.length}`)]);
    }
    expect(seen).toHaveLength(2);
    expect(await collected(store.findings('echo', 1))).toHaveLength(4);
  });

  test('writes that wait together share a checkpoint, and each of them stands', async () => {
    await freshCase();
    const reasons = Array.from({ length: 300 }, (_, n) => `reason ${n}`);
    await Promise.all(reasons.map((reason) => store.addAct(act(reason))));
    const acts = await collected(store.acts());
    expect(acts.map(({ reason }) => reason)).toEqual(reasons);
    expect(acts.map(({ index }) => index)).toEqual(reasons.map((_, n) => n));
    const checkpoints = await handle.audit.read(async (tables) =>
      (await collected(tables.checkpoints())).flatMap((page) => page.checkpoints),
    );
    expect(checkpoints.length).toBeLessThan(10);
  });

  test('the newest checkpoint is signed, published, and counts every leaf', async () => {
    await freshCase();
    await depositTexts(handle, ['d']);
    await store.addAct(act('seen'));
    const checkpoint = await store.checkpoint();
    const note = checkpoint?.note ?? '';
    expect(await handle.audit.publishedCheckpoint()).toBe(note);
    expect(readCheckpoint(note, handle.verifier, kernels)).toMatchObject({
      kind: 'signed',
      checkpoint: { size: 2, at: checkpoint?.at },
    });
  });

  test('a case that is closed and opened goes on where it stood', async () => {
    const folder = await freshCase();
    await depositTexts(handle, ['e', 'f', 'g']);
    await handle.close();
    handle = await opened(folder, { storeUrl });
    await depositTexts(handle, ['g', 'h']);
    expect((await handle.store.checkpoint())?.size).toBe(4);
    expect(await collected(handle.store.exhibits())).toHaveLength(4);
  });

  test('one writer at a time, who is named; a reader may come beside', async () => {
    const folder = await freshCase();
    await depositTexts(handle, ['i']);
    await expect(opened(folder, { storeUrl })).rejects.toThrow(
      JSON.stringify({ code: 'case-in-use', pid: process.pid }),
    );
    const reader = await opened(folder, { storeUrl, write: false });
    expect(await collected(reader.store.exhibits())).toHaveLength(1);
    await expect(reader.store.addAct(act('no'))).rejects.toThrow('opened for reading');
    await reader.close();
    await depositTexts(handle, ['j']);
  });

  test('after closing, writing rejects', async () => {
    const folder = await freshCase();
    await handle.close();
    await expect(store.addAct(act('late'))).rejects.toMatchObject({ code: 'store-lost' });
    handle = await opened(folder, { storeUrl });
  });

  test('a reader of what nobody wrote is told so', async () => {
    await expect(opened(join(scratch.path, 'nowhere'), { storeUrl, write: false })).rejects.toThrow(
      'case-unknown',
    );
  });

  test('deposit refuses, as a defect, a custody entry about another exhibit', async () => {
    await freshCase();
    const [deposit] = await depositTexts(handle, ['k']);
    const custody = { ...deposit!.custody, exhibit: '0'.repeat(64) as Sha256 };
    await expect(store.deposit([{ ...deposit!, custody }])).rejects.toThrow(
      'the exhibit beside it',
    );
  });
});
