import type { RollField } from './fields.ts';

/**
 * public: anyone may have it; restricted: sold, or for parties and candidates; never: no copy has
 * it.
 */
export type Availability = 'public' | 'restricted' | 'never' | 'unknown';

export interface AvailabilityRow {
  readonly field: RollField;
  readonly availability: Exclude<Availability, 'unknown'>;
  /** Law or file description it rests on. */
  readonly basis: string;
}

const rows = (
  availability: AvailabilityRow['availability'],
  basis: string,
  fields: readonly RollField[],
): readonly AvailabilityRow[] => fields.map((field) => ({ field, availability, basis }));

const NAME_AND_HOME: readonly RollField[] = [
  'FirstName',
  'LastName',
  'ResidenceAddress.Line',
  'ResidenceAddress.City',
  'ResidenceAddress.State',
  'ResidenceAddress.ZipCode',
];

/**
 * Jurisdiction x field. What no row names is unknown, never "not public". Seen in the file layouts
 * on 1 January 2026; a law changes faster than this table.
 */
const TABLE: { readonly [jurisdiction: string]: readonly AvailabilityRow[] } = {
  FL: rows('public', 'voter extract file, 38 columns; s. 97.0585, 98.0981 F.S.', [
    ...NAME_AND_HOME,
    'Party',
    'VoterStatus',
    'DateOfBirth',
    'ContactMethod.Phone',
    'ContactMethod.Email',
  ]),
  NC: [
    ...rows('public', 'ncvoter file; G.S. 163-82.10', [
      ...NAME_AND_HOME,
      'Party',
      'VoterStatus',
      'YearOfBirth',
      'ContactMethod.Phone',
    ]),
    ...rows('never', 'G.S. 163-82.10(a1), (d): confidential', [
      'ContactMethod.Email',
      'DateOfBirth',
    ]),
  ],
  OH: [
    ...rows('public', 'voter file download; R.C. 3503.13', [
      ...NAME_AND_HOME,
      'Party',
      'VoterStatus',
      'DateOfBirth',
    ]),
    ...rows('never', 'not among the columns of the file', [
      'ContactMethod.Email',
      'ContactMethod.Phone',
    ]),
  ],
  AK: [
    ...rows('public', 'voter list; AS 15.07.195', [
      'FirstName',
      'LastName',
      'ResidenceAddress.State',
      'Party',
      'VoterClassification',
    ]),
    ...rows('restricted', 'AS 15.07.195: a residence may be kept confidential', [
      'ResidenceAddress.Line',
      'ResidenceAddress.City',
      'ResidenceAddress.ZipCode',
    ]),
    ...rows('never', 'AS 15.07.195(a): confidential or not in the file', [
      'ContactMethod.Email',
      'ContactMethod.Phone',
      'DateOfBirth',
    ]),
  ],
  PA: [
    ...rows('restricted', 'full voter export, sold; 25 Pa.C.S. 1404', [
      ...NAME_AND_HOME,
      'Party',
      'VoterStatus',
      'DateOfBirth',
      'ContactMethod.Phone',
    ]),
    ...rows('never', 'not among the columns of the export', ['ContactMethod.Email']),
  ],
  WA: [
    ...rows('public', 'VRDB extract; RCW 29A.08.710', [
      ...NAME_AND_HOME,
      'VoterStatus',
      'YearOfBirth',
    ]),
    ...rows('never', 'RCW 29A.08.710: not among the public fields; no party registration', [
      'ContactMethod.Email',
      'ContactMethod.Phone',
      'DateOfBirth',
      'Party',
    ]),
  ],
};

/** Whether a field of voters in `jurisdiction` may be had, and on what that rests. */
export function availabilityOf(
  jurisdiction: string,
  field: RollField,
): { readonly availability: Availability; readonly basis: string | null } {
  const state = jurisdiction.slice(0, 2).toUpperCase();
  const row = TABLE[state]?.find((candidate) => candidate.field === field);
  return row === undefined
    ? { availability: 'unknown', basis: null }
    : { availability: row.availability, basis: row.basis };
}
