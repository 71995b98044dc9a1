export type { DnsOrder } from './authenticate-case.ts';
export { investigate } from './investigate.ts';
export { withNetworkHints } from './network-hints.ts';
export { createRederive } from './rederive.ts';
