import type { RollField } from './fields.ts';
import { type ColumnSource, cellsOf, type RollLayout } from './layout.ts';

/** Header words, lower case letters only, in the order of preference. */
const WORDS: readonly (readonly [RollField, readonly string[]])[] = [
  [
    'VoterId',
    [
      'voterid',
      'voteridnumber',
      'statevoterid',
      'sosvoterid',
      'ncid',
      'registrationid',
      'voterregnum',
      'registrantid',
      'id',
    ],
  ],
  ['FirstName', ['firstname', 'namefirst', 'fname', 'givenname', 'first']],
  ['LastName', ['lastname', 'namelast', 'lname', 'surname', 'familyname', 'last']],
  ['MiddleName', ['middlename', 'namemiddle', 'mname', 'middle']],
  ['Suffix', ['suffix', 'namesuffix', 'suffixname']],
  [
    'ResidenceAddress.Line',
    [
      'street',
      'address',
      'residenceaddress',
      'residentialaddress',
      'streetaddress',
      'residenceaddressline',
      'resstreetaddress',
      'addressline',
      'residenceaddressline1',
      'residentialaddress1',
      'address1',
    ],
  ],
  [
    'ResidenceAddress.Unit',
    ['unit', 'apartment', 'apt', 'residenceaddressunit', 'address2', 'residenceaddressline2'],
  ],
  [
    'ResidenceAddress.City',
    ['city', 'residencecity', 'residentialcity', 'residenceaddresscity', 'rescity', 'town'],
  ],
  ['ResidenceAddress.State', ['state', 'residencestate', 'residenceaddressstate']],
  [
    'ResidenceAddress.ZipCode',
    [
      'zip',
      'zipcode',
      'postalcode',
      'residencezip',
      'residentialzip',
      'residenceaddresszipcode',
      'zip5',
    ],
  ],
  ['ContactMethod.Email', ['email', 'emailaddress', 'contactmethodemail', 'mail']],
  ['ContactMethod.Phone', ['phone', 'phonenumber', 'telephone', 'contactmethodphone']],
  ['DateOfBirth', ['dateofbirth', 'dob', 'birthdate']],
  ['YearOfBirth', ['yearofbirth', 'birthyear']],
  ['Gender', ['gender', 'sex']],
  ['Party', ['party', 'partyaffiliation', 'partycode', 'partycd']],
  ['VoterStatus', ['voterstatus', 'status', 'statuscode', 'statuscd']],
  ['RegistrationDate', ['registrationdate', 'regdate', 'registered']],
  ['County', ['county', 'countycode', 'countyname', 'countydesc', 'countynumber', 'jurisdiction']],
  ['Precinct', ['precinct', 'precinctcode', 'precinctname']],
];

/** What values of a field look like, to find columns that no header names. */
const SHAPES: readonly (readonly [RollField, RegExp])[] = [
  ['ContactMethod.Email', /^[^@\s]{1,64}@[^@\s]{1,255}$/],
  ['ResidenceAddress.ZipCode', /^\d{5}(?:-?\d{4})?$/],
  ['ResidenceAddress.Line', /^\d{1,6}[A-Za-z]? [A-Za-z0-9].{2,60}$/],
  ['Party', /^(?:DEM|REP|NPA|UNA|LIB|GRN|IND|D|R)$/],
];

/**
 * Proposes a mapping for a delimited file from its header and first rows. A person confirms it.
 *
 * Names decide first; a field that no name fits takes the first free column in which nine of ten
 * values have its shape. `unsure` lists the fields that only the values spoke for.
 */
export function proposeMapping(lines: readonly string[]): {
  readonly layout: RollLayout;
  readonly unsure: readonly RollField[];
} {
  const delimiter = likeliestDelimiter(lines);
  const [header = [], ...rows] = lines.map((line) => cellsOf(line, delimiter));
  const taken = new Set<number>();
  const fields: { [field in RollField]?: ColumnSource } = {};
  const plain = header.map((cell) => cell.toLowerCase().replace(/[^a-z0-9]/g, ''));
  for (const [field, words] of WORDS) {
    const place = words
      .map((word) => plain.indexOf(word))
      .find((at) => at !== -1 && !taken.has(at));
    if (place === undefined) continue;
    taken.add(place);
    fields[field] = [header[place]!];
  }
  const unsure: RollField[] = [];
  for (const [field, shape] of SHAPES) {
    if (fields[field] !== undefined) continue;
    const place = header.findIndex((_, at) => !taken.has(at) && mostly(rows, at, shape));
    if (place === -1) continue;
    taken.add(place);
    fields[field] = [place + 1];
    unsure.push(field);
  }
  const layout: RollLayout = {
    id: 'proposed',
    jurisdiction: null,
    delimiters: [delimiter],
    quoted: true,
    header: true,
    encoding: 'utf-8',
    columns: { min: header.length, max: header.length },
    fields,
    withheld: null,
  };
  return { layout, unsure };
}

function likeliestDelimiter(lines: readonly string[]): string {
  const first = lines[0] ?? '';
  const counts = ['\t', ',', '|', ';'].map((delimiter) => ({
    delimiter,
    count: first.split(delimiter).length,
  }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).delimiter;
}

function mostly(rows: readonly (readonly string[])[], at: number, shape: RegExp): boolean {
  const values = rows.map((row) => row[at] ?? '').filter((value) => value !== '');
  return (
    values.length > 0 && values.filter((value) => shape.test(value)).length >= 0.9 * values.length
  );
}
