export { parseIpAddress, reachOf } from './ip-address.ts';
export { type GatewayHop, gatewayOf, isFromBlocksOf, isProvidersOwn } from './mail-gateway.ts';
export {
  HOPS_MAX,
  type Hop,
  readReceived,
} from './received.ts';
export { isResults, type RecordPlace, recordPlaces, takingHop } from './record-place.ts';
export { type RouteOddity, routeOddities } from './route-oddity.ts';
export { type BoundaryOptions, boundaryClient, routeSeenFrom } from './trust-boundary.ts';
