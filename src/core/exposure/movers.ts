import type { ExposureEvidence, LinkedRecord } from './assess.ts';
import { stateOf } from './residence.ts';
import { parseStratum } from './strata.ts';

/** Linked reports whose data is not that of the newest list: what dates the sender's copy. */
export interface Movers {
  /** Linked reports in all. */
  readonly linked: number;
  /** Shown data stands in an older list only. */
  readonly stale: number;
  /** Of those, people whom the newest list still has, under other data. */
  readonly stillListed: number;
  /** Linked here, while the message shows an address in another state. */
  readonly reportedElsewhere: number;
}

/** Linked persons of one county. */
export interface CountyCount {
  /** As the roll writes it, in upper case: a name or the state's own code. */
  readonly county: string;
  readonly recipients: number;
}

interface Moving {
  readonly own: readonly LinkedRecord[];
  /** Place of the newest list of the whole roll; -1 without one. */
  readonly newest: number;
  readonly jurisdiction: string;
}

/** People reported elsewhere, or under data of the past, who were once on the roll. */
export function moversOf(
  { versions, reports }: Pick<ExposureEvidence, 'versions' | 'reports'>,
  { own, newest, jurisdiction }: Moving,
): Movers {
  const listed = new Set(
    versions.filter(({ releases }) => releases.includes(newest)).map(({ person }) => person),
  );
  const stale = newest === -1 ? [] : own.filter(({ presence }) => !presence.includes(newest));
  const here = stateOf(jurisdiction);
  return {
    linked: own.length,
    stale: stale.length,
    stillListed: stale.filter(({ version }) => listed.has(version.person)).length,
    reportedElsewhere: own.filter(({ report }) => {
      const state = reports[report]?.recipient.state.trim().toUpperCase() ?? '';
      return /^[A-Z]{2}$/.test(state) && state !== here;
    }).length,
  };
}

/** Linked persons by county, most first. */
export function countiesOf(own: readonly LinkedRecord[]): readonly CountyCount[] {
  const persons = new Map<string, Set<string>>();
  for (const { version } of own) {
    const { county } = parseStratum(version.strata.at(-1) ?? '');
    if (county === '') continue;
    persons.set(county, (persons.get(county) ?? new Set()).add(version.person));
  }
  return [...persons]
    .map(([county, those]) => ({ county, recipients: those.size }))
    .sort((a, b) => b.recipients - a.recipients || (a.county < b.county ? -1 : 1));
}
