import type { RollLayout } from './layout.ts';

const TABBED = { quoted: false, encoding: 'latin-1', withheld: null } as const;

/** Florida Division of Elections, voter extract file layout: 38 columns, no header. */
const FLORIDA: RollLayout = {
  ...TABBED,
  id: 'fl',
  jurisdiction: 'FL',
  delimiters: ['\t'],
  header: false,
  columns: { min: 38, max: 38 },
  // Column 7 asks for exemption from public records (s. 119.071 F.S.): the rest comes blanked.
  withheld: { column: 7, value: 'Y' },
  fields: {
    County: [1],
    VoterId: [2],
    LastName: [3],
    Suffix: [4],
    FirstName: [5],
    MiddleName: [6],
    'ResidenceAddress.Line': [8],
    'ResidenceAddress.Unit': [9],
    'ResidenceAddress.City': [10],
    'ResidenceAddress.State': [11],
    'ResidenceAddress.ZipCode': [12],
    'MailingAddress.Line': [13, 14, 15],
    Gender: [20],
    DateOfBirth: [22],
    RegistrationDate: [23],
    Party: [24],
    Precinct: [25],
    VoterStatus: [29],
    'ContactMethod.Phone': [35, 36],
    'ContactMethod.Email': [38],
  },
};

/** North Carolina State Board of Elections, layout_ncvoter.txt: 67 or 71 columns by header. */
const NORTH_CAROLINA: RollLayout = {
  ...TABBED,
  id: 'nc',
  jurisdiction: 'NC',
  delimiters: ['\t'],
  quoted: true,
  header: true,
  columns: { min: 67, max: 71 },
  withheld: { column: 'confidential_ind', value: 'Y' },
  fields: {
    VoterId: ['ncid'],
    County: ['county_desc'],
    LastName: ['last_name'],
    FirstName: ['first_name'],
    MiddleName: ['middle_name'],
    Suffix: ['name_suffix_lbl|name_sufx_cd'],
    VoterStatus: ['status_cd'],
    VoterClassification: ['reason_cd'],
    'ResidenceAddress.Line': ['res_street_address'],
    'ResidenceAddress.City': ['res_city_desc'],
    'ResidenceAddress.State': ['state_cd'],
    'ResidenceAddress.ZipCode': ['zip_code'],
    'MailingAddress.Line': ['mail_addr1', 'mail_addr2'],
    'ContactMethod.Phone': ['full_phone_number'],
    RegistrationDate: ['registr_dt'],
    Party: ['party_cd'],
    Gender: ['gender_code'],
    YearOfBirth: ['birth_year'],
    Precinct: ['precinct_abbrv'],
  },
};

/** Ohio Secretary of State, county and statewide voter files: 46 columns and election history. */
const OHIO: RollLayout = {
  id: 'oh',
  jurisdiction: 'OH',
  delimiters: [','],
  quoted: true,
  header: true,
  encoding: 'latin-1',
  columns: { min: 46, max: 200 },
  withheld: null,
  fields: {
    VoterId: ['SOS_VOTERID'],
    County: ['COUNTY_NUMBER'],
    LastName: ['LAST_NAME'],
    FirstName: ['FIRST_NAME'],
    MiddleName: ['MIDDLE_NAME'],
    Suffix: ['SUFFIX'],
    DateOfBirth: ['DATE_OF_BIRTH'],
    RegistrationDate: ['REGISTRATION_DATE'],
    VoterStatus: ['VOTER_STATUS'],
    Party: ['PARTY_AFFILIATION'],
    'ResidenceAddress.Line': ['RESIDENTIAL_ADDRESS1'],
    'ResidenceAddress.Unit': ['RESIDENTIAL_SECONDARY_ADDR'],
    'ResidenceAddress.City': ['RESIDENTIAL_CITY'],
    'ResidenceAddress.State': ['RESIDENTIAL_STATE'],
    'ResidenceAddress.ZipCode': ['RESIDENTIAL_ZIP'],
    'MailingAddress.Line': ['MAILING_ADDRESS1', 'MAILING_SECONDARY_ADDRESS'],
    Precinct: ['PRECINCT_CODE'],
  },
};

/**
 * Alaska Division of Elections, voter list: 22 columns and up to 16 of history, by header; a file
 * of inactive voters has a condition's date and code besides. Header names as others read such
 * files: VoteShield's `reggie` (alaska.yaml, 2024) and the Accountability Project's notes (November
 * 2018); vintages differ in blanks, strokes and `#`.
 */
