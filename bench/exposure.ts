import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { type Random, randomFrom } from '../src/core/base/index.ts';
import { type ExposureReport, linkReports, parseReport } from '../src/core/exposure/index.ts';
import { nodeKernels } from '../src/host/kernels/index.ts';
import { openReleases, readRolls } from '../src/host/roll-engine/index.ts';
import {
  GENERIC_HEADER,
  genericLine,
  type InventedRow,
  inventRows,
  reportLine,
} from './generator/rolls.ts';

/**
 * `node bench/exposure.ts [rows]`: 10,000 reports against one roll, CPU time (user + system) of
 * everything `tocsin exposure` does before attribution: hash, checks, counts, blocking, linkage.
 * Reports carry errors; 1,500 are of relatives who are not on the roll (household decoys).
 */
const REPORTS = 10_000;
const DECOYS = 1500;
const EMAIL_SHARE = 0.4;
const SEED = process.env['SEED'] ?? 'bench-exposure-1';

const [first, second] = process.argv.slice(2);
if (first === 'make') make(second ?? '', Number(process.argv[4]));
else await measure(Number(first ?? 1_000_000));

/** What reporters and senders do to an address, one in eight. */
function blurred(row: InventedRow, random: Random): InventedRow {
  if (!random.chance(0.125)) return row;
  return random.pick([
    { ...row, line: row.line.replace(/.(?= \w+$)/, '') },
    { ...row, first: row.first.slice(0, 1) },
    { ...row, zip: '', email: '' },
    { ...row, last: row.last.slice(0, -1) },
    { ...row, line: row.line.replace(/^\d+/, String(random.between(1, 2400))) },
  ]);
}

function make(folder: string, people: number): void {
  const random = randomFrom(SEED, nodeKernels);
  const draw = random.fork('reports');
  const file = openSync(join(folder, 'roll.csv'), 'w');
  const hash = createHash('sha256');
  let held: string[] = [GENERIC_HEADER];
  const flush = (): void => {
    const text = Buffer.from(held.join(''));
    hash.update(text);
    writeSync(file, text);
    held = [];
  };
  const reports: string[] = [];
  const truth: (string | null)[] = [];
  for (const row of inventRows({ people, emailShare: EMAIL_SHARE }, random)) {
    held.push(genericLine(row));
    if (held.length === 20_000) flush();
    if (reports.length >= REPORTS || !draw.chance((REPORTS * 1.02) / people)) continue;
    const decoy = draw.chance(DECOYS / REPORTS);
    const first = decoy ? `${draw.text(1, 'BCDFGK')}${draw.text(6, 'aeioulmnr')}` : row.first;
    const shown = blurred({ ...row, first, email: decoy ? '' : row.email }, draw);
    reports.push(reportLine(`r${reports.length}`, shown));
    truth.push(decoy ? null : `FL/${row.id}`);
  }
  flush();
  closeSync(file);
  writeFileSync(join(folder, 'reports.jsonl'), reports.join(''));
  writeFileSync(join(folder, 'truth.json'), JSON.stringify(truth));
  const manifest = {
    releaseId: 'bench',
    jurisdiction: 'FL',
    asOf: '2020-08-01',
    layoutId: 'generic',
    sha256: hash.digest('hex'),
    rowCount: people,
  };
  writeFileSync(join(folder, 'roll.manifest.json'), JSON.stringify(manifest));
}

async function measure(people: number): Promise<void> {
  // As the command does (src/host/cli/office.ts).
  for (const flag of ['--heap-growing-percent=30', '--semi-space-growth-factor=1']) {
    setFlagsFromString(flag);
  }
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-bench-'));
  try {
    spawnSync(process.execPath, [import.meta.filename, 'make', folder, String(people)], {
      stdio: 'inherit',
    });
    const reports: ExposureReport[] = readFileSync(join(folder, 'reports.jsonl'), 'utf8')
      .split('\n')
      .flatMap((line) => {
        const read = parseReport(line);
        return read.ok ? [read.value] : [];
      });
    const truth = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as (string | null)[];
    const steps: string[] = [];
    let before = process.cpuUsage();
    const step = (name: string): void => {
      const { user, system } = process.cpuUsage(before);
      before = process.cpuUsage();
      steps.push(`${name} ${((user + system) / 1e6).toFixed(1)}`);
    };
    const opened = openReleases(folder);
    if (!opened.ok) throw new Error(opened.failure.failure.code);
    step('hash');
    const rolls = await readRolls(opened.value, reports);
    if (!rolls.ok) throw new Error(rolls.failure.failure.code);
    step('read');
    const { links } = linkReports({
      ...rolls.value,
      rollSize: people,
      emails: people * EMAIL_SHARE,
    });
    step('link');
    const linked = links.flatMap(({ state, version }, at) =>
      state === 'linked' ? [rolls.value.versions[version!]!.person === truth[at]] : [],
    );
    const right = linked.filter(Boolean).length;
    const onRoll = truth.filter((person) => person !== null).length;
    process.stdout.write(
      `${reports.length} reports x ${people} rows, seed ${SEED}: CPU-s ${steps.join(', ')}; ` +
        `peak ${Math.round(process.resourceUsage().maxRSS / 1000)} MB; ` +
        `precision ${(right / linked.length).toFixed(4)}, recall ${(right / onRoll).toFixed(4)}, ` +
        `pairs ${rolls.value.pairs.length}\n`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
