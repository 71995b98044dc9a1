import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDkimKey, signDkim } from '../test/kit/dkim-signer.ts';
import { corpusFolders } from './mail.ts';

/**
 * Full forensics of a mail with recorded DNS: read, SPF, DKIM, DMARC, ARC, verdict, observables,
 * coercion. Beside it mailauth alone, which authenticates and does nothing else.
 *
 * `node bench/forensics.ts [--default-engine] [FOLDER...]`; the SpamAssassin corpus (6,046 mails,
 * PDDL) unless told, as it is and with a 1024-bit DKIM signature of our own on every mail.
 * Every name has the same made-up records. Each reader runs in a process of its own and goes
 * through the mails twice; user and system CPU time counts: `first` with loading and warming up,
 * `then` without. Nothing that the first pass learnt about a message, a sender or a name is known
 * in the second: only the code is warm. Both readers have Node's compile cache and the engine
 * settings of `bin/tocsin`; with `--default-engine` those of Node. Median of three.
 */
const READERS = ['ours', 'mailauth'] as const;
const SETS = ['as it is', 'signed'] as const;
const ROUNDS = 3;
const FIXED_TIME = '2020-10-21T00:00:00.000Z';

interface Run {
  readonly messages: number;
  readonly first: number;
  readonly warm: number;
  readonly passes: number;
}

type ReadOne = (bytes: Buffer) => Promise<boolean>;

const key = makeDkimKey();

/** What every name server answers. */
function answer(name: string, type: string): string[][] | null {
  if (type !== 'TXT') return null;
  if (name.includes('_domainkey.')) return [[key.record]];
  if (name.startsWith('_dmarc.'))
    return name.split('.').length === 3 ? [['v=DMARC1; p=none']] : null;
  return [['v=spf1 ip4:192.0.2.0/24 include:_spf.example.org -all']];
}

async function ourReader(): Promise<ReadOne> {
  const { bodiesOf, messageJudge } = await import('../src/core/forensics/index.ts');
  const { readReportedMail } = await import('../src/core/outlook/index.ts');
  const { nodeKernels } = await import('../src/host/kernels/index.ts');
  const { authenticateMessage, checkMemory } = await import('../src/host/mailauth/index.ts');
  const { parseInstant } = await import('../src/core/base/index.ts');
  const time = parseInstant(FIXED_TIME);
  if (!time.ok) throw new Error('fixed time');
  const names = { groups: [], candidatesAndParties: [] };
  const judge = messageJudge({
    protectedHolders: [],
    coercionNames: names,
    networks: [],
    kernels: nodeKernels,
  });
  const dns = {
    kind: 'recorded',
    now: () => time.value,
    ask: async (name: string, type: 'TXT') => {
      const answers = answer(name, type);
      const error = answers === null ? 'ENODATA' : null;
      return { name, type, time: time.value, server: '', answers: answers ?? [], ttl: null, error };
    },
  } as const;
  const memory = checkMemory();
  return async (bytes) => {
    const contents = new Map();
    const { messages } = readReportedMail(bytes, nodeKernels, {
      onContent: (content) => contents.set(content.path, content),
    });
    const bodies = bodiesOf(messages, contents);
    let passes = false;
    for (const message of messages) {
      const own = contents.get(message.path);
      if (own === undefined) continue;
      const { authentication } = await authenticateMessage({
        bytes: own.bytes,
        message,
        dns: dns as never,
        memory,
      });
      const found = bodies.get(message.path) ?? [];
      const input = { message, bodies: found, files: own, authentication };
      passes ||= judge(input).authentication.dkim.some(({ result }) => result === 'pass');
    }
    return passes;
  };
}

async function mailauthReader(): Promise<ReadOne> {
  const { authenticate } = await import('mailauth');
  return async (bytes) => {
    const { dkim } = await authenticate(bytes, {
      strict: true,
      trustReceived: true,
      disableBimi: true,
      mta: 'bench.example.org',
      resolver: async (name, type) => {
        const records = answer(name, type);
        if (records === null) throw Object.assign(new Error('none'), { code: 'ENODATA' });
        return records;
      },
    });
    return dkim.results.some(({ status }) => status.result === 'pass');
  };
}

