export { parseIpAddress, type Reach, reachOf } from './ip-address.ts';
export { type GatewayHop, gatewayOf, isProvidersOwn } from './mail-gateway.ts';
export { MAIL_GATEWAYS_AS_OF } from './mail-gateways.data.ts';
export { MAIL_PROVIDERS_AS_OF } from './mail-providers.data.ts';
export {
  HOPS_MAX,
  type Hop,
  type ReceivedField,
  type ReceivedHop,
  readReceived,
} from './received.ts';
export { isResults, type RecordPlace, recordPlaces, takingHop } from './record-place.ts';
export { type RouteOddity, routeOddities } from './route-oddity.ts';
export { type BoundaryOptions, boundaryClient, routeSeenFrom } from './trust-boundary.ts';
