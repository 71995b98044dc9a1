export { type FileRisk, fileRisks } from './file-risk.ts';
export { type FileAction, isRunning } from './running-file.ts';
