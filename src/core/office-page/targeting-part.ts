import { cellWords, counted } from '../assessment/index.ts';
import { grouped } from '../base/index.ts';
import type { PublicJurisdiction } from '../exposure/index.ts';
import { type Html, html, NOTHING, outside } from '../report/index.ts';
import { intervalPlot } from './plot-intervals.ts';
import { ratio } from './words.ts';

type Row = PublicJurisdiction['targeting'][number];

/** Groups drawn and listed, the strongest first; findings.json has all. */
const DRAWN_MAX = 8;
const LISTED_MAX = 30;
/** A claim needs a tipping point above this (docs/methods/targeting). */
const CLAIM_TIPPING = 2;

/** Who was targeted: odds ratios with their tipping point, drawn and as a table. */
export function targetingPart({ targeting }: PublicJurisdiction, name: string): Html {
  if (targeting.length === 0) return NOTHING;
  const shown = targeting
    .filter(({ suppressed }) => !suppressed)
    .sort((a, b) => (b.low ?? 0) - (a.low ?? 0) || (a.cell < b.cell ? -1 : 1));
  const hidden = targeting.length - shown.length;
  const withheld =
    hidden === 0
      ? NOTHING
      : html`<p class="note">${counted(hidden, 'group')} ${hidden === 1 ? 'is' : 'are'} withheld: fewer than 11 people in or outside of ${hidden === 1 ? 'it' : 'them'}, or what would give such a number away.</p>`;
  if (shown.length === 0) return withheld;
  return html`${plot(shown.slice(0, DRAWN_MAX), name)}
${table(shown)}
${withheld}`;
}

const isDrawable = ({ low, oddsRatio }: Row): boolean => low !== null && oddsRatio !== null;

function plot(rows: readonly Row[], name: string): Html {
  const claimed = rows.filter((row) => row.claimed);
  return intervalPlot({
    title: `${name}: odds of a group among the reports, against the attributed release`,
    summary:
      claimed.length === 0
        ? 'No group stands out further than reporting habits alone explain.'
        : `Stands out: ${claimed.map(({ cell }) => cellWords(cell)).join('; ')}.`,
    rows: rows.filter(isDrawable).map(({ cell, oddsRatio, low, high, claimed: isClaimed }) => ({
      label: `${cellWords(cell)}${isClaimed ? ' (stands out)' : ''}`,
      says: `${ratio(oddsRatio ?? 0)} (${ratio(low ?? 0)} to ${high === null ? 'open' : ratio(high)})`,
      low,
      high,
      point: oddsRatio,
      strong: isClaimed,
    })),
    lines: [
      { at: 1, name: '1: as common among the reports as on the list' },
      {
        at: CLAIM_TIPPING,
        name: `${CLAIM_TIPPING}: below this, reporting habits alone explain it`,
      },
    ],
    tick: ratio,
  });
}

function table(rows: readonly Row[]): Html {
  const more = rows.length - LISTED_MAX;
  return html`<div class="scroll" role="region" aria-label="Odds ratios of groups" tabindex="0"><table><caption>Groups against the attributed release <span class="hint">tipping point: the result vanishes if this group reports that many times as often as others; above ${CLAIM_TIPPING} it is said to stand out</span></caption>
<thead><tr><th scope="col">Group</th><th scope="col" class="number">Odds ratio</th><th scope="col" class="number">Interval</th><th scope="col" class="number">Tipping point</th><th scope="col">Stands out</th></tr></thead>
<tbody>${rows.slice(0, LISTED_MAX).map(row)}</tbody></table></div>
${more > 0 ? html`<p class="note">And ${grouped(more)} more in findings.json.</p>` : NOTHING}`;
}

const row = ({ cell, oddsRatio, low, high, tippingPoint, claimed }: Row): Html =>
  html`<tr><th scope="row">${outside(cellWords(cell), 100)}</th><td class="number">${ratio(oddsRatio ?? 0)}</td><td class="number">${ratio(low ?? 0)} to ${high === null ? 'open' : ratio(high)}</td><td class="number">${ratio(tippingPoint ?? 0)}</td><td>${claimed ? 'yes' : 'no claim'}</td></tr>`;
