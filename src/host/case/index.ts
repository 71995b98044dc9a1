export { writeDurably } from './case-files.ts';
export { type CaseFailure, type CaseHandle, openCase } from './open-case.ts';
