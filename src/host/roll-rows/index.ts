export {
  EMPTY_A,
  hashStretch,
  joinFirst,
  joinSecond,
  type Lanes,
  laneSieve,
  laneTable,
  NAME_FOLD,
  numberOf,
} from './lanes.ts';
export { type NumberBag, numberBag } from './number-bag.ts';
export { openRowParts, PART, type RowParts } from './row-parts.ts';
export {
  openRowScanner,
  type RowCells,
  type RowShape,
  type RowTrouble,
} from './row-scanner.ts';
