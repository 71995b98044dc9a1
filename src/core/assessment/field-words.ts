/** Names of NIST SP 1500-102 in the words of a clerk. */
const WORDS: { readonly [field: string]: string } = {
  FirstName: 'name',
  MiddleName: 'name',
  LastName: 'name',
  Suffix: 'name',
  'ResidenceAddress.Line': 'street address',
  'ResidenceAddress.Unit': 'street address',
  'ResidenceAddress.City': 'city',
  'ResidenceAddress.State': 'state',
  'ResidenceAddress.ZipCode': 'postal code',
  'ContactMethod.Email': 'e-mail address',
  'ContactMethod.Phone': 'telephone number',
  DateOfBirth: 'date of birth',
  YearOfBirth: 'year of birth',
  Party: 'party',
  County: 'county',
  VoterId: 'voter number',
  VoterStatus: 'voter status',
};

/** Each once, in their order; what has no word of ours keeps its own. */
export const fieldWords = (fields: readonly string[]): readonly string[] => [
  ...new Set(fields.map((field) => WORDS[field] ?? field)),
];
