export {
  createAccessLogReader,
  type ReadLog,
} from './access-log.ts';
export { type AccessLogDocument, accessLogDocument, accessLogJson } from './access-log-json.ts';
export { accessLogText } from './access-log-text.ts';
export { assessAccessLog } from './assess.ts';
export type { AccessLogFindings } from './findings.ts';
export {
  type KnownNumbers,
  parseKnownNumbers,
} from './known-numbers.ts';
export { ENUMERATION } from './refusals.ts';
export { createMemorySpool, type Spool } from './spool.ts';
