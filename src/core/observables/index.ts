export { type HeldFiles, unsearchedFiles } from './attached-text.ts';
export { type LocatedMail, locateObservables } from './byte-place.ts';
export { carriedLoad } from './carried-load.ts';
export {
  type Host,
  ipv6Groups,
  organisationOf,
  readHost,
  rememberingHostReader,
} from './host-name.ts';
export type {
  BytePlace,
  NoBytes,
  Observable,
  ObservableType,
  Occurrence,
  Place,
} from './observable.ts';
export { collectObservables, type PictureCode } from './observables.ts';
export { namesContact } from './scan-text.ts';
