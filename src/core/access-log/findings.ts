import type { Limit } from '../base/index.ts';
import type { Gap } from './gap.ts';
import type { ProbeRow } from './probe-ledger.ts';

/** Two bounds; `atMost` is null where nothing in the log bounds it, and a refusal says why. */
export interface Bounds {
  readonly atLeast: number;
  readonly atMost: number | null;
}

export interface Actor {
  readonly kind: 'sequence' | 'bulk' | 'no-numbers';
  /** First and last look-up, in seconds since 1970. */
  readonly from: number;
  readonly until: number;
  readonly requests: number;
  /** Distinct records asked for; null where the log holds no numbers. */
  readonly distinctIds: number | null;
  readonly taken: Bounds;
  /** What the clients say they are: a claim, never proof. */
  readonly tool: string;
  /** Networks (/24, /48), most requests first. */
  readonly networks: readonly string[];
  readonly networkCount: number;
  /** Forms of request, without any number: `/lookup?voterid=`. */
  readonly pages: readonly string[];
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
  /** False: the response does not tell whether the record was in it. */
  readonly certain: boolean;
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
  /** Records for notice, made as they are asked for. */
  notice(): Generator<NoticeRecord>;
}
