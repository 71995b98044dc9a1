import {
  type MatchStep,
  matchAnswer,
  matchClose,
  matchCommit,
  matchCount,
  matchEncode,
  matchQuery,
} from '../../match/index.ts';
import type { Command, Order, Outcome, Surroundings } from '../command.ts';
import { createProgress } from '../progress.ts';

const STEPS = {
  commit: matchCommit,
  encode: matchEncode,
  query: matchQuery,
  answer: matchAnswer,
  count: matchCount,
  close: matchClose,
} as const satisfies { readonly [name: string]: MatchStep };

const isStep = (word: string): word is keyof typeof STEPS => Object.hasOwn(STEPS, word);

export const match: Command = {
  usage: 'commit|encode|query|answer|count|close [FILE] --dir DIR [options]',
  about: [
    'A hub holds reports, a county holds a roll. They learn how many of the reported people are on',
    'the roll, by cell, and neither shows its list. Files go to and fro; every step says what the',
    'other side learns from the file just written. Each side keeps its secrets in its own DIR.',
    '',
    '1 hub     commit REPORTS.jsonl --dir DIR --incident NAME --epoch NAME --until DAY',
    '2 county  encode ROLL.csv --dir DIR --commitment FILE --county NAME [--cells party,county]',
    '3 hub     query TAGS --dir DIR',
    '4 county  answer QUERY --dir DIR',
    '5 hub     count ANSWER --dir DIR [--json]',
    '  county  close --dir DIR     destroys the keys; they go by themselves after the last day',
    '',
    'docs/methods/private-matching.md goes through it line by line.',
  ],
  options: {
    dir: { value: 'DIR', says: "this side's folder: keys, files, log; keep it in the office" },
    incident: { value: 'NAME', says: 'commit: what the reports are about' },
    epoch: { value: 'NAME', says: 'commit: the time over which one quota counts, say 2020-10' },
    until: { value: 'DAY', says: 'commit: last day of the epoch, YYYY-MM-DD; then keys go' },
    by: { value: 'name|email', says: 'commit: how people are recognised (default name)' },
    notice: {
      value: null,
      says: 'commit: ask which reports hit, for victim notice; the county must allow it',
    },
    commitment: { value: 'FILE', says: "encode: the hub's commitment.tocsin" },
    county: { value: 'NAME', says: 'encode: the name of the county' },
    cells: {
      value: 'LIST',
      says: 'encode: party, email, county, joined by commas; what is told apart (default none)',
    },
    layout: { value: 'NAME', says: "encode: a state's layout: FL, NC, ...; else the header" },
    quota: { value: 'N', says: 'encode: people that the hub may ask about in this epoch' },
    'allow-notice': {
      value: 'WHY',
      says: 'encode: the order or consent that allows naming who is on the roll; logged',
    },
    'passphrase-file': { value: 'FILE', says: 'first line is the passphrase; else it is asked' },
    json: { value: null, says: 'count: print one JSON document' },
  },
  run: async (order: Order, surroundings: Surroundings): Promise<Outcome> => {
    const [step, file, extra] = order.arguments;
    if (step === undefined || !isStep(step)) {
      return { wrongUse: `name the step: ${Object.keys(STEPS).join(', ')}` };
    }
    const folder = order.option('dir');
    if (folder === null) return { wrongUse: `${step}: name this side's folder: --dir DIR` };
    if (extra !== undefined) return { wrongUse: `${step} takes one file` };
    if ((file === undefined) !== (step === 'close')) {
      return { wrongUse: step === 'close' ? 'close takes no file' : `${step}: name the file` };
    }
    const progress = createProgress(surroundings.terminal, () => performance.now());
    return STEPS[step]({ file: file ?? '', folder, order }, { ...surroundings, progress });
  },
};
