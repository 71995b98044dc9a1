import type { Random } from './random.ts';

/**
 * An invented person: no list of real people stands behind it, and none of the product's lexicons.
 */
export interface Voter {
  readonly given: string;
  readonly family: string;
  readonly title: string;
  readonly street: string;
  readonly city: string;
  readonly county: string;
  readonly state: string;
  readonly stateCode: string;
  readonly postalCode: string;
  readonly email: string;
  readonly phone: string;
  readonly party: string;
  readonly voterId: string;
  readonly birthDate: string;
  readonly token: string;
}

const words = (list: string): readonly string[] => list.split(' ');

const GIVEN = words(
  'Alma Amos Anita Archie Beatriz Bernard Blanca Boyd Brenda Bruno Camila Cedric Clara Clyde Consuelo Dana ' +
    'Darnell Delia Dominic Dwight Edith Elena Emeka Esther Fatima Felix Florence Gavin Gilda Gordon Hattie Hector ' +
    'Helga Hugo Imani Irving Isabel Jasper Joanna Joel Judith Karim Kendra Lamar Leona Lionel Lorena Lucius Mabel ' +
    'Marcus Marisol Maxine Miles Minerva Mohammed Nadia Nelson Nina Noel Olga Omar Opal Otis Pablo Paula Percy ' +
    'Priscilla Quentin Ramona Raul Regina Reuben Rosalind Rufus Sadie Salvador Selma Silas Sonia Stella Tariq Thelma ' +
    'Tobias Ursula Vance Velma Victor Viola Wanda Wendell Wilma Xavier Yolanda Yusuf Zelda',
);
const FAMILY = words(
  'Abernathy Acosta Akintola Aldridge Alvarado Ashworth Baptiste Barlow Beckett Bellamy Bianchi Blackwood Boswell ' +
    'Brandt Calloway Camacho Castellano Chaudhry Clemons Corrigan Covington Crabtree Dalton Delacroix Dimitrov Donovan ' +
    'Draper Dubois Eastwood Echevarria Ellsworth Escobar Fairbanks Farnsworth Fernandes Fitzgerald Fontaine Forsythe ' +
    'Galloway Gianelli Goldberg Granger Guerrero Hadley Halvorsen Hargrove Hawthorne Hendricks Holloway Huang Ibarra ' +
    'Ingram Iverson Jankowski Jefferson Kaminski Kavanagh Kensington Kowalczyk Lafayette Langston Lindholm Lockhart ' +
    'MacGregor Maldonado Mbeki McAllister Mercado Montague Nakamura Nightingale Northcutt Okafor Oliveira Ostrowski ' +
    'Pemberton Petrov Pinkerton Prescott Quintero Rasmussen Redfern Rosenthal Rutherford Salazar Sandoval Schumacher ' +
    'Shackleford Silverstein Sinclair Stratton Sutherland Tanaka Thackeray Thornton Trujillo Underhill Valdez Vandermeer ' +
    'Velasquez Wainwright Westbrook Whitaker Winslow Wolfe Yamamoto Yarborough Zapata Zimmerman',
);
const STREET_NAMES = words(
  'Alder Bayshore Birchwood Bluebird Cardinal Cedar Chestnut Cypress Dogwood Fairview Garnet Glenmoor Hawthorn ' +
    'Hickory Ironwood Juniper Kingfisher Lakeview Laurel Linden Magnolia Meadowlark Mulberry Orchard Palmetto ' +
    'Pelican Quail Ravenwood Redbud Sandpiper Sycamore Tamarind Thistle Walnut Willow',
);
const STREET_KINDS = words(
  'Street Avenue Lane Road Drive Court Boulevard St Ave Ln Rd Dr Ct Blvd Way Place Terrace',
);
const CITIES: readonly string[] = [
  ...words(
    'Alderton Gainesville Ocala Tampa Wasilla Fairbanks Kenai Juneau Brookhaven Clearwater Larkspur Dunmore Palmer ' +
      'Homestead Orlando Pensacola Seward Sitka Cordova Lakeland',
  ),
  'Port Haven',
  'Cedar Bluff',
  'North Bay',
  'Saint Cloud',
  'Winter Garden',
];
const COUNTIES = words(
  'Alachua Brevard Collier Duval Escambia Hardwick Kestrel Marion Osceola Pinellas Ravenna Tolland',
);
const STATES: readonly (readonly [string, string])[] = [
  ['Florida', 'FL'],
  ['Alaska', 'AK'],
  ['Arizona', 'AZ'],
  ['Pennsylvania', 'PA'],
];
const PARTIES = ['Democrat', 'Republican', 'Independent', 'Libertarian', 'Green'];
const TITLES = words('Mr Ms Mrs Dr');
const MONTHS = words(
  'January February March April May June July August September October November December',
);

const digits = (random: Random, count: number): string =>
  Array.from({ length: count }, () => random.below(10)).join('');

export function inventVoter(random: Random): Voter {
  const [given, family] = [random.pick(GIVEN), random.pick(FAMILY)];
  const [state, stateCode] = random.pick(STATES);
  const unit = random.chance(0.15) ? ` Apt ${1 + random.below(40)}` : '';
  const side = random.chance(0.15) ? `${random.pick(['N', 'S', 'E', 'W'])} ` : '';
  const local = `${given}.${family}`.toLowerCase();
  return {
    given,
    family,
    title: random.pick(TITLES),
    street: `${1 + random.below(9800)} ${side}${random.pick(STREET_NAMES)} ${random.pick(STREET_KINDS)}${unit}`,
    city: random.pick(CITIES),
    county: random.pick(COUNTIES),
    state,
    stateCode,
    postalCode: `${3 + random.below(6)}${digits(random, 4)}`,
    email: `${random.pick([local, `${given[0]}${family}`.toLowerCase(), `${local}${random.below(90)}`])}@${random.pick(['mail.example', 'example.org', 'example.net'])}`,
    phone: random.pick([
      `(555) 01${digits(random, 1)}-${digits(random, 4)}`,
      `555-01${digits(random, 1)}-${digits(random, 4)}`,
    ]),
    party: random.pick(PARTIES),
    voterId: digits(random, 9),
    birthDate: `${random.pick(MONTHS)} ${1 + random.below(28)}, ${1935 + random.below(65)}`,
    token: Array.from({ length: 10 }, () =>
      random.pick([...'abcdefghkmnpqrstuvwxyz23456789']),
    ).join(''),
  };
}
