import { countiesBy, type OfficeTruth } from '../invented/index.ts';
import {
  FREEMAIL,
  FREEMAIL_FILTERED_SHARE,
  PROVIDER_SHARES,
  UNIVERSITY,
} from '../mail-writer/index.ts';
import { RELAY_SHARES } from './relays.ts';
import type { ReplayOrder, ReplayTruth, TrueOriginal, TrueSender, TrueTotals } from './replay.ts';
import { trapsIn } from './traps.ts';
import { ANSWERS, TRUE_STATEMENTS } from './truth-words.ts';
import { apportion, FIRST_REPORT, FULL, HOUR, REPORT_CURVE, type Volumes } from './volumes.ts';
import { STALE_SHARE } from './voters.ts';
import { DUPLICATE_SHARE, secondSenderSent } from './wave.ts';

export interface TruthParts {
  readonly order: ReplayOrder;
  readonly volumes: Volumes;
  readonly originals: readonly TrueOriginal[];
  readonly office: OfficeTruth;
}

/** Everything that is true of a replay, once all its evidence is written. */
export function truthOf(parts: TruthParts): ReplayTruth {
  const { order, originals, office } = parts;
  return {
    schema: 'tocsin/replay-truth/1',
    note: 'Synthetic. Every voter, group, candidate, office and outlet is invented.',
    seed: order.seed,
    scale: order.scale,
    totals: totalsOf(parts),
    office,
    senders: sendersOf(originals),
    traps: trapsIn(originals),
    answers: ANSWERS,
    statements: TRUE_STATEMENTS,
    originals,
  };
}

function totalsOf({ order, volumes, originals }: TruthParts): TrueTotals {
  const threats = originals.filter((row) => row.campaign !== null);
  const freemail = sentTo(FREEMAIL.domain, volumes.sent);
  return {
    sent: volumes.sent,
    sentBy: sentBy(volumes.sent),
    filtered: Math.round(freemail * FREEMAIL_FILTERED_SHARE),
    duplicatesSent: Math.round(volumes.sent * DUPLICATE_SHARE),
    staleAddresses: Math.round(volumes.sent * STALE_SHARE),
    secondSenderSent: secondSenderSent(order.scale),
    recordsTaken: FULL.recordsTaken,
    reports: threats.length,
    distinctMails: distinct(threats.map((row) => row.mail)),
    distinctRecipients: distinct(threats.map((row) => row.recipientKey)),
    reportsBy: tally(threats.map((row) => row.county)),
    reportsAfterHours: afterHours(threats),
    screenshots: originals.filter((row) => row.form === 'screenshot').length,
    background: originals.filter((row) => row.campaign === null && row.form !== 'screenshot')
      .length,
  };
}

const distinct = (values: readonly unknown[]): number => new Set(values).size;

function tally(values: readonly string[]): { readonly [value: string]: number } {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Object.fromEntries(counts);
}

function afterHours(threats: readonly TrueOriginal[]): { readonly [hours: string]: number } {
  const within = (hours: number): number =>
    threats.filter((row) => Date.parse(row.reportedAt) <= FIRST_REPORT + hours * HOUR).length;
  return Object.fromEntries(
    REPORT_CURVE.filter(([hours]) => hours > 0).map(([hours]) => [String(hours), within(hours)]),
  );
}

/** The wave is counted, never written: shares of the whole, split so that they add up. */
function sentBy(sent: number): TrueTotals['sentBy'] {
  const counts = <Item>(rows: readonly (readonly [Item, number])[], name: (item: Item) => string) =>
    Object.fromEntries(apportion(sent, rows).map(([item, count]) => [name(item), count]));
  const counties = apportion(sent, countiesBy('mailed'));
  const states = new Map<string, number>();
  for (const [county, count] of counties)
    states.set(county.state, (states.get(county.state) ?? 0) + count);
  return {
    listState: Object.fromEntries(states),
    county: Object.fromEntries(counties.map(([county, count]) => [county.name, count])),
    mailHouse: counts(houseShares(), (domain) => domain),
    relay: counts(RELAY_SHARES, (relay) => relay.id),
  };
}

/** Freemail 25,000 and the university 183 of 40,000 hold; the others share the rest. */
function houseShares(): readonly (readonly [string, number])[] {
  const known = FULL.freemailSent + FULL.universitySent;
  const others = PROVIDER_SHARES.filter(([house]) => house !== FREEMAIL);
  const weight = others.reduce((sum, [, share]) => sum + share, 0);
  return [
    [FREEMAIL.domain, FULL.freemailSent],
    [UNIVERSITY.domain, FULL.universitySent],
    ...others.map(
      ([house, share]) => [house.domain, ((FULL.sent - known) * share) / weight] as const,
    ),
  ];
}

const sentTo = (domain: string, sent: number): number =>
  apportion(sent, houseShares()).find(([house]) => house === domain)?.[1] ?? 0;

function sendersOf(originals: readonly TrueOriginal[]): readonly TrueSender[] {
  return (['first', 'second'] as const).flatMap((sender) => {
    const shown = originals.filter((row) => row.sender === sender);
    const [first] = shown;
    return first === undefined
      ? []
      : [{ address: first.shownSender, sender, reports: shown.length }];
  });
}
