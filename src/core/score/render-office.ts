import type { OfficeScore, SizeScore, TargetingScore } from './office-score.ts';
import type { Share } from './score.ts';
import type { SourceScore } from './source-score.ts';

/** Rows of the table for a person: what, how it did. */
export function officeRows({
  lists,
  fields,
  log,
  matches,
}: OfficeScore): readonly (readonly [what: string, how: string])[] {
  return [
    ...lists.flatMap(({ jurisdiction, source, dates, notPublic, sizes, targeting }) => [
      [`source, ${jurisdiction}`, sourceText(source)] as const,
      [`list dates, ${jurisdiction}`, rightText(dates)] as const,
      [`fields not public, ${jurisdiction}`, rightText(notPublic)] as const,
      ...sizes.map((size) => [`${size.label}, ${size.estimator}`, sizeText(size)] as const),
      [
        `targeted groups, ${jurisdiction}`,
        `${of(targeting.claims)} claimed were preferred`,
      ] as const,
      [`party, ${jurisdiction}`, partyText(targeting)] as const,
    ]),
    ...(fields === null
      ? []
      : [
          [
            'fields held',
            `${of(fields.found)}${names(fields.missed, 'missed')}${names(fields.extra, 'extra')}`,
          ] as const,
        ]),
    ...(log === null
      ? []
      : [
          [
            'victims in the log',
            `said ${log.victims.said ?? '-'}, true ${log.victims.truth}`,
          ] as const,
          [`taken, ${log.taken.estimator}`, sizeText(log.taken)] as const,
          ['times of the script', log.times ? 'exact' : 'NOT exact'] as const,
        ]),
    ...(matches === null
      ? []
      : [
          [
            'counts of counties',
            `${of(matches.exact)} exact, ${matches.hidden} hidden, ${matches.smallShown} small ones shown`,
          ] as const,
          [
            'people found by counties',
            `said ${matches.matched.said ?? '-'}, true ${matches.matched.truth}`,
          ] as const,
          ['source, by counties', sourceText(matches.source)] as const,
        ]),
  ];
}

const of = ({ hits, of: all }: Share): string => `${hits} of ${all}`;

function partyText({ partyClaimed, partyCovered }: TargetingScore): string {
  if (partyClaimed === null) return 'nothing said';
  return partyCovered === null ? 'NOT claimed' : `claimed, interval ${coverText(partyCovered)}`;
}

const rightText = (right: boolean | null): string =>
  right === null ? 'nothing said' : right ? 'right' : 'WRONG';

const coverText = (holds: boolean): string => (holds ? 'holds the truth' : 'MISSES the truth');

const names = (list: readonly string[], what: string): string =>
  list.length === 0 ? '' : `, ${what}: ${list.join(' ')}`;

function sourceText({
  truth,
  first,
  top1,
  inCredibleSet,
  credible,
  logScore,
}: SourceScore): string {
  if (logScore === null) return `nothing said; true ${truth}`;
  const place = top1 ? 'first' : `NOT first (${first})`;
  const set = `${inCredibleSet ? 'in' : 'NOT in'} the 95 % set of ${credible}`;
  return `${truth}: ${place}, ${set}, log score ${logScore.toFixed(3)}`;
}

const sizeText = ({ low, high, truth, covers }: SizeScore): string =>
  `${low ?? ''} to ${high ?? 'open'}, true ${truth}: ${coverText(covers)}`;
