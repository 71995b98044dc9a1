import { assert, type Random } from '../../src/core/base/index.ts';

/** A row of an invented roll. Nobody's list was read for it; no person is meant. */
export interface InventedRow {
  readonly id: string;
  readonly first: string;
  readonly last: string;
  readonly line: string;
  readonly unit: string;
  readonly city: string;
  readonly zip: string;
  readonly county: string;
  readonly party: string;
  readonly email: string;
}

export interface RollWish {
  readonly people: number;
  /** Monthly vintages, oldest first. */
  readonly vintages: number;
  /** Share of the records that change from one vintage to the next. */
  readonly churn: number;
  readonly emailShare: number;
}

const HEADS =
  'Quill Thorn Wex Mar Pell Brack Dun Hazel Lark Morn Penn Rav Sorr Tarr Und Vell'.split(' ');
const MIDDLES = ['', 'en', 'er', 'ing', 'ow', 'an', 'el', 'is'];
const TAILS = 'low by wick mere stead ham ford ley croft dale worth shaw ridge gate ton son'.split(
  ' ',
);
const GIVEN =
  'Abel Ada Alma Amos Anita Asa Avery Boyd Bram Calla Carla Celia Cyrus Dalia Della Dora Edwin Elena Elias Enid Ezra Faye Felix Fern Gideon Greta Hector Hester Ida Imani Ines Ira Iris Joel Jonah Judith Kurt Lamar Leona Linus Lorna Lucia Mabel Malik Mara Miles Mina Moira Nadia Naomi Nola Odell Olive Opal Otis Perla Petra Ramona Reba Reuben Rhoda Rosa Ruth Selma Silas Sonia Stella Thea Tobias Ursula Verna Vidal Wanda Willa Yolanda Zelda'.split(
    ' ',
  );
const SUFFIXES = ['ST', 'AVE', 'RD', 'DR', 'LN', 'CT'];
const PARTIES: readonly (readonly [string, number])[] = [
  ['DEM', 37],
  ['REP', 35],
  ['NPA', 28],
];

/** Names in proportion to 1 / rank: a few are common, most are rare, as in life. */
const zipf = (random: Random, size: number): number => Math.floor(size ** random.unit()) - 1;

const surname = (random: Random): string => {
  const rank = zipf(random, HEADS.length * MIDDLES.length * TAILS.length);
  const head = HEADS[rank % HEADS.length]!;
  const tail = TAILS[Math.floor(rank / HEADS.length) % TAILS.length]!;
  return `${head}${MIDDLES[Math.floor(rank / (HEADS.length * TAILS.length))]!}${tail}`;
};

const given = (random: Random): string => GIVEN[zipf(random, GIVEN.length)] ?? 'Ada';

/** One home for every 2.2 people; streets, towns and ZIP codes grow with the roll. */
function home(random: Random, people: number) {
  const zips = Math.max(4, Math.round(people / 8000));
  const zip = random.between(0, zips - 1);
  const street = `${HEADS[random.between(0, 15)]!}${TAILS[random.between(0, 15)]!}`.toUpperCase();
  return {
    line: `${random.between(1, 2400)} ${street} ${SUFFIXES[(zip + street.length) % 6]!}`,
    unit: random.chance(0.2) ? `APT ${random.between(1, 40)}` : '',
    city: `TOWN ${String.fromCharCode(65 + (zip % 26))}${Math.floor(zip / 26)}`,
    zip: String(99_000 - zip).padStart(5, '0'),
    county: `COUNTY ${zip % 20}`,
  };
}

