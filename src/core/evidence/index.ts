export type { Act } from './act.ts';
export type { CustodyEntry, Exhibit, ExhibitKind } from './exhibit.ts';
export { type Derivation, type Finding, type FindingKey, findingKey } from './finding.ts';
