import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock, Deposit, ExhibitVault, VaultedBytes } from '../../src/app/ports/index.ts';
import { type Instant, instantFromMilliseconds, type Json } from '../../src/core/base/index.ts';
import { type Finding, sealFinding } from '../../src/core/evidence/index.ts';
import { type CaseHandle, openCase } from '../../src/host/case/index.ts';
import { nodeKernels as kernels } from '../../src/host/kernels/index.ts';
import { useEmbeddedServer } from '../../src/host/store/embedded/server.ts';
import { openSession, type Session } from '../../src/host/store/session.ts';

export const AT = '2020-10-21T23:30:00.000Z' as Instant;

/** Each look is a second later than the last. */
export function steppingClock(): Clock {
  let seconds = 0;
  return {
    now: () => {
      seconds += 1;
      return instantFromMilliseconds(Date.parse(AT) + 1000 * seconds)!;
    },
  };
}

/** A folder that goes when `remove` is called. */
export function scratchFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'tocsin-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export async function opened(
  folder: string,
  { write = true, storeUrl = null }: { write?: boolean; storeUrl?: string | null } = {},
): Promise<CaseHandle> {
  const handle = await openCase({ folder, storeUrl, write, kernels, clock: steppingClock() });
  if (!handle.ok) throw new Error(JSON.stringify(handle.failure));
  return handle.value;
}

/** Keeps and records each text as one exhibit. */
export async function depositTexts(
  { vault, store }: CaseHandle,
  texts: readonly string[],
): Promise<readonly Deposit[]> {
  const deposits: Deposit[] = [];
  for (const text of texts) {
    const { digest, bytes } = await keptText(vault, text);
    deposits.push({
      exhibit: { digest, bytes, kind: 'message' },
      custody: {
        exhibit: digest,
        givenBy: 'clerk',
        receivedAt: AT,
        receivedHow: 'file',
        name: `${text.slice(0, 20)}.eml`,
      },
    });
  }
  await store.deposit(deposits);
  return deposits;
}

export const keptText = (vault: ExhibitVault, text: string): Promise<VaultedBytes> =>
  vault.keep(oneChunk(text));

async function* oneChunk(text: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(text);
}

/** A finding of the test's own stage, whose output is a function of its input. */
export const echoFinding = (input: string, output: Json = { echo: input }): Finding =>
  sealFinding(
    { stage: 'echo', methodVersion: 1, inputs: [input], parameters: {} },
    output,
    kernels,
  );

export async function collected<Item>(source: AsyncIterable<Item>): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const item of source) items.push(item);
  return items;
}

/** Speaks to a case's embedded server as its superuser, as somebody with the machine could. */
export async function asSuperuser<Value>(
  folder: string,
  work: (session: Session) => Promise<Value>,
): Promise<Value> {
  const server = await useEmbeddedServer(join(folder, 'store'));
  if (!server.ok) throw new Error(JSON.stringify(server.failure));
  const session = await openSession({ socketFolder: server.value.socketFolder });
  try {
    const [row] = await session.query(
      "select nspname from pg_namespace where nspname like 'case\\_%'",
    );
    await session.query(`set search_path to ${String(row?.['nspname'])}`);
    return await work(session);
  } finally {
    await session.close();
    await server.value.release();
  }
}
