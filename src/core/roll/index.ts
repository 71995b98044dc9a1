export { type Availability, availabilityOf } from './availability.ts';
export { fieldsNamed, type RollField } from './fields.ts';
export {
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
  addressKeys,
  emailKey,
  nameKey,
  partyKey,
  plainText,
  zipKey,
} from './spelling.ts';
export { STATE_LAYOUTS, stateLayout } from './state-layouts.ts';
export { createZipStates } from './zip-states.ts';
