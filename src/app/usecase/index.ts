export { type InvestigateOrder, type InvestigatePorts, investigate } from './investigate.ts';
export { createRederive, type RederivePorts } from './rederive.ts';
export { type VerifyReport, verifyCase } from './verify.ts';
export type { VerifyProblem } from './verify-problem.ts';
