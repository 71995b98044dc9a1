export { canaryEmail } from './canary-staff.ts';
export { type ListCounty, listCounties, REACHED_COUNTIES } from './counties.ts';
export type { TrueMatches } from './county-tallies.ts';
export { CANARY_DELIVERY } from './facts.ts';
export { BROWSERS, OLD_BROWSER } from './lookup-log.ts';
export { MAILED_SHARE } from './mailed.ts';
export { GIVEN_NAMES, surname } from './names.ts';
export { type Office, type OfficeOrder, planOffice } from './office.ts';
export type { OfficeTruth, TrueCell, TrueList, TrueLog } from './office-truth.ts';
export {
  ALMERA,
  ANKERHAVN,
  addressIn,
  BREVANT,
  CLAYBURN,
  COLLENBY,
  COUNTIES,
  type County,
  countiesBy,
  ESCARRA,
  FLAXLEY,
  PELLINGTON,
  type PostalAddress,
  type StateLetter,
  ZEPHYR,
} from './places.ts';
export { PEOPLE, type Resident } from './registration.ts';
export type { OfficeFile } from './release.ts';
