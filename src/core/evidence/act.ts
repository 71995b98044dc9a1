import type { Instant, Json } from '../base/index.ts';

/** What a person did, with a reason. Append-only; state is a fold over acts. */
export interface Act {
  readonly kind: string;
  readonly by: string;
  readonly at: Instant;
  readonly reason: string;
  readonly body: { readonly [name: string]: Json };
}
