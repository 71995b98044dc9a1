import { COUNTIES, type County, county, type StateLetter } from './places.ts';

/** A county as the list of its state has it. */
export interface ListCounty {
  readonly county: County;
  /** Three letters, as Florida's extract writes counties; unique within the state. */
  readonly code: string;
  /** Weight of its people within the state. */
  readonly people: number;
}

/** Counties of state F that the wave did not reach: with the eight others they are sixty. */
const QUIET =
  'Ambermoor Bayholt Beckwith Bramwold Calvermoor Carrow Cobhurst Danemere Dellwick Dunmarsh Eastlow Elderby Fairstead Fenwold Garrowby Glenmarch Greystoke Hadlemoor Harrowmead Heronsea Holmwick Ibisford Ivelmere Jessamine Keldale Kestrelby Langmarsh Larkmoor Linfold Lowmere Madderley Maplewick Marshaven Netherwick Northolm Oakmarch Ospreyford Otterwold Palmarsh Pinehythe Quillmere Redmarsh Rushmarsh Sablewood Sandhurst Sedgewold Tarnwick Thornmere Umberleigh Vellmarsh Wickholm Yarrowdale'.split(
    ' ',
  );

const EVENING: readonly [number, number] = [15, 22];

/** Share of state F's people who live in a county that the wave reached. */
export const REACHED_COUNTIES = 0.33;
/** A county without mails among those with them: the control. */
const CONTROL = 0.03;
/** No county is smaller, or its list would be too small to be matched in private. */
const SMALLEST = 0.0125;

const F_COUNTIES: readonly ListCounty[] = stateF();
const A_COUNTIES: readonly ListCounty[] = stateA();

/** The counties of a list, in the order of their codes. */
export const listCounties = (state: StateLetter): readonly ListCounty[] =>
  state === 'F' ? F_COUNTIES : state === 'A' ? A_COUNTIES : [];

function stateA(): readonly ListCounty[] {
  const own = COUNTIES.filter(({ state }) => state === 'A');
  const mailed = own.reduce((sum, borough) => sum + borough.mailed, 0);
  return own.map((borough) => ({
    county: borough,
    code: codeOf(borough.name),
    people: borough.mailed / mailed,
  }));
}

function stateF(): readonly ListCounty[] {
  const known = COUNTIES.filter(({ state }) => state === 'F');
  const mailed = known.reduce((sum, own) => sum + own.mailed, 0);
  const reached = known.map((own) => ({
    county: own,
    code: codeOf(own.name),
    people:
      own.mailed === 0 ? CONTROL : Math.max(SMALLEST, (REACHED_COUNTIES * own.mailed) / mailed),
  }));
  const rest = 1 - reached.reduce((sum, { people }) => sum + people, 0);
  const quiet = QUIET.map((name) => ({
    county: county(name, 'F', [`${name} Landing`, `Port ${name}`], [0, 0], EVENING),
    code: codeOf(name),
    people: rest / QUIET.length,
  }));
  return [...reached, ...quiet].sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** First letter and the next two consonants: `ALM`, `STR`; the test holds them to be unique. */
function codeOf(name: string): string {
  const plain = name.toUpperCase().replace(/[^A-Z]/g, '');
  const rest = plain.slice(1).replace(/[AEIOU]/g, '');
  return `${plain.slice(0, 1)}${rest.slice(0, 1)}${rest.slice(-1)}`;
}
