import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../../core/base/index.ts';
import { type Account, chooseAccount, handOver } from './account.ts';
import { type Binaries, environmentOf, findBinaries } from './binaries.ts';
import { isAlive } from './is-alive.ts';

export type ClusterFailure =
  /** Neither the npm package for this platform nor a system's PostgreSQL is there. */
  | { readonly code: 'postgres-missing'; readonly platform: string }
  /** The case was written by another major version than those at hand. */
  | {
      readonly code: 'postgres-version';
      readonly wanted: number;
      readonly found: readonly number[];
    }
  /** `initdb` or the server gave up; the last lines that it wrote. */
  | { readonly code: 'store-will-not-start'; readonly log: string };

/** A data folder that is ready to be served, and what serves it. */
export interface Cluster {
  readonly dataFolder: string;
  readonly program: string;
  readonly major: number;
  readonly environment: NodeJS.ProcessEnv;
  readonly account: Account;
}

const LOG_CHARS_MAX = 2000;

/** Finds the data folder under `folder`, or makes it. Safe at the same moment in two processes. */
export function prepareCluster(folder: string): Result<Cluster, ClusterFailure> {
  const dataFolder = join(folder, 'data');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  closeToOthers(folder);
  closeToOthers(dataFolder);
  const version = dataVersion(dataFolder);
  const all = findBinaries();
  const fitting = all.filter(({ major }) => version === null || major === version);
  if (all.length === 0) {
    return fail({ code: 'postgres-missing', platform: `${process.platform}-${process.arch}` });
  }
  if (version !== null && fitting.length === 0) {
    return fail({
      code: 'postgres-version',
      wanted: version,
      found: all.map(({ major }) => major),
    });
  }
  const account = chooseAccount(dataFolder);
  let log = '';
  for (const binaries of fitting) {
    const environment = environmentOf(binaries, join(folder, 'lib'));
    handOver(folder, account);
    const cluster = {
      dataFolder,
      program: join(binaries.folder, 'postgres'),
      major: binaries.major,
      environment,
      account,
    };
    if (dataVersion(dataFolder) !== null) return ok(cluster);
    const made = makeCluster(folder, binaries, cluster);
    if (made.ok) return ok(cluster);
    log = made.failure;
  }
  return fail({ code: 'store-will-not-start', log });
}

/**
 * A case that was copied may have lost its modes; PostgreSQL refuses a folder that others may read.
 */
function closeToOthers(folder: string): void {
  const mode = statSync(folder, { throwIfNoEntry: false })?.mode ?? 0o700;
  if ((mode & 0o077) !== 0) chmodSync(folder, 0o700);
}

/** Major version that wrote the folder; null where there is none. */
function dataVersion(dataFolder: string): number | null {
  const file = join(dataFolder, 'PG_VERSION');
  return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : null;
}

/** Made under another name and then renamed: a crash half-way leaves no half of a cluster. */
function makeCluster(
  folder: string,
  binaries: Binaries,
  { dataFolder, environment, account }: Cluster,
): Result<void, string> {
  sweepUnfinished(folder);
  const draft = join(folder, `new.${process.pid}`);
  const command = [
    ...account.prefix,
    join(binaries.folder, 'initdb'),
    ...initArguments(draft, binaries),
  ];
  const { status, stdout, stderr, error } = spawnSync(command[0] ?? '', command.slice(1), {
    cwd: folder,
    env: environment,
    encoding: 'utf8',
    ...(account.spawnAs ?? {}),
  });
  if (status !== 0) {
    rmSync(draft, { recursive: true, force: true });
    return fail(`${error?.message ?? ''}${stdout ?? ''}${stderr ?? ''}`.slice(-LOG_CHARS_MAX));
  }
  try {
    renameSync(draft, dataFolder);
  } catch (failure) {
    rmSync(draft, { recursive: true, force: true });
    // Another process was faster; its cluster serves as well.
    if (dataVersion(dataFolder) === null) return fail(String(failure));
  }
  return ok(undefined);
}

/** Trust among those who reach the socket: its folder is open to the case's own user only. */
const initArguments = (folder: string, { major }: Binaries): readonly string[] => [
  `--pgdata=${folder}`,
  '--username=tocsin',
  '--auth=trust',
  '--encoding=UTF8',
  '--locale=C',
  '--data-checksums',
  '--no-instructions',
  // One sync of the file system in place of a thousand of files.
  ...(major >= 17 && process.platform === 'linux' ? ['--sync-method=syncfs'] : []),
];

function sweepUnfinished(folder: string): void {
  for (const entry of readdirSync(folder)) {
    const [, pid] = /^new\.(\d+)$/.exec(entry) ?? [];
    if (pid !== undefined && !isAlive(Number(pid))) {
      rmSync(join(folder, entry), { recursive: true, force: true });
    }
  }
}
