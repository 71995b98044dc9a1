export type { DnsOrder } from './authenticate-case.ts';
export { investigate } from './investigate.ts';
export { withNetworkHints } from './network-hints.ts';
export { createRederive } from './rederive.ts';
export { type VerifyReport, verifyCase } from './verify.ts';
export type { VerifyProblem } from './verify-problem.ts';
