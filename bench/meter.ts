import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** What one command cost, with every process that worked for it. */
export interface Cost {
  /** User and system, of the command, what it waited for, and servers below `folder`. */
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  /** Highest sum of proportional set sizes (shared pages counted once) that a sample saw. */
  readonly peakMegabytes: number;
  readonly exitCode: number | null;
  readonly stdout: string;
}

/**
 * Reading the memory of a large process is work in itself: often enough for CPU, seldom enough not
 * to disturb.
 */
const SAMPLE_MS = 200;
const TICKS_PER_SECOND = 100;

interface Sample {
  readonly pid: number;
  readonly parent: number;
  /** Own and waited-for children's clock ticks. */
  readonly ticks: number;
}

/**
 * /proc/PID/stat (proc(5)): the name may hold blanks and brackets, so fields count from the last
 * bracket.
 */
function sample(pid: number): Sample | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const ticks = (fields[11] ?? 0) + (fields[12] ?? 0);
    return { pid, parent: fields[1] ?? 0, ticks };
  } catch {
    return null;
  }
}

function worksIn(pid: number, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
  } catch {
    return false;
  }
}

function memoryOf(pid: number): number {
  try {
    const hit = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'));
    return Number(hit?.[1] ?? 0) / 1000;
  } catch {
    return 0;
  }
}

/**
 * The process, its descendants, and everything that works inside `folder` (the embedded server).
 */
function family(root: number, folder: string | null): Sample[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => sample(Number(name)) ?? []);
  const inside = new Set([root]);
  for (let grown = true; grown; ) {
    const before = inside.size;
    for (const { pid, parent } of all) {
      if (inside.has(parent) || (folder !== null && worksIn(pid, folder))) inside.add(pid);
    }
    grown = inside.size > before;
  }
  return all.filter(({ pid }) => inside.has(pid));
}

/**
 * Runs a command and adds up the CPU time of every process that it started, detached servers
 * included. Sampled every 200 ms: what a process uses after its last sample is missed.
 */
export function measure(
  command: string,
  args: readonly string[],
  folder: string | null = null,
): Promise<Cost> {
  const started = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ticks = new Map<number, number>();
  let peakMegabytes = 0;
  let stdout = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  const look = (): void => {
    const processes = family(child.pid ?? 0, folder);
    for (const { pid, ticks: used } of processes) ticks.set(pid, used);
    const memory = processes.reduce((sum, { pid }) => sum + memoryOf(pid), 0);
    peakMegabytes = Math.max(peakMegabytes, memory);
  };
  const timer = setInterval(look, SAMPLE_MS);
  return new Promise((resolve) => {
    child.on('close', (exitCode) => {
      clearInterval(timer);
      const total = [...ticks.values()].reduce((sum, used) => sum + used, 0);
      resolve({
        cpuSeconds: total / TICKS_PER_SECOND,
        wallSeconds: (performance.now() - started) / 1000,
        peakMegabytes,
        exitCode,
        stdout,
      });
    });
  });
}
