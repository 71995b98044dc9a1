export { writeDurably } from './case-files.ts';
export { type CaseFailure, type CaseHandle, type CaseRequest, openCase } from './open-case.ts';
export type { ReportFile } from './report-folder.ts';
