import type { Random } from '../base/index.ts';
import { PROVIDER_SHARES } from '../mail-writer/index.ts';
import type { ListCounty } from './counties.ts';
import { GIVEN_NAMES } from './names.ts';
import { addressIn, type PostalAddress } from './places.ts';

/** A resident whom the story knows by name: somebody who reported a mail of the wave. */
export interface Resident {
  readonly key: string;
  readonly given: string;
  readonly family: string;
  readonly email: string;
  /** County that the list has them in. */
  readonly place: ListCounty;
  /** As the list of the story's month has them. */
  readonly listed: PostalAddress;
  /** Month of a later move, `YYYY-MM`, and where to; `to` null: out of the state. */
  readonly moved: { readonly month: string; readonly to: PostalAddress | null } | null;
}

/** One row of a voter list as one month has it. A change makes another object. */
export interface Registration {
  readonly id: string;
  readonly given: string;
  readonly family: string;
  readonly line: string;
  readonly unit: string;
  readonly town: string;
  readonly zip: string;
  readonly place: ListCounty;
  readonly party: string;
  /** Empty where the state knows none. */
  readonly email: string;
  readonly gender: string;
  /** YYYY-MM-DD. */
  readonly born: string;
  readonly since: string;
  /** Key of the resident of the story; null for everybody else. */
  readonly resident: string | null;
}

/**
 * Lists and log grow with the replay up to this scale: 170,000 people in state F, 1 GB of memory.
 * Beyond it only the mail grows.
 */
export const LIST_SCALE_MAX = 10;

/** Who lives in a state: shares of its list (set). */
export interface People {
  /** The party that the wave was after, and its share. */
  readonly party: string;
  readonly share: number;
  readonly others: readonly (readonly [party: string, share: number])[];
  /** Share with an e-mail address on file. */
  readonly reached: number;
}

export const PEOPLE: { readonly [state in 'F' | 'A']: People } = {
  F: {
    party: 'TRN',
    share: 0.42,
    others: [
      ['VAL', 0.36],
      ['NPA', 0.22],
    ],
    reached: 0.6,
  },
  A: {
    party: 'T',
    share: 0.33,
    others: [
      ['V', 0.27],
      ['N', 0.15],
      ['U', 0.25],
    ],
    reached: 0.2,
  },
};

/** Address of a list: street line and unit apart. */
export const homeOf = ({ street, town, postalCode }: PostalAddress) => {
  const at = street.indexOf(' Apt ');
  return at < 0
    ? { line: street, unit: '', town, zip: postalCode }
    : { line: street.slice(0, at), unit: street.slice(at + 1), town, zip: postalCode };
};

export const homeIn = (place: ListCounty, random: Random) =>
  homeOf(addressIn(place.county, random));

const HOUSES = PROVIDER_SHARES.map(([{ domain }, share]) => [domain, share] as const);

/** An address that no voter of the wave has: those have no digits after a dotted name. */
export const emailFor = (who: Pick<Registration, 'given' | 'family' | 'id'>, random: Random) =>
  `${plain(who.given)}.${plain(who.family)}${who.id.slice(-6)}${random.between(0, 9)}@${random.weighted(HOUSES)}`;

export const plain = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z]/g, '') || 'voter';

/** Somebody new: a person at a home, of a party, reachable or not. */
export function invent(
  at: {
    readonly id: string;
    readonly place: ListCounty;
    readonly home: ReturnType<typeof homeIn>;
    readonly family: string;
    readonly party: string;
    readonly reached: boolean;
  },
  random: Random,
): Registration {
  const { id, place, home, family, party, reached } = at;
  const given = random.pick(GIVEN_NAMES);
  return {
    id,
    given,
    family,
    ...home,
    place,
    party,
    email: reached ? emailFor({ given, family, id }, random) : '',
    ...personal(random),
    resident: null,
  };
}

export const personal = (random: Random) => ({
  gender: random.chance(0.52) ? 'F' : 'M',
  born: `${random.between(1931, 2001)}-${two(random.between(1, 12))}-${two(random.between(1, 28))}`,
  since: `${random.between(2002, 2019)}-${two(random.between(1, 12))}-${two(random.between(1, 28))}`,
});

const two = (number: number): string => String(number).padStart(2, '0');
