import { type ChildProcess, spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { StoreFault } from '../../../app/ports/index.ts';
import { fail, ok, type Result } from '../../../core/base/index.ts';
import { openSession, type Session, sqlState, storeFault } from '../session.ts';
import { handOver } from './account.ts';
import { type Cluster, type ClusterFailure, prepareCluster } from './cluster.ts';
import { isAlive } from './is-alive.ts';
import { settingsFor } from './settings.ts';

/** A PostgreSQL of our own, shared with every process that has this case open. */
export interface EmbeddedServer {
  readonly socketFolder: string;
  /** Ends this process's use; the last user stops the server. */
  release(): Promise<void>;
}

/** Key of the lock that every user shares; who gets it alone is the last one. */
const PRESENCE_LOCK = 0x70_72_65_73;

/** Recovery after a crash replays at most `max_wal_size`; that long a start is waited for. */
const START_PATIENCE_MS = 120_000;
const STOP_PATIENCE_MS = 30_000;
const POLL_MS = 5;

/** A server that gives up so often will not start. Once or twice is another start's race. */
const ATTEMPTS_MAX = 5;

/** `sun_path` holds 104 bytes on macOS and 108 on Linux, the closing NUL included. */
const SOCKET_PATH_BYTES_MAX = 103;
const SOCKET_NAME = '.s.PGSQL.5432';

const LOG_BYTES_MAX = 1_000_000;
const LOG_CHARS_SHOWN = 2000;

/**
 * Uses the server of the data folder under `folder`: one that runs is adopted, else one is started.
 * Rejects with `StoreFault` where it runs on damaged files and can serve nobody.
 */
export async function useEmbeddedServer(
  place: string,
): Promise<Result<EmbeddedServer, ClusterFailure>> {
  // PostgreSQL's programs run in that folder: a path from where we stand means another there.
  const folder = resolve(place);
  const prepared = prepareCluster(folder);
  if (!prepared.ok) return prepared;
  const cluster = prepared.value;
  const deadline = performance.now() + START_PATIENCE_MS;
  let child: ChildProcess | null = null;
  let attempts = 0;
  while (performance.now() < deadline) {
    try {
      const arrived = await arrive(candidateSockets(folder, cluster));
      if (arrived !== null) return ok(serverOf(cluster, arrived));
    } catch (fault) {
      if (child !== null) await stop(cluster, lockFile(cluster)?.socket ?? folder);
      throw fault;
    }
    if (child === null || child.exitCode !== null || child.signalCode !== null) {
      if (child !== null) removeStaleLock(cluster);
      attempts += 1;
      if (attempts > ATTEMPTS_MAX) break;
      child = start(folder, cluster);
    }
    await pause(attempts > 1 ? POLL_MS * 10 * attempts : POLL_MS);
  }
  return fail({ code: 'store-will-not-start', log: logTail(folder) });
}

interface Arrival {
  readonly socketFolder: string;
  readonly presence: Session;
}

/** Connects and makes our presence known; null while no server is ready for it. */
async function arrive(sockets: readonly string[]): Promise<Arrival | null> {
  for (const socketFolder of sockets) {
    if (!existsSync(join(socketFolder, SOCKET_NAME))) continue;
    const presence = await openSession({ socketFolder }).catch(notReady);
    if (presence === null) continue;
    try {
      // Waits while the last user is stopping the server, and fails when it is stopped.
      await presence.query('select pg_advisory_lock_shared($1)', [PRESENCE_LOCK]);
      return { socketFolder, presence };
    } catch (fault) {
      await presence.close();
      if (fault instanceof StoreFault && fault.code === 'store-damaged') throw fault;
    }
  }
  return null;
}

/** Not there, not listening, starting up, in recovery, or shutting down. */
function notReady(error: unknown): null {
  const state = sqlState(error);
  if (state !== null && !state.startsWith('57P')) throw storeFault(error);
  return null;
}

function serverOf(cluster: Cluster, { socketFolder, presence }: Arrival): EmbeddedServer {
  return {
    socketFolder,
    release: async () => {
      try {
        if (await isLastUser(presence)) await stop(cluster, socketFolder);
      } catch {
        // The connection is gone, so the server is: there is nothing left to stop.
      }
      await presence.close();
    },
  };
}

async function isLastUser(presence: Session): Promise<boolean> {
  await presence.query('select pg_advisory_unlock_shared($1)', [PRESENCE_LOCK]);
  const [row] = await presence.query('select pg_try_advisory_lock($1) as alone', [PRESENCE_LOCK]);
  return row?.['alone'] === true;
}

/** Fast shutdown: sessions are ended, a checkpoint is written. Our lock keeps newcomers waiting. */
async function stop(cluster: Cluster, socketFolder: string): Promise<void> {
  const pid = lockFile(cluster)?.pid;
  if (pid === undefined) return;
  process.kill(pid, 'SIGINT');
  const deadline = performance.now() + STOP_PATIENCE_MS;
  while (isAlive(pid) && performance.now() < deadline) await pause(POLL_MS);
  if (isOwnSocketFolder(socketFolder)) rmSync(socketFolder, { recursive: true, force: true });
}

function start(folder: string, cluster: Cluster): ChildProcess {
  const { account, program, dataFolder, environment } = cluster;
  const socketFolder = makeSocketFolder(folder);
  handOver(socketFolder, account);
  const settings = { ...settingsFor(cluster.major), unix_socket_directories: quoted(socketFolder) };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const command = [...account.prefix, program, '-D', dataFolder, ...options];
  const log = openLog(folder);
  const child = spawn(command[0] ?? '', command.slice(1), {
    cwd: dataFolder,
    env: environment,
    detached: true,
    stdio: ['ignore', log, log],
    ...(account.spawnAs ?? {}),
  });
  // A program that is not there ends like one that gave up: the log is what is left to say.
  child.on('error', () => undefined);
  child.unref();
  closeSync(log);
  return child;
}

/** The setting is a list, in which a comma or a space of the path would part it. */
const quoted = (path: string): string => `"${path.replaceAll('"', '""')}"`;

function openLog(folder: string): number {
  const file = join(folder, 'server.log');
  const grown = (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES_MAX;
  return openSync(file, grown ? 'w' : 'a', 0o600);
}

function logTail(folder: string): string {
  const file = join(folder, 'server.log');
  return existsSync(file) ? readFileSync(file, 'utf8').slice(-LOG_CHARS_SHOWN) : '';
}

/** What the first lines of `postmaster.pid` say; null where no server runs or is starting. */
function lockFile(cluster: Cluster): { readonly pid: number; readonly socket: string } | null {
  const file = join(cluster.dataFolder, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, 'utf8').split('\n');
  return { pid: Math.abs(Number(lines[0])), socket: lines[4] ?? '' };
}

function candidateSockets(folder: string, cluster: Cluster): readonly string[] {
  const recorded = lockFile(cluster)?.socket ?? '';
  return recorded === '' || recorded === folder ? [folder] : [folder, recorded];
}

const PRIVATE_PREFIX = 'tocsin-socket-';
const isOwnSocketFolder = (folder: string): boolean => basename(folder).startsWith(PRIVATE_PREFIX);

/**
 * The store's folder, or a private short one where the path would not fit into a socket address.
 */
function makeSocketFolder(folder: string): string {
  const fits = Buffer.byteLength(join(folder, SOCKET_NAME)) <= SOCKET_PATH_BYTES_MAX;
  return fits ? folder : mkdtempSync(join(tmpdir(), PRIVATE_PREFIX));
}

/**
 * After a power cut, another program may bear the number that `postmaster.pid` names; PostgreSQL
 * then takes it for its own server and refuses for ever. Removed only where we can see who it is.
 */
function removeStaleLock(cluster: Cluster): void {
  const lock = lockFile(cluster);
  const commandLine = `/proc/${lock?.pid}/cmdline`;
  if (lock === null || !existsSync(commandLine)) return;
  if (readFileSync(commandLine, 'utf8').includes('postgres')) return;
  rmSync(join(cluster.dataFolder, 'postmaster.pid'), { force: true });
  for (const socket of new Set([dirname(cluster.dataFolder), lock.socket])) {
    rmSync(join(socket, `${SOCKET_NAME}.lock`), { force: true });
  }
}
