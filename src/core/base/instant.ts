import type { Brand } from './brand.ts';
import { fail, ok, type Result } from './result.ts';

/** A point in time as RFC 3339 in UTC with milliseconds: `2020-10-21T23:30:00.000Z`. Sorts as text. */
export type Instant = Brand<string, 'Instant'>;

export interface InstantFailure {
  readonly code: 'instant-malformed';
  readonly length: number;
}

const SHAPE = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/;

/** Reads RFC 3339 with any offset; the value is the same moment in UTC. */
export function parseInstant(text: string): Result<Instant, InstantFailure> {
  const milliseconds = SHAPE.test(text) ? Date.parse(text) : Number.NaN;
  const instant = instantFromMilliseconds(milliseconds);
  return instant === null ? fail({ code: 'instant-malformed', length: text.length }) : ok(instant);
}

/** Milliseconds since 1970-01-01T00:00Z; null when out of the range that a four-digit year can write. */
export function instantFromMilliseconds(milliseconds: number): Instant | null {
  if (!(milliseconds >= -62_167_219_200_000 && milliseconds <= 253_402_300_799_999)) return null;
  return new Date(milliseconds).toISOString() as Instant;
}

export const millisecondsOf = (instant: Instant): number => Date.parse(instant);
