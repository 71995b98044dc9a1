import type { AccessLogFindings } from '../../core/access-log/index.ts';
import type { Json, Limit, Result } from '../../core/base/index.ts';
import type {
  ExposureEvidence,
  ExposureReport,
  SealedRegister,
} from '../../core/exposure/index.ts';
import type { RollField } from '../../core/roll/index.ts';
import type { CountyTally } from '../../core/tally/index.ts';

/** Why what the office holds was not used: one list or file that cannot be trusted or read. */
export interface OfficeRefusal {
  /** A row of docs/failures.md. */
  readonly code: string;
  /** As the person gave it, for messages on their terminal. */
  readonly name: string;
  /** One plain sentence; names rows and rules, never a value out of a row. */
  readonly reason: string;
}

export interface ShelvedRelease {
  readonly releaseId: string;
  readonly jurisdiction: string;
  /** YYYY-MM-DD. */
  readonly asOf: string;
  readonly requester: string | null;
  readonly rows: number;
  readonly fields: readonly RollField[];
}

/**
 * Voter-list releases, their registers and facts, checked against their digests; no row read yet.
 */
export interface RollShelf {
  /** Digests of all that an answer rests on: parameters of its finding. */
  readonly parameters: { readonly [name: string]: Json };
  readonly releases: readonly ShelvedRelease[];
  /** In the order of the releases; null where no register is at hand. */
  readonly registers: readonly (SealedRegister | null)[];
  /** Reads the lists where they lie. Only counts and rows near a report come back. */
  read(
    reports: readonly ExposureReport[],
  ): Promise<
    Result<
      { readonly evidence: ExposureEvidence; readonly limits: readonly Limit[] },
      OfficeRefusal
    >
  >;
}

/** Logs of the look-up page, digested; no line read yet. */
export interface LookupLogs {
  readonly parameters: { readonly [name: string]: Json };
  /** Pieces left out or cut, in words. */
  readonly limits: readonly Limit[];
  /** Reads all lines; what was found can be asked for record numbers until `work` ends. */
  read<Value>(work: (found: AccessLogFindings, limits: readonly Limit[]) => Value): Promise<Value>;
}

/** What counties counted for this office, one file a county. */
export interface CountyTallies {
  readonly tallies: readonly CountyTally[];
  /** Files that are no tallies. */
  readonly refused: readonly OfficeRefusal[];
}

/** Record numbers for notice: files of the case that no report and no export holds. */
export interface NoticeFolder {
  has(name: string): boolean;
  /** Whole or not at all, for the owner's eyes only. */
  keep(name: string, lines: Iterable<string>): void;
}

/** What an office holds beside the reports. Everything stays where it lies. Null: not given. */
export interface Office {
  readonly rolls: (() => Promise<Result<RollShelf, OfficeRefusal>>) | null;
  readonly logs: (() => Promise<Result<LookupLogs, OfficeRefusal>>) | null;
  readonly tallies: (() => CountyTallies) | null;
  readonly notices: NoticeFolder;
}
