export {
  type Answered,
  answerQuery,
  type CountyDesk,
  destroyKeys,
  type Encoded,
  encodeRoll,
  type RollRecords,
} from './county.ts';
export { type ExchangeFailure, exchangeFailureSentence } from './failure.ts';
export { askCounty, type Counted, commitList, countAnswer, type HubDesk } from './hub.ts';
export { appendLedger, type LedgerEntry, readLedger } from './ledger.ts';
export { nodePrimitives } from './primitives.ts';
export { SEALING_COST, type SealingCost } from './sealed-file.ts';
export { sodiumCurve } from './sodium-curve.ts';
