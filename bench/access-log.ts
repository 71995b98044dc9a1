import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AccessLogFindings,
  assessAccessLog,
  createAccessLogReader,
  createMemorySpool,
} from '../src/core/access-log/index.ts';
import { nodeKernels } from '../src/host/kernels/index.ts';
import { type GeneratedLog, generateAccessLog, type LogKind } from './generator/access-log.ts';

/**
 * `node bench/access-log.ts [seeds] [first seed] [megabytes]`: look-up page logs against the goals
 * of issue 6. Bounds and exactness on fresh months with known truth; speed and memory of the
 * command on one large file. CPU time is user + system of the whole process, memory its peak
 * resident set.
 */
const seeds = Number(process.argv[2] ?? 20);
const first = Number(process.argv[3] ?? 1);
const megabytes = Number(process.argv[4] ?? 1000);
const FORMS = ['combined', 'w3c', 'json'] as const;

const print = (line: string): boolean => process.stdout.write(`${line}\n`);

function assess({ lines }: GeneratedLog): AccessLogFindings {
  const order = { kernels: nodeKernels, spool: createMemorySpool(), parameter: null };
  const reader = createAccessLogReader(order);
  const piece = reader.piece('bench');
  piece.add(nodeKernels.encode(`${lines.join('\n')}\n`));
  piece.end();
  return assessAccessLog(reader.log);
}

interface Tally {
  covered: number;
  exact: number;
  refused: number;
  actors: number;
  missed: number[];
  widths: number[];
}

function tallyOf(kind: LogKind): Tally {
  const tally: Tally = { covered: 0, exact: 0, refused: 0, actors: 0, missed: [], widths: [] };
  for (let at = 0; at < seeds; at++) {
    const form = FORMS[at % FORMS.length]!;
    const tried = 1_000 + ((at * 977) % 3_000);
    const log = generateAccessLog({ seed: first + at, kind, visits: 3_000, tried, form });
    const { taken, actors } = assess(log);
    const { atLeast, atMost } = taken;
    const covers = atLeast <= log.taken && (atMost === null || atMost >= log.taken);
    tally.actors += actors.length;
    tally.covered += covers ? 1 : 0;
    tally.exact += atLeast === log.taken && atMost === log.taken ? 1 : 0;
    tally.refused += atMost === null ? 1 : 0;
    if (!covers) tally.missed.push(first + at);
    if (atMost !== null && log.taken > 0) tally.widths.push((atMost - atLeast) / log.taken);
  }
  return tally;
}

print(`bounds: ${seeds} months from seed ${first}, 3,000 visits, 1,000 to 4,000 numbers tried`);
print('kind       actors  exact  covered  upper refused  median width');
for (const kind of [
  'ordinary',
  'sequence',
  'exits',
  'shuffled',
  'gap',
  'body',
  'blurred',
] as const) {
  const { actors, exact, covered, refused, widths, missed } = tallyOf(kind);
  const width = widths.sort((a, b) => a - b)[Math.floor(widths.length / 2)];
  print(
    `${kind.padEnd(10)} ${String(actors).padStart(6)}  ${String(exact).padStart(5)}  ${String(covered).padStart(7)}  ${String(refused).padStart(13)}  ${width === undefined ? '-' : width.toFixed(3)}${missed.length > 0 ? `  missed: ${missed.join(' ')}` : ''}`,
  );
}

/**
 * Months of one page, one behind the other with their days moved, until the file is large enough.
 */
function writeLarge(path: string, kind: LogKind): void {
  const file = openSync(path, 'w');
  const log = generateAccessLog({
    seed: first,
    kind,
    visits: 40_000,
    tried: 20_000,
    form: 'combined',
  });
  const text = `${log.lines.join('\n')}\n`;
  for (let copy = 0, bytes = 0; bytes < megabytes * 1e6; copy++) {
    const moved = text.replaceAll('/Sep/2020', `/Sep/${2020 + (copy % 80)}`);
    bytes += writeSync(file, Buffer.from(moved, 'latin1'));
  }
  closeSync(file);
}

const folder = mkdtempSync(join(tmpdir(), 'tocsin-bench-'));
try {
  if (megabytes > 0) {
    const path = join(folder, 'access.log');
    writeLarge(path, 'exits');
    const main = join(import.meta.dirname, '../src/host/boot/main.ts');
    const measured = `process.on('exit',()=>{const u=process.resourceUsage();process.stderr.write('COST '+(u.userCPUTime+u.systemCPUTime)/1e6+' '+u.maxRSS/1000+'\\n')});`;
    const run = spawnSync(
      process.execPath,
      [
        '--import',
        `data:text/javascript,${encodeURIComponent(measured)}`,
        main,
        'access-log',
        path,
      ],
      { encoding: 'utf8' },
    );
    const [, seconds, memory] = /COST ([\d.]+) ([\d.]+)/.exec(run.stderr) ?? [];
    const size = statSync(path).size / 1e6;
    print(
      `speed: ${size.toFixed(0)} MB, combined: ${(size / Number(seconds)).toFixed(0)} MB per CPU-second (goal 100), ${seconds} s`,
    );
    print(`memory: ${memory} MB at most (goal below 400)`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
