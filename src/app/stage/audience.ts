import { COUNT_PUBLISHED_MIN, suppressedCells } from '../../core/exposure/index.ts';
import type { Audience } from '../../core/report/index.ts';
import type { Typer, Variant } from '../../core/template/index.ts';

/** One recipient, as one message shows them; which person it is stays out. */
export interface Reader {
  /** Tells two messages to one recipient from messages to two; never shown. */
  readonly key: string;
  /** After the `@`; null where no address is shown. */
  readonly domain: string | null;
  /** What the message fills in as town and state; null where it fills in none. */
  readonly city: string | null;
  readonly state: string | null;
}

export interface AudienceManner {
  readonly includePersonal: boolean;
  /** Name of the consumer provider of a domain; null for all other domains. */
  readonly providerOf: (domain: string) => string | null;
  /** Knows towns, states and names: what only looks like a town could be a person's name. */
  readonly typer: Pick<Typer, 'isPlace' | 'isState' | 'isGiven' | 'isFamily'>;
}

/** Rows and columns drawn, the pooled ones aside. */
const PLACES_MAX = 10;
const PROVIDERS_MAX = 6;

const ELSEWHERE = 'other places';
const NOT_SHOWN = 'place not shown';
const OTHER_PROVIDER = 'other provider or own domain';
const NO_ADDRESS = 'no address shown';

/**
 * Recipients by place and mail provider. Without personal data a count of 1 to 10 persons is
 * suppressed, and as many others as keep it from following from a sum; small places and providers
 * are pooled first. Null where no count can be shown.
 *
 * By town or by state, whichever lets more recipients be shown.
 */
export function audienceOf(readers: readonly Reader[], manner: AudienceManner): Audience | null {
  const once = [...new Map(readers.map((reader) => [reader.key, reader])).values()];
  const tables = (['city', 'state'] as const).map((level) => tableOf(once, level, manner));
  const [city, state] = tables as [Table, Table];
  const best = state.located > city.located || city.shown === 0 ? state : city;
  const { places, providers } = best.audience;
  const saysNothing = best.shown === 0 || places.length * providers.length === 1;
  return saysNothing ? null : best.audience;
}

interface Table {
  readonly audience: Audience;
  /** Recipients in cells that are shown, and those among them whose place has a name. */
  readonly shown: number;
  readonly located: number;
}

function tableOf(
  readers: readonly Reader[],
  level: 'city' | 'state',
  manner: AudienceManner,
): Table {
  const { includePersonal, providerOf, typer } = manner;
  // The list has no town under 15,000: a value that many share and that is no name is one too.
  const isTown = (said: string): boolean =>
    typer.isPlace(said) ||
    !said.split(' ').some((word) => typer.isGiven(word) || typer.isFamily(word));
  const isKnown = level === 'city' ? isTown : typer.isState;
  const placeOf = ({ city, state }: Reader): string => {
    const said = level === 'city' ? city : state;
    if (said === null || said === '') return NOT_SHOWN;
    return isKnown(said) ? said : ELSEWHERE;
  };
  const columnOf = ({ domain }: Reader): string =>
    domain === null ? NO_ADDRESS : (providerOf(domain) ?? OTHER_PROVIDER);
  const least = includePersonal ? 1 : COUNT_PUBLISHED_MIN;
  const rows = pooled(readers.map(placeOf), { least, most: PLACES_MAX, pool: ELSEWHERE });
  const columns = pooled(readers.map(columnOf), {
    least,
    most: PROVIDERS_MAX,
    pool: OTHER_PROVIDER,
  });
  const [places, providers] = [orderOf(rows), orderOf(columns)];
  const counts = new Map<string, number>();
  rows.forEach((place, at) => {
    const cell = cellOf(place, columns[at] ?? '');
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  });
  const lines = [
    ...places.map((place) => providers.map((provider) => cellOf(place, provider))),
    ...providers.map((provider) => places.map((place) => cellOf(place, provider))),
    [...counts.keys()],
  ];
  const hidden = includePersonal ? new Set<string>() : suppressedCells(counts, lines);
  const grid = places.map((place) =>
    providers.map((provider) => {
      const cell = cellOf(place, provider);
      return hidden.has(cell) ? null : (counts.get(cell) ?? 0);
    }),
  );
  return {
    audience: { level, recipients: readers.length, places, providers, counts: grid },
    shown: sumOf(grid.flat()),
    located: sumOf(grid.filter((_, row) => !POOLED.has(places[row] ?? '')).flat()),
  };
}

const sumOf = (counts: readonly (number | null)[]): number =>
  counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);

const cellOf = (place: string, provider: string): string => `${place}\n${provider}`;

/** Each label, or the pool's where too few or too many share one. */
function pooled(
  labels: readonly string[],
  { least, most, pool }: { readonly least: number; readonly most: number; readonly pool: string },
): readonly string[] {
  const kept = new Set(
    orderOf(labels)
      .filter((label) => labels.filter((each) => each === label).length >= least)
      .slice(0, most),
  );
  return labels.map((label) => (kept.has(label) || POOLED.has(label) ? label : pool));
}

const POOLED: ReadonlySet<string> = new Set([ELSEWHERE, NOT_SHOWN, OTHER_PROVIDER, NO_ADDRESS]);

/** Commonest first, then by name; what has no name of its own stands last. */
function orderOf(labels: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts]
    .sort(
      (a, b) =>
        Number(POOLED.has(a[0])) - Number(POOLED.has(b[0])) ||
        b[1] - a[1] ||
        (a[0] < b[0] ? -1 : 1),
    )
    .map(([label]) => label);
}

/** Town and state that each text fills in, by its place among the texts. */
export function placesIn(
  texts: readonly string[],
  variants: readonly Variant[],
): ReadonlyMap<string, Pick<Reader, 'city' | 'state'>> {
  const places = new Map<string, Pick<Reader, 'city' | 'state'>>();
  for (const { members, template } of variants) {
    members.forEach((member, at) => {
      const text = texts[member] ?? '';
      const said = (type: 'city' | 'state'): string | null => {
        const value = template.values[at]?.find(
          ({ slot }) => template.slots[slot - 1]?.type === type,
        );
        return value === undefined ? null : named(text.slice(value.start, value.end));
      };
      places.set(text, { city: said('city'), state: said('state') });
    });
  }
  return places;
}

/** `GAINESVILLE ` and `Gainesville` are one town; `FL` stays `FL`. */
function named(value: string): string {
  const plain = value.replace(/[\s>]+/g, ' ').trim();
  return plain.length <= 2
    ? plain.toUpperCase()
    : plain.toLowerCase().replace(/(?<![\p{L}'’])\p{L}/gu, (letter) => letter.toUpperCase());
}
