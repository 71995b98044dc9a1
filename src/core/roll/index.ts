export { AVAILABILITY_AS_OF, type Availability, availabilityOf } from './availability.ts';
export { fieldsNamed, ROLL_FIELDS, type RollField } from './fields.ts';
export {
  type ColumnSource,
  cellsOf,
  isPadded,
  type LayoutFailure,
  parseMapping,
  type ResolvedLayout,
  type RollLayout,
  resolveLayout,
} from './layout.ts';
export {
  type ManifestFailure,
  parseManifest,
  type ReleaseManifest,
  releaseIdTwice,
} from './manifest.ts';
export { proposeMapping } from './propose-mapping.ts';
export {
  type AddressKeys,
  addressKeys,
  emailKey,
  nameKey,
  partyKey,
  plainText,
  zipKey,
} from './spelling.ts';
export { STATE_LAYOUTS, stateLayout } from './state-layouts.ts';
export { createZipStates } from './zip-states.ts';
