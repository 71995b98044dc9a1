export {
  type AccessLogOrder,
  type AccessLogReader,
  createAccessLogReader,
  type ReadLog,
} from './access-log.ts';
export { type AccessLogDocument, accessLogDocument, accessLogJson } from './access-log-json.ts';
export { accessLogText } from './access-log-text.ts';
export { assessAccessLog } from './assess.ts';
export type { AccessLogFindings, Actor, Bounds, NoticeRecord, Refusal } from './findings.ts';
export {
  type KnownNumbers,
  type KnownNumbersFailure,
  parseKnownNumbers,
} from './known-numbers.ts';
export { ENUMERATION } from './refusals.ts';
export { createMemorySpool, type Spool } from './spool.ts';
