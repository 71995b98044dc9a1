export { authenticateMessage } from './authenticate.ts';
export { type CheckMemory, checkMemory } from './check-memory.ts';
export { nameServersBy } from './name-servers.ts';
export { evaluateSpf } from './spf.ts';
