export { KEY_FIELDS, type KeyField, type PersonKeys } from './comparison.ts';
export { jaroWinkler } from './jaro-winkler.ts';
export {
  LINK_PROBABILITY,
  type Link,
  type Linkage,
  type LinkageInput,
  linkReports,
  presenceOf,
  type RecordVersion,
} from './linkage.ts';
export {
  type ExposureReport,
  parseReport,
  type ReportFailure,
  type ShownRecipient,
} from './report.ts';
export {
  collapseStratum,
  parseStratum,
  type StrataDimensions,
  type Stratum,
  sharedDimensions,
} from './strata.ts';
