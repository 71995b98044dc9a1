import type { Hop } from '../mail/index.ts';
import { type RouteOddity, routeOddities } from '../route/index.ts';
import { type HeaderPointer, hopPointer } from './header-pointer.ts';

/** Hops told of one kind; a forger can write a thousand. */
const ROUTE_REASONS_MAX = 3;

/** What is odd in the sender's part of a route: a reason to look, and never what decides. */
export interface RouteReason {
  readonly code: 'hop-claims-recipient' | 'hop-clock-backwards';
  readonly text: string;
  readonly at: HeaderPointer;
}

/**
 * Hops that the sender's side wrote in the name of the recipient's, and clocks that run backwards
 * there. Oddities of trusted hops are the recipient's own and no reason to doubt a sender.
 */
export function routeReasons(
  route: readonly Hop[],
  odd: readonly RouteOddity[] = routeOddities(route),
): readonly RouteReason[] {
  const told = (code: RouteOddity['code'], say: (hop: Hop, seconds: number) => RouteReason) =>
    odd
      .filter((one) => one.code === code)
      .flatMap(({ hop: at, seconds }) => {
        const hop = route[at];
        return hop === undefined || hop.trusted ? [] : [say(hop, seconds ?? 0)];
      })
      .slice(0, ROUTE_REASONS_MAX);
  return [
    ...told('claims-recipient', (hop) => ({
      code: 'hop-claims-recipient',
      text: `A hop below the trust boundary says that ${hop.by ?? ''}, a host of the recipient’s side, wrote it: forged, or mail that came back.`,
      at: hopPointer(hop),
    })),
    ...told('clock-backwards', (hop, seconds) => ({
      code: 'hop-clock-backwards',
      text: `${hop.by ?? 'A host'} dates it ${duration(seconds)} before the hop it took it from: a wrong clock, or a written date.`,
      at: hopPointer(hop),
    })),
  ];
}

function duration(seconds: number): string {
  if (seconds < 7200) return `${Math.round(seconds / 60)} minutes`;
  return seconds < 172_800
    ? `${Math.round(seconds / 3600)} hours`
    : `${Math.round(seconds / 86_400)} days`;
}
