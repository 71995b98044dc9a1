import { printable } from '../../core/display/index.ts';
import { statewideText, sumTallies } from '../../core/tally/index.ts';
import type { MatchStep } from './surroundings.ts';
import { readTallies } from './tally-files.ts';

/** Adds the tallies of many counties: hits a county, and one attribution. */
export const matchSum: MatchStep = async ({ files, order }, { terminal }) => {
  const { tallies, unread } = readTallies(files);
  for (const { file, code, reason } of unread) {
    terminal.say(`tocsin: ${printable(file)}: ${reason} [${code}]`);
  }
  if (tallies.length === 0) {
    terminal.say('tocsin: there is no tally of a county [tally-none]');
    return 2;
  }
  const sum = sumTallies(tallies);
  await terminal.write(
    order.given('json')
      ? `${JSON.stringify(sum, null, 1)}\n`
      : `${statewideText(sum).map(printable).join('\n')}\n`,
  );
  return unread.length > 0 ? 1 : 0;
};