/** The first vintage: households of one to four with one surname mostly. */
export function* inventRows(
  { people, emailShare }: Pick<RollWish, 'people' | 'emailShare'>,
  random: Random,
): Generator<InventedRow> {
  let count = 0;
  while (count < people) {
    const place = home(random, people);
    const last = surname(random);
    const size = random.weighted([
      [1, 30],
      [2, 40],
      [3, 20],
      [4, 10],
    ]);
    // No two of one name in a home: such a pair is unresolvable, and rarer than short lists make
    // it.
    const taken = new Set<string>();
    while (taken.size < size && count < people) {
      const member = taken.size;
      const own = member > 0 && random.chance(0.15) ? surname(random) : last;
      const row = inventRow(`V${1_000_000 + count}`, { ...place, last: own }, emailShare, random);
      if (taken.has(row.first)) continue;
      taken.add(row.first);
      count += 1;
      yield row;
    }
  }
}

type Place = Omit<InventedRow, 'id' | 'first' | 'party' | 'email'>;

function inventRow(id: string, place: Place, emailShare: number, random: Random): InventedRow {
  const first = given(random);
  return {
    id,
    first,
    ...place,
    party: random.weighted(PARTIES),
    email: random.chance(emailShare) ? emailOf(first, place.last, id, random) : '',
  };
}

const emailOf = (first: string, last: string, id: string, random: Random): string =>
  `${first}.${last}.${id.slice(-5)}${random.between(0, 9)}@mail${random.between(1, 4)}.example`.toLowerCase();

/** The next month: moves, changed e-mail addresses and names, removals and as many newcomers. */
function nextVintage(
  rows: readonly InventedRow[],
  { churn, people, emailShare }: RollWish,
  random: Random,
): InventedRow[] {
  let fresh = 0;
  const month = random.hex(4);
  return rows.map((row) => {
    if (!random.chance(churn)) return row;
    const what = random.unit();
    if (what < 0.55) return { ...row, ...home(random, people) };
    if (what < 0.7) return { ...row, email: emailOf(row.first, row.last, row.id, random) };
    if (what < 0.8) return { ...row, last: surname(random) };
    fresh += 1;
    return inventRow(
      `N${month}${fresh}`,
      { ...home(random, people), last: surname(random) },
      emailShare,
      random,
    );
  });
}

/** All vintages, oldest first. */
export function inventVintages(wish: RollWish, random: Random): readonly InventedRow[][] {
  const vintages = [[...inventRows(wish, random)]];
  while (vintages.length < wish.vintages) {
    const last = vintages.at(-1);
    assert(last !== undefined, 'a roll has a first vintage');
    vintages.push(nextVintage(last, wish, random));
  }
  return vintages;
}

export const GENERIC_HEADER =
  'VoterId,FirstName,LastName,Street,Unit,City,Zip,County,Party,Email\n';

export const genericLine = (row: InventedRow): string =>
  `${row.id},${row.first},${row.last},${row.line},${row.unit},${row.city},${row.zip},${row.county},${row.party},${row.email}\n`;

/** A line of the Florida extract: 38 tabbed columns, no header. */
export function floridaLine(row: InventedRow): string {
  const cells = Array.from({ length: 38 }, () => '');
  const set = (column: number, value: string): void => {
    cells[column - 1] = value;
  };
  set(1, row.county.replace(/^COUNTY /, 'C'));
  set(2, row.id);
  set(3, row.last);
  set(5, row.first);
  set(7, 'N');
  set(8, row.line);
  set(9, row.unit);
  set(10, row.city);
  set(11, 'FL');
  set(12, row.zip);
  set(24, row.party);
  set(29, 'ACT');
  set(38, row.email);
  return `${cells.join('\t')}\n`;
}

/** What a message to this person shows: a report of it, as one line of JSON. */
export const reportLine = (id: string, row: InventedRow): string =>
  `${JSON.stringify({
    id,
    recipient: {
      ...(row.email === '' ? {} : { email: row.email }),
      name: `${row.first} ${row.last}`,
      street: row.unit === '' ? row.line : `${row.line} ${row.unit}`,
      city: row.city,
      postalCode: row.zip,
    },
    channel: 'email',
  })}\n`;
