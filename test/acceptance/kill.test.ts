import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { verifyCase } from '../../src/app/verification/index.ts';
import { nodeKernels as kernels } from '../../src/host/kernels/index.ts';
import { collected, opened, scratchFolder } from '../kit/case.ts';
import { BATCH_EXHIBITS, findingInput, findingOutput } from '../kit/restless-writer.ts';

const WRITER = resolve(import.meta.dirname, '../kit/restless-writer.ts');
const CASES = 5;
const ROUNDS = 11;

/** When a writer dies: so long after its start, or so long after so many acknowledgements. */
interface Moment {
  readonly acknowledgements: number;
  readonly afterMs: number;
}

/** One in four dies while it makes or opens the case, the others while they write. */
function randomMoment(chance: () => number): Moment {
  if (chance() < 0.25) return { acknowledgements: 0, afterMs: 600 * chance() };
  return { acknowledgements: 1 + Math.floor(40 * chance()), afterMs: 15 * chance() };
}

const seed = Number(process.env['KILL_SEED'] ?? (Date.now() % 2 ** 31) | 1);

/** Park-Miller, so that `KILL_SEED` plays a failure again as nearly as time allows. */
function chances(start: number): () => number {
  let state = start;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const VICTIMS = ['writer', 'writer and server', 'writer and every server process'] as const;
type Victim = (typeof VICTIMS)[number];

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It was not there any more, or not yet.
  }
}

/** The postmaster alone, or with its children, each of which leads a group of its own. */
function killServer(folder: string, withChildren: boolean): void {
  const lock = join(folder, 'store/data/postmaster.pid');
  if (!existsSync(lock)) return;
  const postmaster = Number.parseInt(readFileSync(lock, 'utf8'), 10);
  if (!(postmaster > 1)) return;
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const children = table
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([pid, parent]) => (parent === postmaster && pid !== undefined ? [pid] : []));
  kill(postmaster);
  if (withChildren) for (const pid of children) kill(pid);
}

/** Lets a writer live for a while, kills it, and gives the lines that it had acknowledged. */
async function killedWriter(
  folder: string,
  round: number,
  { victim, moment }: { readonly victim: Victim; readonly moment: Moment },
): Promise<readonly string[]> {
  const writer = spawn(process.execPath, [WRITER, folder, String(round)], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  const acknowledged = new Promise<void>((enough) => {
    const count = (): void => {
      if (out.split('\n').length > moment.acknowledgements) enough();
    };
    count();
    writer.stdout.on('data', (chunk) => {
      out += chunk;
      count();
    });
  });
  writer.stderr.on('data', (chunk) => (err += chunk));
  const gone = new Promise((done) => writer.on('close', done));
  await Promise.race([acknowledged, gone]);
  await pause(moment.afterMs);
  expect({ exit: writer.exitCode, err }).toEqual({ exit: null, err: '' });
  process.kill(-writer.pid!, 'SIGKILL');
  if (victim !== 'writer') killServer(folder, victim === 'writer and every server process');
  await gone;
  return out.split('\n').slice(0, -1);
}

interface Standing {
  readonly deposits: ReadonlyMap<string, number>;
  readonly findings: ReadonlySet<string>;
  readonly acts: ReadonlySet<string>;
}

/** What a fresh opening finds, and that `verify` has nothing to name. */
async function inspect(folder: string): Promise<Standing> {
  const handle = await opened(folder);
  try {
    const { vault, audit, verifier, store } = handle;
    const report = await verifyCase(
      {
        vault,
        audit,
        verifier,
        kernels,
        progress: { update: () => undefined, note: () => undefined, finish: () => undefined },
        rederive: async ({ inputs: [input] }) => findingOutput(input!),
      },
      { sample: 5 },
    );
    expect(report.problems).toEqual([]);
    const deposits = new Map<string, number>();
    for await (const { custody } of store.exhibits()) {
      for (const { name } of custody) deposits.set(name, (deposits.get(name) ?? 0) + 1);
    }
    const findings = new Set<string>();
    for await (const { inputs } of store.findings('echo', 1)) findings.add(inputs[0]!);
    const acts = (await collected(store.acts())).map(({ reason }) => reason);
    return { deposits, findings, acts: new Set(acts) };
  } finally {
    await handle.close();
  }
}

function expectAcknowledged(
  lines: readonly string[],
  { deposits, findings, acts }: Standing,
): void {
  const lost = lines.filter((line) => {
    const [what, batch] = line.split(' ');
    if (what === 'deposit') return deposits.get(batch!) !== BATCH_EXHIBITS;
    if (what === 'findings') return !findings.has(findingInput(batch!, BATCH_EXHIBITS - 1));
    return !acts.has(batch!);
  });
  expect(lost).toEqual([]);
}

/** A batch stands whole or not at all, acknowledged or not. */
function expectWhole({ deposits, findings }: Standing): void {
  expect([...deposits.values()].filter((count) => count !== BATCH_EXHIBITS)).toEqual([]);
  expect(findings.size % BATCH_EXHIBITS).toBe(0);
}

const scratch = scratchFolder();
afterAll(() => scratch.remove());

describe(`kill -9 at random moments (KILL_SEED=${seed})`, () => {
  test(`${CASES * ROUNDS} rounds lose nothing acknowledged and leave nothing half-written`, async () => {
    const acknowledged = await Promise.all(
      Array.from({ length: CASES }, async (_, number) => {
        const folder = join(scratch.path, String(number));
        const chance = chances(seed + number);
        const lines: string[] = [];
        for (let round = 0; round < ROUNDS; round += 1) {
          const victim = VICTIMS[Math.floor(chance() * VICTIMS.length)]!;
          const moment = randomMoment(chance);
          lines.push(...(await killedWriter(folder, round, { victim, moment })));
          const standing = await inspect(folder);
          expectAcknowledged(lines, standing);
          expectWhole(standing);
        }
        return lines.length;
      }),
    );
    const total = acknowledged.reduce((sum, count) => sum + count, 0);
    expect(total).toBeGreaterThan(CASES * ROUNDS);
  });
});
