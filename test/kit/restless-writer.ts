/*
 * Writes to a case without end, and says on standard output what was acknowledged: the kill test's
 * victim. Run as `node restless-writer.ts FOLDER ROUND`.
 */
import { writeSync } from 'node:fs';
import type { CaseHandle } from '../../src/host/case/index.ts';
import { AT, echoFinding, keptText, opened } from './case.ts';

/** What one batch consists of, so that the test can tell half of one from a whole. */
export const BATCH_EXHIBITS = 4;
const BATCHES_AT_ONCE = 3;

const exhibitText = (batch: string, n: number): string => `${batch} exhibit ${n}\n`;
export const findingInput = (batch: string, n: number): string => `${batch} finding ${n}`;
export const findingOutput = (input: string): string => `${input} `.repeat(100);

/** One line, in one write, only after the promise resolved. */
function acknowledge(what: 'deposit' | 'findings' | 'act', batch: string): void {
  writeSync(1, `${what} ${batch}\n`);
}

async function writeBatch({ vault, store }: CaseHandle, batch: string): Promise<void> {
  const numbers = Array.from({ length: BATCH_EXHIBITS }, (_, n) => n);
  const kept = await Promise.all(numbers.map((n) => keptText(vault, exhibitText(batch, n))));
  await store.deposit(
    kept.map(({ digest, bytes }) => ({
      exhibit: { digest, bytes, kind: 'message' },
      custody: {
        exhibit: digest,
        givenBy: 'clerk',
        receivedAt: AT,
        receivedHow: 'file',
        name: batch,
      },
    })),
  );
  acknowledge('deposit', batch);
  const inputs = numbers.map((n) => findingInput(batch, n));
  await store.addFindings(inputs.map((input) => echoFinding(input, findingOutput(input))));
  acknowledge('findings', batch);
  await store.addAct({ kind: 'grade', by: 'ann', at: AT, reason: batch, body: {} });
  acknowledge('act', batch);
}

async function writeOn(folder: string, round: string): Promise<never> {
  const handle = await opened(folder);
  for (let turn = 0; ; turn += 1) {
    const batches = Array.from({ length: BATCHES_AT_ONCE }, (_, n) => `${round}.${turn}.${n}`);
    await Promise.all(batches.map((batch) => writeBatch(handle, batch)));
  }
}

if (import.meta.main) await writeOn(process.argv[2]!, process.argv[3]!);
