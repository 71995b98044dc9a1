export type { LogKeeper } from './log-writer.ts';
export { type OpenStore, openStore, type StoreFailure, type StorePlace } from './open-store.ts';
