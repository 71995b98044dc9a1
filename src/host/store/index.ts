export { isAlive } from './embedded/is-alive.ts';
export type { LogKeeper } from './log-writer.ts';
export { type OpenStore, openStore, type StoreFailure } from './open-store.ts';
