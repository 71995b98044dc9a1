import { execFile, spawn } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { openSession } from '../session.ts';
import { isAlive } from './is-alive.ts';
import { type EmbeddedServer, useEmbeddedServer } from './server.ts';

const home = mkdtempSync(join(tmpdir(), 'tocsin-server-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

async function used(folder: string): Promise<EmbeddedServer> {
  const server = await useEmbeddedServer(folder);
  if (!server.ok) throw new Error(JSON.stringify(server.failure));
  return server.value;
}

async function ask(server: EmbeddedServer, question: string): Promise<unknown> {
  const session = await openSession({ socketFolder: server.socketFolder });
  const [row] = await session.query(question);
  await session.close();
  return Object.values(row ?? {})[0];
}

const lockOf = (folder: string): string => join(folder, 'data/postmaster.pid');
const pidOf = (folder: string): number => Number.parseInt(readFileSync(lockOf(folder), 'utf8'), 10);

/** Another process that uses the server, asks it something, and leaves. */
const guest = (folder: string, cwd = process.cwd()) =>
  promisify(execFile)(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import { useEmbeddedServer } from ${JSON.stringify(new URL('./server.ts', import.meta.url))};
     const server = await useEmbeddedServer(${JSON.stringify(folder)});
     console.log(server.ok ? 'served' : JSON.stringify(server.failure));
     if (server.ok) await server.value.release();`,
    ],
    { cwd },
  );

describe('an embedded server', () => {
  const folder = join(home, 'plain');

  test('is made once by processes that start at the same moment, and left by the last', async () => {
    const guests = await Promise.all([guest(folder), guest(folder), guest(folder)]);
    expect(guests.map(({ stdout }) => stdout)).toEqual(['served\n', 'served\n', 'served\n']);
    expect(existsSync(lockOf(folder))).toBe(false);
  });

  test('stands in the folder that a relative path names, whoever names it so', async () => {
    const near = join(home, 'near');
    await guest('near', home);
    expect(existsSync(join(near, 'data/PG_VERSION'))).toBe(true);
    expect((await guest(near)).stdout).toBe('served\n');
  });

  test('runs on while anybody uses it, and is adopted by who comes', async () => {
    const first = await used(folder);
    const pid = pidOf(folder);
    await guest(folder);
    const second = await used(folder);
    expect(pidOf(folder)).toBe(pid);
    await first.release();
    expect(await ask(second, 'select 1')).toBe(1);
    await second.release();
    expect(isAlive(pid)).toBe(false);
  });

  test('listens on no network, keeps checksums, and syncs every commit', async () => {
    const server = await used(folder);
    expect(await ask(server, 'show listen_addresses')).toBe('');
    expect(await ask(server, 'show data_checksums')).toBe('on');
    expect(await ask(server, 'show fsync')).toBe('on');
    expect(await ask(server, 'show synchronous_commit')).toBe('on');
    await server.release();
  });

  test('starts again after it was killed, though its lock file stands', async () => {
    const server = await used(folder);
    process.kill(pidOf(folder), 'SIGKILL');
    await server.release();
    expect(existsSync(lockOf(folder))).toBe(true);
    const again = await used(folder);
    expect(await ask(again, 'select 1')).toBe(1);
    await again.release();
  });

  test('starts though another program got the number that a dead server left', async () => {
    const other = spawn('sleep', ['60'], { stdio: 'ignore' });
    const server = await used(folder);
    const pid = pidOf(folder);
    process.kill(pid, 'SIGKILL');
    await server.release();
    const lock = readFileSync(lockOf(folder), 'utf8');
    writeFileSync(lockOf(folder), lock.replace(String(pid), String(other.pid)));
    const again = await used(folder);
    other.kill();
    expect(await ask(again, 'select 1')).toBe(1);
    await again.release();
  });

  test('starts in a copy whose modes were lost', async () => {
    chmodSync(join(folder, 'data'), 0o755);
    await (await used(folder)).release();
  });

  test('says why when it cannot start', async () => {
    const kept = join(home, 'postgresql.conf');
    const settings = join(folder, 'data/postgresql.conf');
    copyFileSync(settings, kept);
    writeFileSync(settings, 'shared_buffers = nonsense\n');
    const server = await useEmbeddedServer(folder);
    copyFileSync(kept, settings);
    expect(server).toMatchObject({
      failure: { code: 'store-will-not-start', log: expect.stringContaining('shared_buffers') },
    });
  });

  test('of another major version is not touched', async () => {
    const version = join(folder, 'data/PG_VERSION');
    const kept = readFileSync(version, 'utf8');
    writeFileSync(version, '9\n');
    const server = await useEmbeddedServer(folder);
    writeFileSync(version, kept);
    expect(server).toMatchObject({ failure: { code: 'postgres-version', wanted: 9 } });
  });
});

test('a path too long for a socket gets a short one, which goes with the server', async () => {
  const server = await used(join(home, 'long-'.repeat(20), 'folder-'.repeat(10)));
  expect(server.socketFolder.length).toBeLessThan(60);
  expect(await ask(server, 'select 1')).toBe(1);
  await server.release();
  expect(existsSync(server.socketFolder)).toBe(false);
});

test('a path of any characters serves', async () => {
  const server = await used(join(home, `Smith, "Jo": 100% \u00e9\u{1f5f3} $HOME; 'x'`, 'store'));
  expect(await ask(server, 'select 1')).toBe(1);
  await server.release();
});

describe.runIf(process.getuid?.() === 0)('as root, where user namespaces are forbidden', () => {
  test('the server runs as another user that was given the store alone', async () => {
    const tools = join(home, 'tools');
    mkdirSync(tools);
    for (const tool of ['setpriv', 'true']) symlinkSync(`/usr/bin/${tool}`, join(tools, tool));
    const path = process.env['PATH'];
    process.env['PATH'] = tools;
    const server = await used(join(home, 'given/store'));
    process.env['PATH'] = path;
    expect(await ask(server, 'select 1')).toBe(1);
    await server.release();
  });
});
