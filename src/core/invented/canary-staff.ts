import type { Random } from '../base/index.ts';
import type { Canary } from '../exposure/index.ts';
import type { PlantedCanary } from './copies.ts';
import { GIVEN_NAMES, surname } from './names.ts';
import { ALMERA, addressIn } from './places.ts';
import { plain } from './registration.ts';

export interface CanaryOrder {
  /** Canaries of the copy that was used which were mailed and whose mailbox told of it. */
  readonly canariesHeard: readonly Canary[];
  /** How many canaries each copy holds, and how many of the used copy's were mailed. */
  readonly canaries: { readonly planted: number; readonly mailed: number };
}

export function canariesFor(
  order: CanaryOrder,
  used: boolean,
  random: Random,
): readonly PlantedCanary[] {
  const { canariesHeard, canaries } = order;
  const heard: readonly PlantedCanary[] = used
    ? canariesHeard.map((canary) => ({ canary, reached: true }))
    : [];
  const more = Array.from({ length: canaries.planted - heard.length }, (_, at) => ({
    canary: inventCanary(random),
    // Mailed, but the mailbox told nothing: spent in a filter.
    reached: used ? at < canaries.mailed - heard.length : null,
  }));
  return random.shuffle([...heard, ...more]);
}

/** A consenting member of staff: an address used nowhere else, a name that nobody has. */
function inventCanary(random: Random): Canary {
  const { given, family } = canaryName(random);
  const { street, town, postalCode } = addressIn(ALMERA, random);
  const email = canaryEmail({ given, family }, random);
  return { email, first: given, last: family, street, city: town, zip: postalCode };
}

const canaryName = (random: Random) => ({
  given: random.pick(GIVEN_NAMES),
  family: `${surname(random)}son`,
});

/** Under the small provider of the county, with more digits than anybody has. */
export const canaryEmail = (
  { given, family }: { readonly given: string; readonly family: string },
  random: Random,
): string =>
  `${plain(given)}.${plain(family)}${random.between(10_000_000, 99_999_999)}@countynet.example`;
