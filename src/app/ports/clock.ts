import type { Instant } from '../../core/base/index.ts';

export interface Clock {
  now(): Instant;
}
