import { questionBoard } from '../../core/assessment/index.ts';
import { assert, type Instant, type Limit } from '../../core/base/index.ts';
import type { HeldForm } from '../../core/held-form/index.ts';
import type { CampaignSummary, ExhibitSummary, Investigation } from '../../core/report/index.ts';
import type { EvidenceStore, Unread } from '../ports/index.ts';
import type { LetterTracesOutput, WordingOutput } from '../stage/index.ts';
import { byCount, heldForm, memberRefs, summariseCampaign } from './campaign-summary.ts';
import type { CaseIndex, IndexedExhibit, NumberedCluster } from './case-index.ts';
import { type CaseOffice, isInDoubt } from './case-office.ts';
import { checksOf } from './check-summary.ts';
import type { OfficeAnswers } from './consult-office.ts';
import { letterRefs, officeMail } from './letter-summary.ts';
import { accessLogSummary, exposureSummary, matchesSummary } from './office-summary.ts';
import { type NameSender, senderNaming } from './open-senders.ts';
import type { IndexedOriginal } from './original-table.ts';

/** Exhibits that the board links to where no campaign stands. */
const EXHIBIT_SAMPLES_MAX = 5;

export interface Drawn {
  readonly index: CaseIndex;
  readonly clusters: readonly NumberedCluster[];
  readonly home: CaseOffice;
  /** Numbers of the letters to the office in the index. */
  readonly letters: Uint32Array;
  readonly letterTraces: LetterTracesOutput;
  readonly worded: WordingOutput;
  readonly office: OfficeAnswers;
  readonly checkpoint: Awaited<ReturnType<EvidenceStore['checkpoint']>>;
  readonly unread: readonly Unread[];
  /** Of this run: what could not be asked. */
  readonly limits: readonly Limit[];
  readonly asOf: Instant;
  readonly includePersonal: boolean;
  readonly tool: string;
}

/**
 * The answer, and what only the screen of whoever runs it may add: names stay out of the report.
 */
export interface Drawing {
  readonly investigation: Investigation;
  readonly onScreen: Pick<Investigation, 'office' | 'unread'>;
}

export const drawTogether = (drawn: Drawn): Drawing => ({
  investigation: investigationOf(drawn),
  onScreen: {
    office: officeMail({ ...drawn, originals: originalsOf(drawn), includePersonal: true }),
    unread: drawn.unread,
  },
});

/** Folds exhibits, findings and what could not be read into the one value that the report shows. */
function investigationOf(drawn: Drawn): Investigation {
  const { index, clusters, home, letters, unread, includePersonal } = drawn;
  const all = originalsOf(drawn);
  const originals = sureOf(all, home);
  const nameSender = senderNaming(originals, { home, includePersonal });
  const campaigns = campaignSummaries(drawn, nameSender);
  const linked = linkSummaries(drawn.worded, campaigns);
  const alone = unclusteredOf(drawn);
  const exhibits = [...index.exhibits.values()];
  const inDoubtIn = countByExhibit(doubtfulOf(all, home));
  const lettersIn = countByExhibit(Array.from(letters, index.originals.at));
  const inDoubt = sumOf(inDoubtIn.values());
  const isSure = (number: number): boolean => !isInDoubt(index.originals.at(number), home);
  const unclustered = alone.filter(isSure).length;
  const counts = countsOf(exhibits, { letters: letters.length, inDoubt, unclustered });
  const office = officeSummaries(drawn, campaigns);
  const held = heldForms(originals);
  const degraded = degradedCount(originals);
  const checks = checksOf(originals);
  const mail = officeMail({ ...drawn, originals: all });
  return {
    schema: 'tocsin/investigation/1',
    tool: drawn.tool,
    asOf: drawn.asOf,
    personalDataIncluded: includePersonal,
    log: logState(drawn.checkpoint),
    counts,
    networkTables: [],
    checks,
    board: questionBoard({
      personalDataIncluded: includePersonal,
      exhibits: counts.exhibits,
      unread: unread.length,
      originals: counts.originals,
      letters: counts.letters,
      either: { messages: inDoubt, ...mail.either },
      intact: counts.originals - degraded,
      degraded,
      checks,
      unclustered,
      exhibitSamples: exhibits
        .filter(({ digest }) => held.has(digest))
        .slice(0, EXHIBIT_SAMPLES_MAX)
        .map(({ digest }) => digest),
      campaigns,
      ...linked,
      ...office,
    }),
    campaigns,
    ...linked,
    ...office,
    unclustered: memberRefs(index, alone, nameSender),
    office: mail,
    letters: letterRefs(index, letters),
    exhibits: exhibitSummaries(
      { exhibits, held, lettersIn, inDoubtIn, labels: labelsByExhibit(drawn) },
      includePersonal,
    ),
    unread: unread.map((one) => publicUnread(one, includePersonal)),
    limits: [...drawn.limits, ...wordingLimit(clusters.length - drawn.worded.campaigns.length)],
  };
}

