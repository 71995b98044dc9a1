/** Why a step of private matching is refused; every code is a row of docs/failures.md. */
export type MatchFailure =
  | { readonly code: 'match-file-foreign' }
  | { readonly code: 'match-file-kind'; readonly wanted: string; readonly found: string }
  | { readonly code: 'match-file-truncated'; readonly missing: number }
  | { readonly code: 'match-file-damaged' }
  | { readonly code: 'match-file-rule'; readonly rule: string }
  | { readonly code: 'match-batch-small'; readonly size: number; readonly least: number }
  | { readonly code: 'match-batch-large'; readonly size: number; readonly most: number }
  | { readonly code: 'match-epoch-other'; readonly wanted: string; readonly found: string }
  | { readonly code: 'match-epoch-over'; readonly ended: string }
  | { readonly code: 'match-key-other' }
  | { readonly code: 'match-query-replayed' }
  | { readonly code: 'match-query-size'; readonly committed: number; readonly found: number }
  | {
      readonly code: 'match-quota';
      readonly quota: number;
      readonly spent: number;
      readonly asked: number;
    }
  | { readonly code: 'match-point-invalid'; readonly at: number }
  | { readonly code: 'match-point-identity'; readonly at: number }
  | { readonly code: 'match-point-twice'; readonly at: number }
  | { readonly code: 'match-points-unsorted'; readonly at: number }
  | { readonly code: 'match-answer-other' }
  | { readonly code: 'match-proof-wrong' }
  | { readonly code: 'match-spikes-missed'; readonly found: number; readonly wanted: number }
  | { readonly code: 'match-list-other' }
  | { readonly code: 'match-opened-wrong'; readonly at: number }
  | { readonly code: 'match-cells'; readonly found: number; readonly most: number }
  | { readonly code: 'match-releases'; readonly found: number; readonly most: number }
  | { readonly code: 'match-roll-small'; readonly records: number; readonly least: number };

/** One sentence for a person. Places and sizes, never a value out of a list. */
export function matchFailureSentence(failure: MatchFailure): string {
  switch (failure.code) {
    case 'match-file-foreign':
      return 'this is no file of private matching, or one of another version of Tocsin';
    case 'match-file-kind':
      return `this is a ${failure.found} file; a ${failure.wanted} file is wanted`;
    case 'match-file-truncated':
      return `the file ends ${failure.missing} bytes too early: ask for it again`;
    case 'match-file-damaged':
      return 'the file was altered on its way: ask for it again';
    case 'match-file-rule':
      return `the file breaks a rule: ${failure.rule}`;
    case 'match-batch-small':
      return `${failure.size} people are too few to hide among; at least ${failure.least} are needed`;
    case 'match-batch-large':
      return `${failure.size} people are more than the ${failure.most} that one exchange takes`;
    case 'match-epoch-other':
      return `the file is of the epoch "${failure.found}", not of "${failure.wanted}"`;
    case 'match-epoch-over':
      return `the epoch ended on ${failure.ended}: its key is destroyed, nothing can be answered`;
    case 'match-key-other':
      return 'the file was made for another tag file, and so for another key';
    case 'match-query-replayed':
      return 'this exchange has been answered; send the answer that was written then, or encode again where it is lost';
    case 'match-query-size':
      return `the hub committed itself to ${failure.committed} people and asks about ${failure.found}`;
    case 'match-quota':
      return `${failure.asked} more people would pass the quota: ${failure.spent} of ${failure.quota} are spent`;
    case 'match-point-invalid':
      return `element ${failure.at} is no point of the group`;
    case 'match-point-identity':
      return `element ${failure.at} is the identity, which would give a constant for everybody`;
    case 'match-point-twice':
      return `element ${failure.at} stands there twice`;
    case 'match-points-unsorted':
      return `element ${failure.at} is out of order; the order would say something`;
    case 'match-answer-other':
      return 'the answer belongs to another query';
    case 'match-proof-wrong':
      return 'the proof fails: the county did not use the key that it published';
    case 'match-spikes-missed':
      return `${failure.found} of ${failure.wanted} invented people were found: the answer is incomplete or wrong`;
    case 'match-list-other':
      return 'the reports were opened for another commitment';
    case 'match-opened-wrong':
      return `report ${failure.at + 1} is not what the hub committed itself to`;
    case 'match-cells':
      return `${failure.found} cells are more than ${failure.most}: choose coarser ones`;
    case 'match-releases':
      return `${failure.found} releases are more than the ${failure.most} that one tag file tells apart`;
    case 'match-roll-small':
      return `${failure.records} records are too few; at least ${failure.least} are needed`;
  }
}
