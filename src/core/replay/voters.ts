import type { Random } from '../base/index.ts';
import {
  ALMERA,
  addressIn,
  type County,
  canaryEmail,
  GIVEN_NAMES,
  type PostalAddress,
  surname,
} from '../invented/index.ts';
import { COUNTYNET, PROVIDER_SHARES, type Provider, UNIVERSITY } from '../mail-writer/index.ts';

/** A voter who does not exist. */
export interface Voter {
  /** Invented id, `V-00042`: the truth names voters by it only. */
  readonly key: string;
  readonly given: string;
  readonly family: string;
  readonly county: County;
  /** County that the list has them in. */
  readonly listedIn: County;
  readonly address: PostalAddress;
  /** As the stolen list has it: a former address where `moved` is set. */
  readonly listed: PostalAddress;
  /** The same as the copy spells it that the senders had: marks are in its words. */
  readonly spelled: PostalAddress;
  /** Day of moving, after the list was drawn; null for voters who stayed. */
  readonly moved: string | null;
  readonly provider: Provider;
  readonly email: string;
}

export interface VoterWish {
  readonly county: County;
  /** County that the list has them in; another one only for the two movers. */
  readonly listedIn?: County;
  readonly stale: boolean;
  /** Houses that the voter's mailbox may be with; null for any. */
  readonly houses: readonly Provider['id'][] | null;
  /** A member of staff's mailbox that was planted into one copy of the list. */
  readonly canary?: boolean;
  /** An address of the voter's own choice, with the county's small provider. */
  readonly email?: string;
}

/** Share of list addresses that the voter has left: they date the list (set). */
export const STALE_SHARE = 0.05;

/** The day on which state F's list was drawn; who moved later has a former address in it. */
export const LIST_DRAWN = '2020-06-30';

/** Makes voters one after the other; no two share a key or an e-mail address. */
export function voterMaker(): (wish: VoterWish, random: Random) => Voter {
  const taken = new Set<string>();
  let count = 0;
  return (wish, random) => {
    count += 1;
    const given = random.pick(GIVEN_NAMES);
    const family = surname(random);
    const { county, listedIn = county } = wish;
    const own = wish.canary ? canaryEmail({ given, family }, random) : wish.email;
    const provider = own === undefined ? providerFor(wish, random) : COUNTYNET;
    const address = addressIn(county, random);
    const stale = listedIn !== county || wish.stale;
    const listed = stale ? addressIn(listedIn, random) : address;
    const name = { given, family, domain: provider.domain };
    return {
      key: `V-${String(count).padStart(5, '0')}`,
      given,
      family,
      county,
      listedIn,
      address,
      listed,
      spelled: listed,
      moved: stale ? `2020-0${random.between(7, 9)}-${random.between(10, 28)}` : null,
      provider,
      email: own ?? freeAddress(name, taken, random),
    };
  };
}

function providerFor({ county, houses }: VoterWish, random: Random): Provider {
  const all: typeof PROVIDER_SHARES =
    county === ALMERA ? [...PROVIDER_SHARES, [UNIVERSITY, UNIVERSITY_SHARE]] : PROVIDER_SHARES;
  const fitting = all.filter(([{ id }]) => houses === null || houses.includes(id));
  return random.weighted(fitting.length > 0 ? fitting : all);
}

/** Weight of the university in its county: few were mailed there, but nothing filtered them. */
const UNIVERSITY_SHARE = 0.2;

function freeAddress(
  who: { readonly given: string; readonly family: string; readonly domain: string },
  taken: Set<string>,
  random: Random,
): string {
  const given = plain(who.given);
  const family = plain(who.family);
  for (;;) {
    const local = random.pick([
      `${given}.${family}`,
      `${given}${family}${random.between(10, 99)}`,
      `${given.slice(0, 1)}${family}${random.between(1, 999)}`,
      `${family}_${given}`,
      `${given}${random.between(1945, 2001)}`,
    ]);
    const email = `${local}@${who.domain}`;
    if (!taken.has(email)) {
      taken.add(email);
      return email;
    }
  }
}

const plain = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z]/g, '') || 'voter';
