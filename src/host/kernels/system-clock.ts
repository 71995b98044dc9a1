import type { Clock } from '../../app/ports/index.ts';
import { assert, instantFromMilliseconds } from '../../core/base/index.ts';

/** The computer's own clock. */
export const systemClock: Clock = {
  now() {
    const instant = instantFromMilliseconds(Date.now());
    assert(instant !== null, 'the clock shows a year between 0 and 9999');
    return instant;
  },
};
