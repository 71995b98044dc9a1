export { type HeldFiles, unsearchedFiles } from './attached-text.ts';
export { type Locate, observableLocator } from './byte-place.ts';
export { carriedLoad } from './carried-load.ts';
export {
  ipv6Groups,
  organisationOf,
  readHost,
  rememberingHostReader,
} from './host-name.ts';
export type {
  BytePlace,
  Observable,
} from './observable.ts';
export { collectObservables, type PictureCode } from './observables.ts';
export { namesContact, scanText } from './scan-text.ts';
