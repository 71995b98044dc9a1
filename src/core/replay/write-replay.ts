import { assert, canonicalJson, type Json, type Kernels, randomFrom } from '../base/index.ts';
import { planOffice } from '../invented/index.ts';
import { type Desk, otherItems, reportItems } from './evidence.ts';
import { refuseRealNames } from './guard.ts';
import { officeOrder, spelledReports } from './office-residents.ts';
import type { ReplayFile, ReplayOrder, TrueOriginal } from './replay.ts';
import { planReports } from './reports.ts';
import { shelve } from './shelf.ts';
import { statementFiles } from './statements.ts';
import { truthOf } from './truth.ts';
import { volumesAt } from './volumes.ts';
import { voterMaker } from './voters.ts';

/** A thousand founding cases: more is a slip of the keyboard. */
const SCALE_MAX = 1_000;

/**
 * The founding case as synthetic evidence: `evidence/**` is the mail that offices would have,
 * `office/**` their voter lists and logs, `statements/` what the press printed, `truth.json` what
 * is true, `README.txt` that all of it is invented.
 *
 * A pure function of seed and scale; files come one by one, none is kept. Scale must lie in
 * (0, 1000]. Method and marks of what is fact and what is set: docs/methods/replay.md.
 */
export function* writeReplay(order: ReplayOrder, kernels: Kernels): Iterable<ReplayFile> {
  assert(order.scale > 0 && order.scale <= SCALE_MAX, 'scale lies in (0, 1000]');
  for (const file of allFiles(order, kernels)) {
    refuseRealNames(file, kernels);
    yield file;
  }
}

function* allFiles(order: ReplayOrder, kernels: Kernels): Iterable<ReplayFile> {
  const random = randomFrom(`${order.seed}/${order.scale}`, kernels);
  const volumes = volumesAt(order.scale);
  const makeVoter = voterMaker();
  const planned = planReports(volumes, makeVoter, random.fork('reports'));
  const office = planOffice(officeOrder(planned, order), random.fork('office'), kernels);
  const reports = spelledReports(planned.reports, office.spelledHomes);
  const desk: Desk = { random: random.fork('desk'), kernels, makeVoter };
  const items = [...reportItems(reports, desk), ...otherItems(volumes, desk)].sort(
    (a, b) => a.at - b.at,
  );
  yield textFile('README.txt', README, kernels);
  for (const { path, text } of statementFiles()) yield textFile(path, text, kernels);
  const originals: TrueOriginal[] = [];
  for (const shelved of shelve(items, kernels)) {
    originals.push(...shelved.originals);
    yield shelved.file;
  }
  const truth = truthOf({ order, volumes, originals, office: office.truth });
  const text = pretty(truth as unknown as Json);
  yield textFile('truth.json', text, kernels);
  for (const { path, bytes } of office.files()) yield { path: `office/${path}`, bytes };
}

const textFile = (path: string, text: string, kernels: Kernels): ReplayFile => ({
  path,
  bytes: kernels.encode(text),
});

/** Canonical members, one row of a list a line: two truths can be compared with `diff`. */
function pretty(truth: Json): string {
  const members = Object.entries(truth as { readonly [name: string]: Json }).map(([name, value]) =>
    Array.isArray(value)
      ? `"${name}":[\n${value.map(canonicalJson).join(',\n')}\n]`
      : `"${name}":${canonicalJson(value)}`,
  );
  return `{${members.join(',\n')}}\n`;
}

const README = `Synthetic evidence. Nothing here is real.

Written by "tocsin replay". Every voter, group, candidate, office, place and press outlet is invented.
Host names are reserved by RFC 2606, network addresses by RFC 5737 and RFC 3849, telephone numbers by
the 555-01 block. The pattern follows the threatening e-mails of October 2020.

evidence/     what election offices would hold: mails, mailboxes, an archive from a neighbour
office/       voter lists and their copies, sealed registers, facts, a look-up page's log: a miniature
statements/   what officials and the press said, in the order of their numbers
truth.json    what is true, original by original: for scoring, not for reading first
`;
