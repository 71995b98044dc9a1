import { grouped } from '../base/index.ts';
import type { ExposureAnswer, JurisdictionExposure } from './assess.ts';
import { type Hypothesis, probabilityOf } from './attribution.ts';
import type { MixedCopies } from './collusion.ts';
import type { SizeEstimate } from './size.ts';
import type { TargetingRow } from './targeting.ts';

/** Cells and hypotheses that a person gets to see; --json has all. */
const SHOWN_MAX = 12;

const percent = (share: number): string =>
  share > 0.999 ? 'over 99.9 %' : `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;

/** The answer in words. "Release" is explained once, where the first one is named. */
export function exposureText(answer: ExposureAnswer): string {
  const { linkage, jurisdictions, refusals } = answer;
  const count = (state: string): number =>
    linkage.links.filter((link) => link.state === state).length;
  const lines = [
    `Reports: ${grouped(linkage.links.length)}. Linked to a person on a roll: ${grouped(count('linked'))}; unresolved: ${grouped(count('unresolved'))}; on no roll: ${grouped(count('on-no-roll'))}.`,
    ...jurisdictions.flatMap(jurisdictionLines),
    ...experimentLines(answer),
    '',
    'What the data cannot say',
    ...refusals.map(({ question, reason }) => `  ${question}: ${reason}`),
  ];
  return `${lines.join('\n')}\n`;
}

function jurisdictionLines(part: JurisdictionExposure): readonly string[] {
  const { attribution, listDates, fieldsHeld, size, targeting, stale } = part;
  const other = probabilityOf(attribution, ({ kind }) => kind === 'other');
  return [
    '',
    `${part.jurisdiction}: ${grouped(part.recipients)} recipients in ${grouped(part.households)} households`,
    '',
    'Where the data came from (a release means it or anything derived from it)',
    ...attribution.posterior
      .filter(({ probability }, at) => at < SHOWN_MAX && probability >= 0.001)
      .map(
        ({ hypothesis, probability }) =>
          `  ${percent(probability).padStart(11)}  ${hypothesisWords(hypothesis)}`,
      ),
    other >= 0.05 ? '  No requester is named while the source may be another one.' : '',
    listDates === null
      ? ''
      : `  The list shows the roll between ${listDates.from} and ${listDates.until} (95 %).`,
    ...mixtureLines(part.mixture),
    stale > 0
      ? `  ${stale < 11 ? 'Fewer than 11' : grouped(stale)} of the reports show data that the newest list no longer has: people who moved or changed.`
      : '',
    '',
    'Fields that the sender holds',
    ...fieldsHeld.map(({ field, availability, missingFrom }) => {
      const lacking = missingFrom.length === 0 ? '' : `; not in ${missingFrom.join(', ')}`;
      return `  ${field}: ${availability === 'unknown' ? 'not known whether public' : availability}${lacking}`;
    }),
    '',
    'How many',
    ...size.map(sizeLine),
    '',
    'Who was targeted',
    ...targetingLines(targeting),
  ].filter((line, at, all) => line !== '' || all[at - 1] !== '');
}

function mixtureLines(mixture: MixedCopies | null): readonly string[] {
  if (mixture === null) return [];
  const named = mixture.copies.filter(({ inMixture }) => inMixture);
  const words = named.map(
    ({ releaseId, pValue }) =>
      `  Copy ${releaseId} is the source or part of it: an innocent copy agrees as often by chance ${pValue < 1e-6 ? 'less than once in a million cases' : `with probability ${pValue.toPrecision(1)}`}.`,
  );
  return words.length > 0
    ? words
    : [`  No marked copy stands out in ${grouped(mixture.marks)} legible marks.`];
}

/** What the facts of the office say, free of who reports. */
function experimentLines({ canaryGroups, watched }: ExposureAnswer): readonly string[] {
  const lots = canaryGroups.map(
    ({ cell, hits, planted, pValue, claimed }) =>
      `  ${cell}: ${hits} of ${planted} canaries written to (p = ${pValue.toPrecision(2)})${claimed ? '; targeted' : ''}`,
  );
  const looks = watched.map(
    ({ cell, eValue, firstLook, claimed }) =>
      `  ${cell}: e-value ${eValue.toPrecision(2)}${firstLook === null ? '' : `, above 20 since look ${firstLook}`}${claimed ? '; stands out, however often one looks' : ''}`,
  );
  return [
    ...(lots.length === 0 ? [] : ['', 'Who was written to, by canaries put in by lot', ...lots]),
    ...(looks.length === 0 ? [] : ['', 'Groups that are watched', ...looks]),
  ];
}

function hypothesisWords(hypothesis: Hypothesis): string {
  switch (hypothesis.kind) {
    case 'release':
      return `release ${hypothesis.releaseId}`;
    case 'live':
      return `the live database of ${hypothesis.jurisdiction}, read between ${hypothesis.from} and ${hypothesis.until}`;
    case 'other':
      return 'none of these: a commercial file, an older leak, something unknown';
  }
}

function sizeLine({ label, estimator, low, high, assumptions }: SizeEstimate): string {
  const range =
    low !== null && high !== null
      ? low === high
        ? grouped(low)
        : `${grouped(low)} to ${grouped(high)}`
      : low === null
        ? `up to ${grouped(high ?? 0)}`
        : `${grouped(low)} or more`;
  return `  ${label}: ${range} (${estimator}; if ${assumptions.join('; and if ')})`;
}

function targetingLines(rows: readonly TargetingRow[]): readonly string[] {
  const shown = rows.filter(({ suppressed }) => !suppressed);
  const told = [...shown].sort((a, b) => (b.low ?? 0) - (a.low ?? 0)).slice(0, SHOWN_MAX);
  const lines = told.map(({ cell, oddsRatio, low, high, claimed }) => {
    const upper = high === null ? 'up' : high.toFixed(1);
    const said = claimed
      ? `targeted, unless this group reports at least ${low?.toFixed(1)} times as often as others`
      : 'no claim: reporting habits alone may explain it';
    return `  ${cell}: odds ratio ${oddsRatio?.toFixed(1)} (${low?.toFixed(1)} to ${upper}); ${said}`;
  });
  const hidden = rows.length - shown.length;
  if (hidden > 0)
    lines.push(`  ${hidden} cells are suppressed (counts below 11, or what would give them away).`);
  return lines.length === 0 ? ['  nothing can be said'] : lines;
}
