import { fail, joinBytes, ok, type Result } from '../base/index.ts';
import { type Curve, ELEMENT_BYTES, type Element } from './curve.ts';
import type { MatchFailure } from './failure.ts';
import { compareOctets } from './octets.ts';

/**
 * The elements of a body, all of them or the first reason to refuse: off the curve or not
 * canonical, the identity, one twice, out of order. Places count from 1.
 */
export function readPoints(
  curve: Curve,
  body: Uint8Array,
  { sorted }: { readonly sorted: boolean },
): Result<readonly Element[], MatchFailure> {
  if (body.length % ELEMENT_BYTES !== 0) {
    return fail({ code: 'match-file-rule', rule: 'whole elements of 32 bytes' });
  }
  const points: Element[] = [];
  for (let from = 0; from < body.length; from += ELEMENT_BYTES) {
    const point = body.subarray(from, from + ELEMENT_BYTES);
    const at = points.length + 1;
    if (point.every((byte) => byte === 0)) return fail({ code: 'match-point-identity', at });
    if (!curve.isElement(point)) return fail({ code: 'match-point-invalid', at });
    const last = points.at(-1);
    if (sorted && last !== undefined) {
      const order = compareOctets(last, point);
      if (order === 0) return fail({ code: 'match-point-twice', at });
      if (order > 0) return fail({ code: 'match-points-unsorted', at });
    }
    points.push(point);
  }
  return ok(points);
}

export const renderPoints = (points: readonly Element[]): Uint8Array => joinBytes(...points);

/**
 * Sorted by their bytes. Blinded elements are random to whoever lacks the blind, so this order is
 * a shuffle that nobody chose.
 */
export const shuffled = (points: readonly Element[]): readonly Element[] =>
  [...points].sort(compareOctets);