function mails(set: string, folders: readonly string[]): readonly Buffer[] {
  const files = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => /\.(?:eml|txt)$/.test(file))
      .map((file) => join(folder, file)),
  );
  if (set !== 'signed') return files.map((file) => readFileSync(file));
  return files.map((file) => {
    const stored = readFileSync(file, 'latin1').replace(/\r?\n/g, '\r\n');
    // A signer does not see the line that a mailbox file puts on top.
    const mail = stored.replace(/^From .*\r\n/, '');
    const tags = { d: 'example.org', s: 'bench', h: 'from:subject:date' };
    return Buffer.from(signDkim(mail, key, tags), 'latin1');
  });
}

/** The signing is paid before the clock's first reading; loading a reader is not. */
async function runReader(reader: string, set: string, folders: readonly string[]): Promise<void> {
  const all = mails(set, folders);
  const start = process.cpuUsage();
  const pass = async (): Promise<number> => {
    const read = reader === 'ours' ? await ourReader() : await mailauthReader();
    let passes = 0;
    for (const mail of all) if (await read(mail)) passes += 1;
    return passes;
  };
  const passes = await pass();
  const first = secondsSince(start);
  const again = process.cpuUsage();
  await pass();
  const run: Run = { messages: all.length, passes, first, warm: secondsSince(again) };
  process.stdout.write(JSON.stringify(run));
}

function secondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

interface Settings {
  readonly folders: readonly string[];
  /** Those of `bin/tocsin`, or Node's own. */
  readonly tuned: boolean;
  readonly cache: string;
}

function childRun(reader: string, set: string, { folders, tuned, cache }: Settings): Run {
  const flag = tuned ? '--reader' : '--plain-reader';
  const args = [import.meta.filename, flag, reader, set, ...folders];
  const env = { ...process.env, NODE_COMPILE_CACHE: cache };
  const child = spawnSync(process.execPath, args, { encoding: 'utf8', env });
  if (child.status !== 0) throw new Error(`${reader} failed: ${child.stderr}`);
  return JSON.parse(child.stdout) as Run;
}

function main(folders: readonly string[], tuned: boolean): void {
  const settings = { folders, tuned, cache: mkdtempSync(join(tmpdir(), 'tocsin-bench-')) };
  // Not counted: fills the compile cache, as the first start of an installed program does.
  for (const reader of READERS) childRun(reader, 'as it is', settings);
  for (const set of SETS) {
    const rounds = Array.from({ length: ROUNDS }, () =>
      READERS.map((reader) => childRun(reader, set, settings)),
    );
    const medians = READERS.map(
      (_, at) => rounds.map((round) => round[at]!).toSorted((a, b) => a.first - b.first)[1]!,
    );
    for (const [at, reader] of READERS.entries()) {
      const { messages, first, warm, passes } = medians[at]!;
      const rates = `first ${rate(messages / first)}, then ${rate(messages / warm)} msg/s`;
      console.log(
        `${set.padEnd(9)} ${reader.padEnd(9)} ${rates} of ${messages}, ${passes} pass DKIM`,
      );
    }
    const [ours, peer] = medians;
    const ratio = (peer!.warm / ours!.warm).toFixed(1);
    console.log(`${set.padEnd(9)} ours / mailauth alone, then: ${ratio}`);
  }
  rmSync(settings.cache, { recursive: true });
}

/** As `bin/tocsin` does at its start. */
function tuneEngine(): void {
  const engine: unknown = createRequire(import.meta.url)('../bin/engine.js');
  (engine as { tuneEngine(): void }).tuneEngine();
}

const rate = (value: number): string => value.toFixed(0).padStart(5);

const [flag = '', ...words] = process.argv.slice(2);
if (flag === '--reader' || flag === '--plain-reader') {
  // Before anything is loaded that the compile cache holds.
  if (flag === '--reader') tuneEngine();
  const [reader = '', set = '', ...folders] = words;
  await runReader(reader, set, folders);
} else {
  const tuned = flag !== '--default-engine';
  const given = process.argv.slice(tuned ? 2 : 3);
  main(given.length > 0 ? given : corpusFolders(), tuned);
}
