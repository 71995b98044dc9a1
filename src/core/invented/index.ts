export { canaryEmail } from './canary-staff.ts';
export { listCounties, REACHED_COUNTIES } from './counties.ts';
export { CANARY_DELIVERY } from './facts.ts';
export { BROWSERS, OLD_BROWSER } from './lookup-log.ts';
export { MAILED_SHARE } from './mailed.ts';
export { GIVEN_NAMES, surname } from './names.ts';
export { type OfficeOrder, planOffice } from './office.ts';
export type { OfficeTruth, TrueList } from './office-truth.ts';
export {
  ALMERA,
  ANKERHAVN,
  addressIn,
  BREVANT,
  CLAYBURN,
  COLLENBY,
  type County,
  countiesBy,
  ESCARRA,
  FLAXLEY,
  PELLINGTON,
  type PostalAddress,
  ZEPHYR,
} from './places.ts';
export { PEOPLE, type Resident } from './registration.ts';
