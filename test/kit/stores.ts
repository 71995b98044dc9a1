import { join } from 'node:path';
import { useEmbeddedServer } from '../../src/host/store/embedded/server.ts';
import { openSession } from '../../src/host/store/session.ts';
import { scratchFolder } from './case.ts';

/**
 * One filling of the store's ports. `start` gives the URL to open cases with, null for embedded.
 */
export interface StoreFilling {
  readonly name: string;
  start(): Promise<{ readonly storeUrl: string | null; stop(): Promise<void> }>;
}

const embedded: StoreFilling = {
  name: 'embedded PostgreSQL',
  start: async () => ({ storeUrl: null, stop: async () => undefined }),
};

/** A server that somebody else runs, where we own one database and are no superuser. */
const server: StoreFilling = {
  name: 'PostgreSQL server by URL',
  start: async () => {
    const scratch = scratchFolder();
    const started = await useEmbeddedServer(join(scratch.path, 'server'));
    if (!started.ok) throw new Error(JSON.stringify(started.failure));
    const { socketFolder, release } = started.value;
    const session = await openSession({ socketFolder });
    await session.query("create role office login password 'seal'");
    await session.query('create database evidence owner office');
    await session.close();
    return {
      storeUrl: `postgres://office:seal@localhost/evidence?host=${encodeURIComponent(socketFolder)}`,
      stop: async () => {
        await release();
        scratch.remove();
      },
    };
  },
};

export const STORE_FILLINGS: readonly StoreFilling[] = [embedded, server];
