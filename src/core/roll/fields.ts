/**
 * The normal form of a roll: attribute names of NIST SP 1500-102 (Voter Records Interchange),
 * written flat. `County` is its District of type county; `Precinct` its ElectionAdministration
 * unit.
 */
export const ROLL_FIELDS = [
  'VoterId',
  'FirstName',
  'MiddleName',
  'LastName',
  'Suffix',
  'ResidenceAddress.Line',
  'ResidenceAddress.Unit',
  'ResidenceAddress.City',
  'ResidenceAddress.State',
  'ResidenceAddress.ZipCode',
  'MailingAddress.Line',
  'ContactMethod.Email',
  'ContactMethod.Phone',
  'DateOfBirth',
  'YearOfBirth',
  'Gender',
  'Party',
  'VoterStatus',
  'VoterClassification',
  'RegistrationDate',
  'County',
  'Precinct',
] as const;

/** One of `ROLL_FIELDS`. */
export type RollField = (typeof ROLL_FIELDS)[number];

/** Words that people write in a manifest for several fields at once, in lower case. */
const GROUPS: { readonly [word: string]: readonly RollField[] } = {
  voterid: ['VoterId'],
  name: ['FirstName', 'MiddleName', 'LastName', 'Suffix'],
  fullname: ['FirstName', 'MiddleName', 'LastName', 'Suffix'],
  address: addressFields(),
  residenceaddress: addressFields(),
  street: ['ResidenceAddress.Line', 'ResidenceAddress.Unit'],
  city: ['ResidenceAddress.City'],
  state: ['ResidenceAddress.State'],
  zip: ['ResidenceAddress.ZipCode'],
  zipcode: ['ResidenceAddress.ZipCode'],
  postalcode: ['ResidenceAddress.ZipCode'],
  mailingaddress: ['MailingAddress.Line'],
  contactmethod: ['ContactMethod.Email', 'ContactMethod.Phone'],
  email: ['ContactMethod.Email'],
  phone: ['ContactMethod.Phone'],
  status: ['VoterStatus'],
  birthyear: ['YearOfBirth'],
  birthdate: ['DateOfBirth'],
  district: ['County', 'Precinct'],
};

function addressFields(): readonly RollField[] {
  return ROLL_FIELDS.filter((field) => field.startsWith('ResidenceAddress.'));
}

/**
 * The fields that a name in a manifest or mapping stands for; empty for a name outside the form.
 */
export function fieldsNamed(name: string): readonly RollField[] {
  const word = name.toLowerCase().replace(/[^a-z]/g, '');
  const exact = ROLL_FIELDS.find((field) => field.toLowerCase().replace('.', '') === word);
  if (exact !== undefined) return [exact];
  return Object.hasOwn(GROUPS, word) ? (GROUPS[word] ?? []) : [];
}
