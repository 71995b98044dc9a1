import type { Registration } from './registration.ts';

/** How a copy spells the two cells of a home that marks may change. */
export type Spelling = (row: Registration) => { readonly line: string; readonly unit: string };

/** As the office's own list has it. */
const AS_LISTED: Spelling = ({ line, unit }) => ({ line, unit });

/** A way of writing a list: its header, empty where it has none, and one row. */
export interface ListForm {
  readonly layoutId: string;
  readonly header: string;
  row(registration: Registration, spelling: Spelling): string;
}

/**
 * Rows of a form as the office's own list has them, each written once: most stand in every month.
 */
export function rowWriter(form: ListForm): (row: Registration) => string {
  const written = new Map<Registration, string>();
  return (row) => {
    const text = written.get(row) ?? form.row(row, AS_LISTED);
    written.set(row, text);
    return text;
  };
}

const american = (day: string): string => `${day.slice(5, 7)}/${day.slice(8)}/${day.slice(0, 4)}`;

/** Columns 13 to 19. */
const NO_MAILING_ADDRESS = ['', '', '', '', '', '', ''];

/** State F plays by Florida's rules: 38 tabbed columns, no header. Telephones are of 555-01. */
export const FLORIDA_FORM: ListForm = {
  layoutId: 'fl',
  header: '',
  row: (who, spelling) => {
    const { line, unit } = spelling(who);
    const home = [line, unit, who.town, 'FL', who.zip];
    const told = [who.gender, '5', american(who.born), american(who.since), who.party];
    const phone = ['555', `55501${who.id.slice(-2)}`, ''];
    return `${[
      ...[who.place.code, who.id, who.family, '', who.given, '', 'N', ...home],
      ...[...NO_MAILING_ADDRESS, ...told, who.zip.slice(-2), '', '', '', 'ACT'],
      ...['', '', '', '', '', ...phone, who.email],
    ].join('\t')}\n`;
  },
};

const ALASKA_COLUMNS = [
  'UN',
  'PARTY',
  'D/P',
  'LAST NAME',
  'FIRST NAME',
  'MIDDLE NAME',
  'SUFFIX NAME',
  'ASCENSION #',
  'REG DATE',
  'ORG REG DATE',
  'DIST DATE',
  'RESIDENCE ADDRESS',
  'RESIDENCE CITY',
  'RESIDENCE ZIP',
  'MAILING ADDRESS 1',
  'MAILING ADDRESS 2',
  'MAILING ADDRESS 3',
  'MAILING CITY',
  'MAILING STATE',
  'MAILING ZIP',
  'MAILING COUNTRY',
  'GENDER',
];

/** State A plays by Alaska's: 22 columns by header, neither e-mail addresses nor birth dates. */
export const ALASKA_FORM: ListForm = {
  layoutId: 'ak',
  header: `${ALASKA_COLUMNS.join(',')}\n`,
  row: (who, spelling) => {
    const { line, unit } = spelling(who);
    const since = american(who.since);
    const home = unit === '' ? line : `${line} ${unit}`;
    return `,${who.party},${who.place.code}-${who.zip.slice(-2)},${who.family},${who.given},,,${who.id},${since},${since},,${home},${who.town},${who.zip},,,,,,,,${who.gender}\n`;
  },
};

/** What the portal of state A keeps of those who use it, as its database was copied out. */
export const PORTAL_FORM: ListForm = {
  layoutId: 'portal-a',
  header: 'VoterId,LastName,FirstName,Street,City,Zip,Party,Email,BirthDate,LicenceNumber\n',
  row: (who, spelling) => {
    const { line, unit } = spelling(who);
    const home = unit === '' ? line : `${line} ${unit}`;
    const licence = `L${who.born.slice(2, 4)}${who.id.slice(-5)}`;
    return `${who.id},${who.family},${who.given},${home},${who.town},${who.zip},${who.party},${who.email},${who.born},${licence}\n`;
  },
};

/** The mapping that stands beside the portal's file. */
export const PORTAL_MAPPING = {
  id: 'portal-a',
  delimiter: ',',
  header: true,
  quoted: true,
  encoding: 'utf-8',
  fields: {
    VoterId: 'VoterId',
    LastName: 'LastName',
    FirstName: 'FirstName',
    'ResidenceAddress.Line': 'Street',
    'ResidenceAddress.City': 'City',
    'ResidenceAddress.ZipCode': 'Zip',
    Party: 'Party',
    'ContactMethod.Email': 'Email',
    DateOfBirth: 'BirthDate',
  },
} as const;
