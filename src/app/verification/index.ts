export { type VerifyReport, verifyCase } from './verify.ts';
export type { VerifyProblem } from './verify-problem.ts';