const wordingLimit = (unread: number): Investigation['limits'] =>
  unread === 0
    ? []
    : [
        {
          code: 'wording-over-limit',
          at: 'campaigns',
          text: `The wording of ${unread} smaller campaigns was not read.`,
        },
      ];

const officeSummaries = (
  { office, includePersonal }: Drawn,
  campaigns: readonly CampaignSummary[],
): Pick<Investigation, 'exposure' | 'accessLog' | 'matches'> => ({
  exposure:
    office.exposure === null
      ? null
      : exposureSummary(office.exposure, { campaigns, includePersonal }),
  accessLog: office.accessLog === null ? null : accessLogSummary(office.accessLog, includePersonal),
  matches: office.matches === null ? null : matchesSummary(office.matches),
});

/** Every original but the letters, as often as it is asked for. */
function originalsOf({ index: { originals }, letters }: Drawn): Iterable<IndexedOriginal> {
  const isLetter = new Uint8Array(originals.count);
  for (const number of letters) isLetter[number] = 1;
  return {
    *[Symbol.iterator]() {
      for (let number = 0; number < originals.count; number++) {
        if (isLetter[number] === 0) yield originals.at(number);
      }
    },
  };
}

/** Those that were reported whichever way a mail is read. */
const sureOf = (
  originals: Iterable<IndexedOriginal>,
  home: CaseOffice,
): Iterable<IndexedOriginal> => ({
  *[Symbol.iterator]() {
    for (const original of originals) if (!isInDoubt(original, home)) yield original;
  },
});

function* doubtfulOf(
  originals: Iterable<IndexedOriginal>,
  home: CaseOffice,
): Iterable<IndexedOriginal> {
  for (const original of originals) if (isInDoubt(original, home)) yield original;
}

/** Numbers of the originals that no campaign holds. */
function unclusteredOf({ index, clusters, letters }: Drawn): Uint32Array {
  const clustered = new Uint8Array(index.originals.count);
  for (const cluster of clusters) for (const member of allOf(cluster)) clustered[member] = 1;
  for (const letter of letters) clustered[letter] = 1;
  return Uint32Array.from(clustered.keys()).filter((number) => clustered[number] === 0);
}

function degradedCount(originals: Iterable<IndexedOriginal>): number {
  let degraded = 0;
  for (const { forward } of originals) {
    if (forward !== null && !forward.intact) degraded += 1;
  }
  return degraded;
}

/** How many originals each exhibit holds in which form. */
function heldForms(
  originals: Iterable<IndexedOriginal>,
): ReadonlyMap<string, ReadonlyMap<HeldForm, number>> {
  const held = new Map<string, Map<HeldForm, number>>();
  for (const original of originals) {
    const forms = held.get(original.exhibit) ?? new Map<HeldForm, number>();
    held.set(original.exhibit, forms);
    const form = heldForm(original);
    forms.set(form, (forms.get(form) ?? 0) + 1);
  }
  return held;
}

function countByExhibit(originals: Iterable<IndexedOriginal>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { exhibit } of originals) counts.set(exhibit, (counts.get(exhibit) ?? 0) + 1);
  return counts;
}

function labelsByExhibit({ clusters, index }: Drawn): ReadonlyMap<string, ReadonlySet<string>> {
  const labels = new Map<string, Set<string>>();
  for (const [place, cluster] of clusters.entries()) {
    for (const member of allOf(cluster)) {
      const { exhibit } = index.originals.at(member);
      labels.set(exhibit, (labels.get(exhibit) ?? new Set()).add(labelOf(place)));
    }
  }
  return labels;
}

const labelOf = (place: number): string => `C${place + 1}`;

/** The sure members before the others. */
function allOf({ members, inDoubt }: NumberedCluster): Uint32Array {
  const all = new Uint32Array(members.length + inDoubt.length);
  all.set(members);
  all.set(inDoubt, members.length);
  return all;
}

