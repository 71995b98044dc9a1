export { parseIpAddress, type Reach, reachOf } from './ip-address.ts';
export {
  HOPS_MAX,
  type Hop,
  type ReceivedField,
  type ReceivedHop,
  readReceived,
} from './received.ts';
export { type BoundaryOptions, boundaryClient } from './trust-boundary.ts';
