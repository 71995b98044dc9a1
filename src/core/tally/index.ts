export {
  type CountyTally,
  likelihoodOf,
  TALLY_SCHEMA,
  type TallyCell,
  tallyOf,
} from './county-tally.ts';
export {
  type HeldCell,
  type HeldCells,
  heldCells,
  heldLabel,
  parseHeldLabel,
} from './held-cell.ts';
export { parseTally, type TallyFailure } from './parse-tally.ts';
export {
  type StatewideAttribution,
  type StatewideMatch,
  sumTallies,
  type TallyRefusal,
  type TallyRefusalCode,
} from './statewide.ts';
export { statewideText } from './statewide-text.ts';
