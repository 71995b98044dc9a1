import {
  type Availability,
  availabilityOf,
  type ReleaseManifest,
  type RollField,
} from '../roll/index.ts';
import type { ExposureReport } from './report.ts';

/** A field that the messages show the sender to hold. */
export interface FieldHeld {
  readonly field: RollField;
  /** Whether anyone could have it from this jurisdiction. */
  readonly availability: Availability;
  readonly basis: string | null;
  /** Ids of the given releases that do not carry it. */
  readonly missingFrom: readonly string[];
}

/** A field in fewer of the linked reports is a slip of those who wrote them down. */
const SHOWN_SHARE = 0.2;
/** That a release without the field was joined with another source. */
const APPENDED = 1e-3;

/** Fields that enough of the reports show. */
export function fieldsShown(reports: readonly ExposureReport[]): ReadonlySet<RollField> {
  const parts = [
    ['FirstName', 'first'],
    ['LastName', 'last'],
    ['ResidenceAddress.Line', 'street'],
    ['ResidenceAddress.City', 'city'],
    ['ResidenceAddress.State', 'state'],
    ['ResidenceAddress.ZipCode', 'zip'],
    ['ContactMethod.Email', 'email'],
    ['Party', 'party'],
  ] as const;
  const enough = Math.max(1, SHOWN_SHARE * reports.length);
  return new Set(
    parts.flatMap(([field, part]) =>
      reports.filter(({ recipient }) => recipient[part] !== '').length >= enough ? [field] : [],
    ),
  );
}

const fieldsOf = (
  { fieldsPresent }: ReleaseManifest,
  layoutFields: ReadonlySet<RollField>,
): ReadonlySet<RollField> => (fieldsPresent.size > 0 ? fieldsPresent : layoutFields);

/** A list of one state tells the state without a column for it. */
const carries = (present: ReadonlySet<RollField>, field: RollField): boolean =>
  field === 'ResidenceAddress.State' || present.has(field);

/** log likelihood that a release without some shown field was the source: it had to be appended. */
export function fieldEvidence(
  shown: ReadonlySet<RollField>,
  manifest: ReleaseManifest,
  layoutFields: ReadonlySet<RollField>,
): number {
  const present = fieldsOf(manifest, layoutFields);
  return [...shown].every((field) => carries(present, field)) ? 0 : Math.log(APPENDED);
}

export function fieldsHeld(
  jurisdiction: string,
  shown: ReadonlySet<RollField>,
  releases: readonly {
    readonly manifest: ReleaseManifest;
    readonly fields: ReadonlySet<RollField>;
  }[],
): readonly FieldHeld[] {
  const own = releases.filter(({ manifest }) => manifest.jurisdiction === jurisdiction);
  return [...shown].map((field) => ({
    field,
    ...availabilityOf(jurisdiction, field),
    missingFrom: own
      .filter(({ manifest, fields }) => !carries(fieldsOf(manifest, fields), field))
      .map(({ manifest }) => manifest.releaseId),
  }));
}
