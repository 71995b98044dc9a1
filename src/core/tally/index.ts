export {
  type CountyTally,
  tallyOf,
} from './county-tally.ts';
export {
  heldCells,
  heldLabel,
  parseHeldLabel,
} from './held-cell.ts';
export { parseTally } from './parse-tally.ts';
export {
  type StatewideMatch,
  sumTallies,
} from './statewide.ts';
export { statewideText } from './statewide-text.ts';
