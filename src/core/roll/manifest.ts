import {
  fail,
  isDay,
  ok,
  parseRecord,
  parseSha256,
  type Result,
  type Sha256,
} from '../base/index.ts';
import { fieldsNamed, type RollField } from './fields.ts';

/**
 * What is known of one handed-out copy of a roll. "Release r" in every sentence means r or
 * anything derived from it.
 */
export interface ReleaseManifest {
  readonly releaseId: string;
  /** USPS code of a state, or a name of a county within one. */
  readonly jurisdiction: string;
  /** The day whose state of the roll the copy shows: YYYY-MM-DD. */
  readonly asOf: string;
  /** Who got it; null for a copy that nobody outside holds, such as a database snapshot. */
  readonly requester: string | null;
  readonly layoutId: string;
  readonly fieldsPresent: ReadonlySet<RollField>;
  /** Which rows are in it, in words; null for all. A subset is a system of its own. */
  readonly rowFilter: string | null;
  readonly sha256: Sha256;
  readonly rowCount: number;
  readonly strataCounts: ReadonlyMap<string, number>;
  /** SHA-256 commitments to the sealed register; null where nothing was planted. */
  readonly canaryCommit: Sha256 | null;
  readonly markKeyCommit: Sha256 | null;
  /** The release that it was cut from. */
  readonly derivedFrom: string | null;
}

/** A manifest that is no JSON, or breaks a rule: field and rule, the first one found. */
export type ManifestFailure =
  | { readonly code: 'manifest-not-json' }
  | { readonly code: 'manifest-rule'; readonly field: string; readonly rule: string };

const ID_LENGTH_MAX = 120;
const ROWS_MAX = 1e9;

type Fields = { readonly [key: string]: unknown };

/** Reads a manifest. Every rule that it breaks has a name: field and rule, the first one found. */
export function parseManifest(text: string): Result<ReleaseManifest, ManifestFailure> {
  const parsed = parseRecord(text);
  if (!parsed.ok) {
    const rule = parsed.failure;
    return rule === 'is JSON'
      ? fail({ code: 'manifest-not-json' })
      : fail({ code: 'manifest-rule', field: 'manifest', rule });
  }
  const fields: Fields = parsed.value;
  const broken = RULES.find(({ field, holds }) => !holds(fields[field]));
  if (broken !== undefined) {
    return fail({ code: 'manifest-rule', field: broken.field, rule: broken.rule });
  }
  return ok(manifestOf(fields));
}

interface Rule {
  readonly field: string;
  readonly rule: string;
  readonly holds: (value: unknown) => boolean;
}

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= ID_LENGTH_MAX;
const isAbsent = (value: unknown): boolean => value === undefined || value === null;
const isDigest = (value: unknown): boolean => typeof value === 'string' && parseSha256(value).ok;
const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= ROWS_MAX;

const orAbsent = (holds: (value: unknown) => boolean) => (value: unknown) =>
  isAbsent(value) || holds(value);

const RULES: readonly Rule[] = [
  { field: 'releaseId', rule: 'is a name of 1 to 120 characters', holds: isText },
  { field: 'jurisdiction', rule: 'is a name', holds: isText },
  { field: 'asOf', rule: 'is a day, YYYY-MM-DD', holds: startsWithDay },
  { field: 'requester', rule: 'is a name or null', holds: orAbsent(isText) },
  { field: 'layoutId', rule: 'is a name', holds: isText },
  { field: 'fieldsPresent', rule: 'is a list of fields', holds: orAbsent(isTextList) },
  { field: 'rowFilter', rule: 'is a text or null', holds: orAbsent((v) => typeof v === 'string') },
  { field: 'sha256', rule: 'is a SHA-256 in hex', holds: isDigest },
  { field: 'rowCount', rule: 'is a count of rows', holds: isCount },
  { field: 'strataCounts', rule: 'gives a count a stratum', holds: orAbsent(isCounts) },
  { field: 'canaryCommit', rule: 'is a SHA-256 in hex or null', holds: orAbsent(isDigest) },
  { field: 'markKeyCommit', rule: 'is a SHA-256 in hex or null', holds: orAbsent(isDigest) },
  { field: 'derivedFrom', rule: 'is the id of a release or null', holds: orAbsent(isText) },
];

/** A day of the calendar; a time of day after it is let pass and not kept. */
function startsWithDay(value: unknown): boolean {
  return typeof value === 'string' && isDay(/^(.{10})(?:T[\d:.]{1,20}Z?)?$/.exec(value)?.[1]);
}

function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

function isCounts(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every(isCount);
}

function manifestOf(fields: Fields): ReleaseManifest {
  const text = (name: string): string | null =>
    typeof fields[name] === 'string' ? (fields[name] as string) : null;
  const digest = (name: string): Sha256 | null => {
    const parsed = parseSha256(text(name) ?? '');
    return parsed.ok ? parsed.value : null;
  };
  const listed = (fields['fieldsPresent'] ?? []) as readonly string[];
  const strata = (fields['strataCounts'] ?? {}) as { readonly [stratum: string]: number };
  const rowFilter = text('rowFilter');
  return {
    releaseId: text('releaseId') ?? '',
    jurisdiction: text('jurisdiction') ?? '',
    asOf: (text('asOf') ?? '').slice(0, 10),
    requester: text('requester'),
    layoutId: text('layoutId') ?? '',
    fieldsPresent: new Set(listed.flatMap(fieldsNamed)),
    rowFilter: rowFilter === '' ? null : rowFilter,
    sha256: digest('sha256') as Sha256,
    rowCount: fields['rowCount'] as number,
    strataCounts: new Map(Object.entries(strata)),
    canaryCommit: digest('canaryCommit'),
    markKeyCommit: digest('markKeyCommit'),
    derivedFrom: text('derivedFrom'),
  };
}

/** A release id that stands in two manifests; null where all differ. */
export function releaseIdTwice(manifests: readonly ReleaseManifest[]): string | null {
  const seen = new Set<string>();
  for (const { releaseId } of manifests) {
    if (seen.has(releaseId)) return releaseId;
    seen.add(releaseId);
  }
  return null;
}
