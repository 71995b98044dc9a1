import type { FactRow } from '../ports/index.ts';

/** One thing that is not as the log says, and where. Codes have rows in docs/failures.md. */
export type VerifyProblem =
  /** The vault. `exhibit` is the digest under which the bytes should lie. */
  | { readonly code: 'exhibit-missing' | 'exhibit-unreadable'; readonly exhibit: string }
  | { readonly code: 'exhibit-altered'; readonly exhibit: string; readonly found: string }
  | { readonly code: 'vault-foreign-file'; readonly name: string }
  /** The log. `part`: which of the two was changed, as far as a signed root can tell. */
  | {
      readonly code: 'leaf-altered';
      readonly index: number;
      readonly part: 'body' | 'hash' | 'unknown';
    }
  | { readonly code: 'leaf-missing' | 'leaf-malformed'; readonly index: number }
  /** Leaves from `index` on stand behind the newest checkpoint: nobody signed for them. */
  | { readonly code: 'leaf-unsigned'; readonly index: number }
  /** Checkpoints. `root-differs` names the first size from which the leaves have another root. */
  | {
      readonly code:
        | 'checkpoint-malformed'
        | 'checkpoint-signature-wrong'
        | 'checkpoint-root-differs';
      readonly size: number;
    }
  | {
      readonly code: 'checkpoint-row-differs';
      readonly size: number;
      readonly column: 'size' | 'root' | 'peaks' | 'at';
    }
  /** The checkpoint beside the store, in `log/checkpoint`. */
  | {
      readonly code:
        | 'published-missing'
        | 'published-malformed'
        | 'published-signature-wrong'
        | 'published-differs';
    }
  /** The store is an earlier state than what was published: a rollback. */
  | { readonly code: 'log-rolled-back'; readonly published: number; readonly found: number }
  /** Rows against leaves. `name` is an exhibit's digest, a finding's key, or empty. */
  | {
      readonly code: 'row-differs' | 'row-missing' | 'row-unlogged';
      readonly table: FactRow['table'];
      readonly index: number;
      readonly name: string;
    }
  | {
      readonly code: 'rows-unreadable';
      readonly table: string;
      readonly from: number;
      readonly to: number;
      readonly text: string;
    }
  /** The report: a file is not what the last finished run wrote, or nothing says what it wrote. */
  | { readonly code: 'report-altered' | 'report-missing'; readonly name: string }
  | { readonly code: 'report-unsealed' }
  /** An index, or the list of migrations: no fact stands in it. */
  | { readonly code: 'part-unreadable'; readonly name: string; readonly text: string }
  /** A finding's stored output is not what was hashed, or the method gives another one today. */
  | {
      readonly code: 'output-altered' | 'output-not-rederived';
      readonly finding: string;
      readonly index: number;
    };

/** Beyond this many, problems are counted and no longer listed: the case is a ruin. */
const PROBLEMS_LISTED_MAX = 10_000;

/** Collects problems in the order they are found. */
export class ProblemList {
  readonly listed: VerifyProblem[] = [];
  count = 0;

  add(problem: VerifyProblem): void {
    this.count += 1;
    if (this.listed.length < PROBLEMS_LISTED_MAX) this.listed.push(problem);
  }
}
