import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../kernels/index.ts';
import {
  type MatchStep,
  matchActs,
  matchAnswer,
  matchAudit,
  matchClose,
  matchCommit,
  matchCount,
  matchEncode,
  matchExample,
  matchOpen,
  matchQuery,
  matchSum,
  runStep,
} from '../../match/index.ts';
import type { Command, Order, Outcome, Surroundings } from '../command.ts';
import { createProgress } from '../progress.ts';
import { caseRefusal, withCase } from '../with-case.ts';

const STEPS = {
  commit: matchCommit,
  encode: matchEncode,
  query: matchQuery,
  answer: matchAnswer,
  count: matchCount,
  sum: matchSum,
  close: matchClose,
  open: matchOpen,
  audit: matchAudit,
  example: matchExample,
} as const satisfies { readonly [name: string]: MatchStep };

const isStep = (word: string): word is keyof typeof STEPS => Object.hasOwn(STEPS, word);

export const match: Command = {
  usage: 'commit|encode|query|answer|count|sum|close|open|audit|example [FILE] --dir DIR [options]',
  about: [
    'A hub holds reports, a county holds a roll. They learn how many of the reported people are on',
    'the roll, by cell, and neither shows its list. Files go to and fro; every step says what the',
    'other side learns from the file just written. Each side keeps its secrets in its own DIR.',
    '',
    '1 hub     commit REPORTS.jsonl --dir DIR --incident NAME --epoch NAME --until DAY',
    '2 county  encode ROLL.csv|RELEASES --dir DIR --commitment FILE --county NAME [--cells party,county]',
    '3 hub     query TAGS --dir DIR',
    '4 county  answer QUERY --dir DIR',
    '5 hub     count ANSWER --dir DIR [--json]',
    '6 hub     sum TALLIES... [--json]     adds the counties: one answer for the state',
    '  county  close --dir DIR     destroys the keys; they go by themselves after the last day',
    '  hub     open --dir DIR --places 4,90,871     shows these reports to an auditor',
    '  auditor audit OPENED --commitment FILE      were they on the list when it was fixed?',
    '',
    'example --dir DIR makes an invented county and list to practise on;',
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
    commitment: { value: 'FILE', says: "encode, audit: the hub's commitment.tocsin" },
    counties: {
      value: 'N',
      says: 'commit: how many counties hold all voters of the state; then who is found nowhere counts',
    },
    county: { value: 'NAME', says: 'encode: the name of the county' },
    cells: {
      value: 'LIST',
      says: 'encode: party, email, county, joined by commas; what is told apart (default none)',
    },
    layout: { value: 'NAME', says: "encode: a state's layout: FL, NC, ...; else the header" },
    quota: {
      value: 'N',
      says: 'encode: people that the hub may ask about in this epoch, and in any 30 days',
    },
    'allow-notice': {
      value: 'WHY',
      says: 'encode: the order or consent that allows naming who is on the roll; logged',
    },
    'libsodium-only': {
      value: null,
      says: 'encode: the key multiplies in libsodium, never in OpenSSL; the same file, slower',
    },
    'passphrase-file': { value: 'FILE', says: 'first line is the passphrase; else it is asked' },
    places: { value: 'LIST', says: 'open: numbers of reports, from 1 on, that the auditor drew' },
    records: { value: 'N', says: 'example: people of the county (default 33,000)' },
    reports: { value: 'N', says: 'example: reports of the hub (default 10,000)' },
    case: {
      value: 'DIR',
      says: 'an existing case: what was done or refused becomes an entry of its log, too',
    },
    store: { value: 'URL', says: 'the PostgreSQL server of that case, where it has one' },
    json: { value: null, says: 'count, sum: print one JSON document' },
  },
  run: async (order: Order, surroundings: Surroundings): Promise<Outcome> => {
    const [step, ...files] = order.arguments;
    if (step === undefined || !isStep(step)) {
      return { wrongUse: `name the step: ${Object.keys(STEPS).join(', ')}` };
    }
    const folder = order.option('dir');
    const wrong = wrongFiles(step, files.length, folder);
    if (wrong !== null) return { wrongUse: wrong };
    const progress = createProgress(surroundings.terminal, () => performance.now());
    const asked = { file: files[0] ?? '', files, folder: folder ?? '', order };
    const run = (): Promise<Outcome> => runStep(STEPS[step], asked, { ...surroundings, progress });
    const caseFolder = order.option('case');
    return caseFolder === null || folder === null
      ? run()
      : runLogged({ run, folder, caseFolder, store: order.option('store') }, surroundings);
  },
};

function wrongFiles(step: keyof typeof STEPS, files: number, folder: string | null): string | null {
  if (step === 'sum') return files === 0 ? 'sum: name the tallies, or their folder' : null;
  if (step === 'audit') return files === 1 ? null : 'audit: name the file that the hub opened';
  if (folder === null) return `${step}: name this side's folder: --dir DIR`;
  if (files > 1) return `${step} takes one file`;
  if (step === 'close' || step === 'open' || step === 'example')
    return files > 0 ? `${step} takes no file` : null;
  return files === 0 ? `${step}: name the file` : null;
}

/**
 * Runs a step with the case open, so that what the step adds to its own log stands in the case's
 * log, too. The case is opened first: a step that could not be logged is not taken.
 */
async function runLogged(
  {
    run,
    folder,
    caseFolder,
    store: storeUrl,
  }: {
    readonly run: () => Promise<Outcome>;
    readonly folder: string;
    readonly caseFolder: string;
    readonly store: string | null;
  },
  surroundings: Surroundings,
): Promise<Outcome> {
  if (!existsSync(join(caseFolder, 'log/key.pub'))) {
    return caseRefusal({ folder: caseFolder }, { code: 'case-unknown' }, surroundings.terminal);
  }
  const request = { folder: caseFolder, storeUrl, write: true };
  return withCase(request, surroundings, async ({ store }) => {
    const since = matchActs(folder, { by: userInfo().username, now: systemClock.now });
    const outcome = await run();
    for (const act of since()) await store.addAct(act);
    return outcome;
  });
}
