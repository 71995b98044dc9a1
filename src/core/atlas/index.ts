export { countyFinder } from './county-codes.ts';
export { drawState, type StateMap } from './state-map.ts';
export { type Atlas, readAtlas } from './topology.ts';
