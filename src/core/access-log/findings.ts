import type { Limit } from '../base/index.ts';
import type { Gap } from './gap.ts';
import type { ProbeRow } from './probe-ledger.ts';

/** Two bounds; `atMost` is null where nothing in the log bounds it, and a refusal says why. */
export interface Bounds {
  readonly atLeast: number;
  readonly atMost: number | null;
}

/** Tool of clients who send no user agent, or of a log whose form has none. */
export const TOOL_NOT_SAID = 'not said';

export interface Actor {
  readonly kind: 'sequence' | 'bulk' | 'no-numbers';
  /** First and last look-up, in seconds since 1970. */
  readonly from: number;
  readonly until: number;
  readonly requests: number;
  /**
   * Further look-ups of the same clients, which may be other people's: only `atMost` counts them.
   */
  readonly doubtful: number;
  /** Distinct records asked for; null where the log holds no numbers. */
  readonly distinctIds: number | null;
  readonly taken: Bounds;
  /**
   * What the clients say they are: a claim, never proof. `TOOL_NOT_SAID` where neither they nor the
   * log say any.
   */
  readonly tool: string;
  /** Networks (/24, /48), most requests first. */
  readonly networks: readonly string[];
  readonly networkCount: number;
  /** Forms of request, without any number: `/lookup?voterid=`. */
  readonly pages: readonly string[];
  /**
   * Times in which this actor went on without a line, and how many numbers it passed over in each.
   * `silent`: the log has no line of anybody there.
   */
  readonly gaps: readonly (Gap & { readonly numbers: number; readonly silent: boolean })[];
  /** Lines of its time that could not be read; each may have been a look-up of it. */
  readonly unread: number;
  /** Commonest step from one number to the next; null without a sequence. */
  readonly step: number | null;
}

export interface Refusal {
  readonly question: string;
  readonly code: string;
  readonly reason: string;
}

/** A record number for notice: kept in the office, never printed with the rest. */
export interface NoticeRecord {
  readonly record: string;
  /**
   * `possibly`: the response does not tell whether the record was in it. `unlogged`: the number was
   * passed over while the log has no lines; whether there is such a record, the roll tells.
   */
  readonly returned: 'yes' | 'possibly' | 'unlogged';
}

export interface AccessLogFindings {
  readonly taken: Bounds;
  readonly actors: readonly Actor[];
  readonly refusals: readonly Refusal[];
  readonly limits: readonly Limit[];
  readonly gaps: readonly Gap[];
  readonly probes: readonly ProbeRow[];
  readonly span: { readonly from: number; readonly until: number } | null;
  readonly lines: number;
  readonly requests: number;
  readonly unread: number;
  readonly lookups: number;
  /** Look-ups of the office's own addresses: in no other count. */
  readonly ownLookups: number;
  /** Records for notice, made as they are asked for. */
  notice(): Generator<NoticeRecord>;
}