const ALASKA: RollLayout = {
  id: 'ak',
  jurisdiction: 'AK',
  delimiters: [',', '\t'],
  quoted: true,
  header: true,
  encoding: 'latin-1',
  columns: { min: 22, max: 40 },
  withheld: null,
  fields: {
    VoterId: ['ASCENSION|ASCENSION #|ASCENSION#'],
    LastName: ['LAST NAME|LAST_NAME|LASTNAME'],
    FirstName: ['FIRST NAME|FIRST_NAME|FIRSTNAME'],
    MiddleName: ['MIDDLE NAME|MIDDLE_NAME|MIDDLENAME'],
    Suffix: ['SUFFIX NAME|SUFFIX_NAME|SUFFIXNAME'],
    'ResidenceAddress.Line': ['RESIDENCE ADDRESS|RESIDENCE_ADDRESS|RESIDENCEADDRESS'],
    'ResidenceAddress.City': ['RESIDENCE CITY|RESIDENCE_CITY|RESIDENCECITY'],
    'ResidenceAddress.ZipCode': ['RESIDENCE ZIP|RESIDENCE_ZIP|RESIDENCEZIP'],
    Party: ['PARTY'],
    // UN: undeliverable; the roll has no status beside it.
    VoterClassification: ['UN'],
    RegistrationDate: ['REG DATE|REG_DATE|REGDATE'],
    Gender: ['GENDER'],
    Precinct: ['D/P|DP'],
  },
};

/** Pennsylvania Department of State, full voter export: 153 columns, no header, a file a county. */
const PENNSYLVANIA: RollLayout = {
  ...TABBED,
  id: 'pa',
  jurisdiction: 'PA',
  delimiters: ['\t', ','],
  quoted: true,
  header: false,
  columns: { min: 153, max: 153 },
  fields: {
    VoterId: [1],
    LastName: [3],
    FirstName: [4],
    MiddleName: [5],
    Suffix: [6],
    Gender: [7],
    DateOfBirth: [8],
    RegistrationDate: [9],
    VoterStatus: [10],
    Party: [12],
    'ResidenceAddress.Line': [13, 14, 15],
    'ResidenceAddress.Unit': [16],
    'ResidenceAddress.City': [18],
    'ResidenceAddress.State': [19],
    'ResidenceAddress.ZipCode': [20],
    'MailingAddress.Line': [21, 22],
    Precinct: [27],
    'ContactMethod.Phone': [151],
    County: [152],
  },
};

/** Washington Secretary of State, voter registration database extract: no party, by header. */
const WASHINGTON: RollLayout = {
  ...TABBED,
  id: 'wa',
  jurisdiction: 'WA',
  delimiters: ['\t', '|'],
  header: true,
  columns: { min: 33, max: 40 },
  fields: {
    VoterId: ['StateVoterID'],
    FirstName: ['FName'],
    MiddleName: ['MName'],
    LastName: ['LName'],
    Suffix: ['NameSuffix'],
    YearOfBirth: ['Birthyear|Birthdate|YearofBirth'],
    Gender: ['Gender'],
    'ResidenceAddress.Line': [
      'RegStNum',
      'RegStFrac',
      'RegStPreDirection',
      'RegStName',
      'RegStType',
      'RegStPostDirection',
    ],
    'ResidenceAddress.Unit': ['RegUnitType', 'RegStUnitNum|RegUnitNum'],
    'ResidenceAddress.City': ['RegCity|RegStCity'],
    'ResidenceAddress.State': ['RegState'],
    'ResidenceAddress.ZipCode': ['RegZipCode'],
    County: ['CountyCode'],
    Precinct: ['PrecinctCode'],
    'MailingAddress.Line': ['Mail1', 'Mail2', 'Mail3'],
    RegistrationDate: ['Registrationdate'],
    VoterStatus: ['StatusCode'],
  },
};

/** Rolls whose layout the state itself publishes; the source stands with each. */
export const STATE_LAYOUTS: readonly RollLayout[] = [
  FLORIDA,
  NORTH_CAROLINA,
  OHIO,
  ALASKA,
  PENNSYLVANIA,
  WASHINGTON,
];

const NAMES: { readonly [name: string]: string } = {
  florida: 'fl',
  northcarolina: 'nc',
  ohio: 'oh',
  alaska: 'ak',
  pennsylvania: 'pa',
  washington: 'wa',
};

/** The built-in layout under a state's code or name, whatever follows it: `FL`, `florida-2020`. */
export function stateLayout(layoutId: string): RollLayout | null {
  const word = layoutId.toLowerCase();
  const name = /^[a-z]+(?:[ _-]carolina)?/.exec(word)?.[0].replace(/[ _-]/g, '') ?? '';
  const id = NAMES[name] ?? name;
  return STATE_LAYOUTS.find((layout) => layout.id === id) ?? null;
}
