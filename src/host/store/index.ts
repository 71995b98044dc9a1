export type { LogKeeper } from './log-writer.ts';
export { type OpenStore, openStore, type StoreFailure } from './open-store.ts';
