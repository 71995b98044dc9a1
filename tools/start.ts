import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** `npm start`: the founding case as a replay, investigated; then where to look and what to do. */
const SEED = '2020';

const command = resolve(import.meta.dirname, '../bin/tocsin');

function tocsin(...words: readonly string[]): number {
  const run = spawnSync(process.execPath, [command, ...words], { stdio: 'inherit' });
  return run.status ?? 3;
}

/** What the offices hold beside their mail: lists, secrets that read them, facts, logs, counts. */
function officeOptions(): readonly string[] {
  const office = (name: string): string => join(replay, 'office', name);
  return [
    ...['--releases', office('releases'), '--registers', office('registers')],
    ...['--facts', office('facts.json'), '--access-log', office('logs')],
    ...['--matches', office('matches')],
  ];
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const folder = mkdtempSync(join(tmpdir(), 'tocsin-october-2020-'));
const [replay, caseFolder] = [join(folder, 'replay'), join(folder, 'case')];

say('Threatening e-mails to voters, October 2020: a replay with invented voters.');
const written = tocsin('replay', 'october-2020', '--seed', SEED, '--out', replay);
const code =
  written === 0
    ? tocsin('investigate', join(replay, 'evidence'), '--case', caseFolder, ...officeOptions())
    : written;

if (code <= 1) {
  say('');
  say(`Report    ${pathToFileURL(join(caseFolder, 'report/index.html')).href}`);
  say(`Truth     ${join(replay, 'truth.json')}: what the report should have found`);
  say(`Score     npm run score -- ${caseFolder} ${join(replay, 'truth.json')}`);
  say('Your own  bin/tocsin investigate FOLDER --case DIR');
}
process.exitCode = code;
