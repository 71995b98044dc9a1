export {
  answerQuery,
  type CountyDesk,
  destroyKeys,
  encodeRoll,
  type RollRecords,
} from './county.ts';
export { type ExchangeFailure, exchangeFailureSentence } from './failure.ts';
export { replaceFile } from './files.ts';
export { askCounty, type Counted, commitList, countAnswer, openReports } from './hub.ts';
export { appendLedger, type LedgerEntry, readLedger } from './ledger.ts';
export { nodePrimitives } from './primitives.ts';
export { SEALING_COST } from './sealed-file.ts';
export { sodiumCurve } from './sodium-curve.ts';
