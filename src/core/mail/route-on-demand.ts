import { type Hop, type ReceivedField, readReceived } from '../route/index.ts';

const READ_ROUTE = Symbol('read route');

interface Unread {
  readonly [READ_ROUTE]: () => readonly Hop[];
}

/** One accessor for all messages: one made for each would cost more memory than the message. */
const ON_DEMAND: PropertyDescriptor & ThisType<Unread> = {
  enumerable: true,
  get() {
    return this[READ_ROUTE]();
  },
};

/** The route of these fields, read at the first call. */
export function routeReader(received: readonly ReceivedField[]): () => readonly Hop[] {
  let route: readonly Hop[] | null = null;
  return () => {
    route ??= readReceived(received);
    return route;
  };
}

/**
 * `{ ...before, route, ...behind }` with a route that is read when it is first asked for: that is a
 * third of the work on a usual mail, and not every caller asks. It is an own, enumerable property
 * all the same, so that JSON, copies and comparisons have it. `before` is changed.
 */
export function withRoute<Before extends object, Behind extends object>(
  before: Before,
  route: () => readonly Hop[],
  behind: Behind,
): Before & { readonly route: readonly Hop[] } & Behind {
  Object.defineProperty(before, READ_ROUTE, { value: route });
  Object.defineProperty(before, 'route', ON_DEMAND);
  return Object.assign(before as Before & { readonly route: readonly Hop[] }, behind);
}
