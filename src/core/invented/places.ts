import type { Random } from '../base/index.ts';

/** A state of the replay, under the letter that the case notes give it. */
export type StateLetter = 'F' | 'A' | 'Z' | 'P';

/** An invented county. `reports` and `mailed` are weights within its state. */
export interface County {
  readonly name: string;
  readonly state: StateLetter;
  /**
   * As addresses write the state: F and A borrow code, law and file layout of Florida and Alaska.
   */
  readonly stateCode: string;
  readonly office: string;
  /** Host names of the county's election office, reserved by RFC 2606. */
  readonly officeDomain: string;
  readonly towns: readonly string[];
  readonly mailed: number;
  /** Weight among free draws; counties with a fixed number of reports have 0. */
  readonly reports: number;
  /** When the wave was sent here, hours after 2020-10-20T00:00Z. */
  readonly window: readonly [from: number, until: number];
  /** Minutes that local time is ahead of UTC in October. */
  readonly zone: number;
}

export const county = (
  name: string,
  state: StateLetter,
  towns: readonly string[],
  shares: readonly [mailed: number, reports: number],
  window: readonly [number, number],
): County => ({
  name,
  state,
  stateCode: STATE_CODES[state],
  office: state === 'F' ? `${name} County Supervisor of Elections` : `${name} Elections Office`,
  officeDomain:
    state === 'A'
      ? 'elections.state-a.example'
      : `${name.toLowerCase().replace(/[^a-z]+/g, '')}-votes.example`,
  towns,
  mailed: shares[0],
  reports: shares[1],
  window,
  zone: ZONES[state],
});

/** Those of Z and P belong to no state. */
const STATE_CODES = { F: 'FL', A: 'AK', Z: 'ZR', P: 'PQ' } as const;
const ZONES = { F: -240, A: -480, Z: -420, P: -240 } as const;

/** University county: hit first, most reports. */
export const ALMERA = county(
  'Almera',
  'F',
  ['Gainsholt', 'Archerfield', 'Wald Oak', 'Micanby'],
  [30, 40],
  [11, 16],
);
export const BREVANT = county(
  'Brevant',
  'F',
  ['Palmet Bay', 'Melborough', 'Tidewell', 'Rockhaven'],
  [26, 26],
  [17, 23],
);
export const ESCARRA = county('Escarra', 'F', ['Pensgrove', 'Millcove'], [15, 12], [13, 20]);
export const COLLENBY = county('Collenby', 'F', ['Napleton', 'Marlow Isle'], [14, 12], [13, 21]);
const CITRELL = county('Citrell', 'F', ['Invermoor', 'Crystal Fen'], [9, 10], [14, 21]);
/** Four reports, one voter mailed twice. */
export const FLAXLEY = county('Flaxley', 'F', ['Palmgate', 'Bunnelby'], [3, 0], [20, 23]);
export const CLAYBURN = county('Clayburn', 'F', ['Orangeby', 'Greencope'], [3, 0], [15, 22]);
/** The control: nothing was sent here, nothing was reported. */
const ST_ORMOND = county('St Ormond', 'F', ['St Ormond Beach', 'Hastley'], [0, 0], [15, 22]);

const NORTH_TOWNS = [
  ['Ankerhavn', 'Eaglemoor'],
  ['Fairholm', 'North Pell'],
  ['Junefall', 'Dougmere'],
  ['Kenfirth', 'Soldenby', 'Homerel'],
  ['Sitkeld', 'Ketchmoor', 'Wrangby'],
  ['Bethelm', 'Kotzvik'],
] as const;

/** State A has one office for all: its reports name a borough each. */
export const ANKERHAVN = county('Ankerhavn Borough', 'A', NORTH_TOWNS[0], [40, 40], [16, 21]);

const BOROUGHS: readonly County[] = [
  ANKERHAVN,
  county('Fairholm Borough', 'A', NORTH_TOWNS[1], [18, 18], [16, 21]),
  county('Junefall Borough', 'A', NORTH_TOWNS[2], [15, 15], [15, 20]),
  county('Kenfirth Borough', 'A', NORTH_TOWNS[3], [13, 13], [16, 22]),
  county('Sitkeld Borough', 'A', NORTH_TOWNS[4], [9, 9], [16, 22]),
  county('Bethelm Area', 'A', NORTH_TOWNS[5], [5, 5], [17, 22]),
];

/** Where the two movers live. */
export const ZEPHYR = county('Zephyr', 'Z', ['Mesaford'], [0, 0], [14, 20]);
export const PELLINGTON = county('Pellington', 'P', ['Harrisholt'], [0, 0], [14, 20]);

/** Counties with mails of the wave, and the control. */
export const COUNTIES: readonly County[] = [
  ALMERA,
  BREVANT,
  ESCARRA,
  COLLENBY,
  CITRELL,
  FLAXLEY,
  CLAYBURN,
  ST_ORMOND,
  ...BOROUGHS,
];

/** Share of the wave and of its reports that went to state F; the rest went to A. */
const STATE_F_SHARE = 0.8;

const WEIGHTS = {
  mailed: weights((place) => place.mailed),
  reports: weights((place) => place.reports),
};

/** The counties with their weights, states weighted by `STATE_F_SHARE`. */
export const countiesBy = (what: 'mailed' | 'reports'): readonly (readonly [County, number])[] =>
  WEIGHTS[what];

function weights(of: (place: County) => number): readonly (readonly [County, number])[] {
  const sum = (state: StateLetter): number =>
    COUNTIES.filter((place) => place.state === state).reduce((all, place) => all + of(place), 0);
  const scale: { [state in StateLetter]?: number } = {
    F: STATE_F_SHARE / sum('F'),
    A: (1 - STATE_F_SHARE) / sum('A'),
  };
  return COUNTIES.map((place) => [place, of(place) * (scale[place.state] ?? 0)] as const);
}

export interface PostalAddress {
  readonly street: string;
  readonly town: string;
  readonly stateCode: string;
  /** Below 00501: given to no place. */
  readonly postalCode: string;
}

const STREETS =
  'Alder Heron Quarry Lantern Marl Sedge Tollgate Pippin Cobble Wren Saltmarsh Juniper Mill Orchard Fennel Harbor Larkspur Meadow Otter Pelican Ridge Sable Thistle Umber Vesper Willet Yarrow Bramble Cinder Dory'.split(
    ' ',
  );
const STREET_KINDS = ['St', 'Ave', 'Rd', 'Ln', 'Dr', 'Ct', 'Way', 'Blvd', 'Ter', 'Pl'];

export function addressIn(place: County, random: Random): PostalAddress {
  const quarter = random.chance(0.35) ? `${random.pick(['NW', 'SW', 'NE', 'SE'])} ` : '';
  const way = random.chance(0.25) ? `${random.between(24, 30)}th` : random.pick(STREETS);
  const unit = random.chance(0.2) ? ` Apt ${random.between(1, 40)}` : '';
  const number = random.between(11, 9_989);
  return {
    street: `${number} ${quarter}${way} ${random.pick(STREET_KINDS)}${unit}`,
    town: random.pick(place.towns),
    stateCode: place.stateCode,
    postalCode: `00${random.between(100, 499)}`,
  };
}
