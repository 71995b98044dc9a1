import { cellWords } from '../assessment/index.ts';
import { grouped } from '../base/index.ts';
import { type CampaignExposure, type Html, html, NOTHING, outside } from '../report/index.ts';

/** Groups listed; findings.json has all. */
const LISTED_MAX = 30;

type Told = Pick<CampaignExposure, 'canaryGroups' | 'watched'>;

/**
 * What does not depend on who reports: canaries put in by lot, and groups watched with a test that
 * may be looked at every day. Canaries are staff addresses, not voters, so their counts are shown.
 */
export function experimentPart(told: Told | undefined): Html {
  if (told === undefined) return NOTHING;
  return html`${canaries(told.canaryGroups)}${watched(told.watched)}`;
}

function canaries(groups: Told['canaryGroups']): Html {
  if (groups.length === 0) return NOTHING;
  return html`<div class="scroll" role="region" aria-label="Canaries put in by lot" tabindex="0"><table><caption>Canaries put in by lot <span class="hint">the mail that they get shows who was chosen, whoever reports; p by Fisher's exact test against all others</span></caption>
<thead><tr><th scope="col">Group</th><th scope="col" class="number">Written to</th><th scope="col" class="number">Planted</th><th scope="col" class="number">p</th><th scope="col">Chosen more often</th></tr></thead>
<tbody>${groups.slice(0, LISTED_MAX).map(({ cell, hits, planted, pValue, claimed }) => html`<tr><th scope="row">${group(cell)}</th><td class="number">${grouped(hits)}</td><td class="number">${grouped(planted)}</td><td class="number">${pValue < 1e-4 ? 'under 0.0001' : pValue.toPrecision(2)}</td><td>${claimed ? 'yes' : 'no claim'}</td></tr>`)}</tbody></table></div>`;
}

function watched(groups: Told['watched']): Html {
  if (groups.length === 0) return NOTHING;
  return html`<div class="scroll" role="region" aria-label="Groups that are watched" tabindex="0"><table><caption>Groups that are watched day by day <span class="hint">an e-value of 20 stands, however often one looks</span></caption>
<thead><tr><th scope="col">Group</th><th scope="col" class="number">E-value</th><th scope="col">Above 20</th><th scope="col">Stands out</th></tr></thead>
<tbody>${groups.slice(0, LISTED_MAX).map(({ cell, eValue, firstLook, claimed }) => html`<tr><th scope="row">${group(cell)}</th><td class="number">${eValue.toPrecision(2)}</td><td>${firstLook === null ? 'never' : `since look ${grouped(firstLook)}`}</td><td>${claimed ? 'yes' : 'no claim'}</td></tr>`)}</tbody></table></div>`;
}

const group = (cell: string): Html => outside(cellWords(cell), 100);
