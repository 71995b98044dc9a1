import { officeRows } from './render-office.ts';
import type { Score, Share } from './score.ts';

/** A score as a table for a person. */
export function renderScore(score: Score): string {
  const { campaigns, secondSender } = score;
  const forms = Object.keys(score.foundByForm).map((form) => [
    form,
    share(score.foundByForm[form]),
    share(score.shownSenderByForm[form]),
  ]);
  const senderNote = secondSender.apart ? 'shown apart' : 'NOT shown apart';
  const lines = [
    table([['form', 'found', 'shown sender exact (campaign)'], ...forms]),
    '',
    table([
      ['reported originals found', share(score.found)],
      ['shown sender exact', share(score.shownSender)],
      ['letters and pictures kept', share(score.letters)],
      ['false originals', String(score.falseOriginals.length)],
      ['campaign B-cubed precision', decimal(campaigns.precision)],
      ['campaign B-cubed recall', decimal(campaigns.recall)],
      ['campaign B-cubed F1', decimal(campaigns.f1)],
      ['clusters that hold the campaign', String(campaigns.clusters)],
      ['background in its clusters', share(campaigns.contamination)],
      ['second sender', `${secondSender.counted} of ${secondSender.of}, ${senderNote}`],
    ]),
    '',
    table([
      ['count', 'said', 'true'],
      ...score.counts.map(({ what, said, truth }) => [what, String(said), String(truth)]),
    ]),
    ...(score.office === null
      ? []
      : ['', table([['of lists and logs', 'said against true'], ...officeRows(score.office)])]),
  ];
  return `${lines.join('\n')}\n`;
}

const decimal = (value: number): string => value.toFixed(4);

const share = (value: Share | undefined): string =>
  value === undefined || value.of === 0
    ? '-'
    : `${value.hits} of ${value.of} (${((100 * value.hits) / value.of).toFixed(1)} %)`;

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