function campaignSummaries(
  { clusters, index, worded }: Drawn,
  nameSender: NameSender,
): readonly CampaignSummary[] {
  const wordings = new Map(worded.campaigns.map((campaign) => [campaign.id, campaign]));
  return clusters.map((cluster, place) =>
    summariseCampaign({
      label: labelOf(place),
      id: cluster.id,
      sure: Array.from(cluster.members, index.originals.at),
      inDoubt: Array.from(cluster.inDoubt, index.originals.at),
      listed: memberRefs(index, allOf(cluster), nameSender),
      worded: wordings.get(cluster.id) ?? null,
      nameSender,
    }),
  );
}

function linkSummaries(
  { links, joined }: WordingOutput,
  campaigns: readonly CampaignSummary[],
): Pick<Investigation, 'links' | 'joined'> {
  const labels = new Map(campaigns.map(({ id, label }) => [id, label]));
  const nameOf = (id: string): string => labels.get(id) ?? '';
  return {
    links: links.map(({ kind, value, strength, weight, why, campaigns: held }) => ({
      kind,
      value,
      strength,
      weight,
      why,
      campaigns: held.map(nameOf),
    })),
    joined: joined.map(({ campaigns: [a, b] }) => [nameOf(a), nameOf(b)]),
  };
}

function countsOf(
  exhibits: readonly IndexedExhibit[],
  apart: Pick<Investigation['counts'], 'letters' | 'inDoubt' | 'unclustered'>,
): Investigation['counts'] {
  const sum = (of: (exhibit: IndexedExhibit) => number): number => sumOf(exhibits.map(of));
  return {
    exhibits: exhibits.filter(({ kind }) => kind !== 'office-names').length,
    bytes: sum(({ bytes }) => bytes),
    messages: sum(({ messages }) => messages),
    originals: sum(({ originals }) => originals) - apart.letters - apart.inDoubt,
    carriers: sum(({ carriers }) => carriers),
    ...apart,
  };
}

const sumOf = (counts: Iterable<number>): number => {
  let sum = 0;
  for (const count of counts) sum += count;
  return sum;
};

/** A checkpoint's first lines are the log's name, its size and its root (C2SP tlog-checkpoint). */
function logState(checkpoint: Drawn['checkpoint']): Investigation['log'] {
  const { note, size } = checkpoint ?? { note: '', size: 0 };
  const [key = '', , root = ''] = note.split('\n');
  return { note, size, root, key };
}

interface Exhibits {
  readonly exhibits: readonly IndexedExhibit[];
  readonly held: ReturnType<typeof heldForms>;
  readonly lettersIn: ReadonlyMap<string, number>;
  readonly inDoubtIn: ReadonlyMap<string, number>;
  readonly labels: ReturnType<typeof labelsByExhibit>;
}

function exhibitSummaries(
  { exhibits, held, lettersIn, inDoubtIn, labels }: Exhibits,
  includePersonal: boolean,
): readonly ExhibitSummary[] {
  return exhibits.map((exhibit, place) => {
    const [custody] = exhibit.custody;
    assert(custody !== undefined, 'an exhibit stands by its custody entry');
    const letters = lettersIn.get(exhibit.digest) ?? 0;
    const inDoubt = inDoubtIn.get(exhibit.digest) ?? 0;
    return {
      label: `E${place + 1}`,
      digest: exhibit.digest,
      kind: exhibit.kind,
      bytes: exhibit.bytes,
      messages: exhibit.messages,
      originals: exhibit.originals - letters - inDoubt,
      letters,
      inDoubt,
      receivedAt: custody.receivedAt,
      receivedHow: custody.receivedHow,
      pictured: exhibit.pictured,
      name: includePersonal ? custody.name : null,
      campaigns: [...(labels.get(exhibit.digest) ?? [])],
      held: byCount(held.get(exhibit.digest) ?? NONE_HELD).map(([form, originals]) => ({
        form,
        originals,
      })),
      limits: exhibit.limits,
    };
  });
}

const NONE_HELD: ReadonlyMap<HeldForm, number> = new Map();

/**
 * A file name can hold a voter's name: the report gets its kind of trouble, the terminal the name.
 */
function publicUnread(unread: Unread, includePersonal: boolean): Unread {
  return includePersonal ? unread : { ...unread, name: 'a file named on the terminal' };
}
