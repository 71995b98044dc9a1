import { counted } from '../assessment/index.ts';
import { grouped } from '../base/index.ts';
import {
  type Html,
  html,
  type MatchesSummary,
  NOTHING,
  outside,
  type ReportSection,
} from '../report/index.ts';
import { posteriorPlot } from './plot-shares.ts';

const COUNTIES_MAX = 300;
const REFUSALS_MAX = 60;

/** What counties counted on their own rolls, by private matching. */
export const countySection = (matches: MatchesSummary): ReportSection => ({
  id: 'counties',
  title: 'Counted by counties',
  finding: matches.finding,
  body: html`${lead(matches)}
${source(matches)}
${table(matches)}
${refusals(matches)}`,
});

function lead({ finding, counties, matched }: MatchesSummary): Html {
  if (finding === null) return html`<p><strong>No file held a count.</strong></p>`;
  const found = matched === null ? 'Fewer than 11' : grouped(matched);
  return html`<p>${counted(counties.length, 'county', 'counties')} looked on ${counties.length === 1 ? 'its roll' : 'their own rolls'} for the people in the reports; no list left its county. ${found} of those people are on a roll.</p>`;
}

const NO_DAYS: ReadonlyMap<string, string> = new Map();

function source({ attribution }: MatchesSummary): Html {
  if (attribution === null || attribution.posterior.length === 0) return NOTHING;
  const title = `Where the data came from, by ${counted(attribution.counties, 'county', 'counties')} together`;
  return html`${posteriorPlot(attribution, { title, id: 'counties-source', days: NO_DAYS })}
<p class="note">"A release" means that release or anything derived from it.</p>`;
}

/** Counties with somebody first, the largest on top; those with nobody folded away. */
function table({ counties }: MatchesSummary): Html {
  if (counties.length === 0) return NOTHING;
  const some = counties
    .filter(({ matched }) => matched !== 0)
    .sort((a, b) => (b.matched ?? 0) - (a.matched ?? 0));
  const none = counties.filter(({ matched }) => matched === 0);
  const folded = html`<details><summary>${counted(none.length, 'county', 'counties')} found nobody</summary>
${rowsOf(none, 'Counties that found nobody')}</details>`;
  return html`${some.length > 0 ? rowsOf(some, 'By county') : NOTHING}
${none.length > 0 ? folded : NOTHING}`;
}

function rowsOf(counties: MatchesSummary['counties'], title: string): Html {
  const more = counties.length - COUNTIES_MAX;
  const rows = counties
    .slice(0, COUNTIES_MAX)
    .map(
      ({ county, records, reports, matched }) =>
        html`<tr><th scope="row">${outside(county, 60)}</th><td class="number">${grouped(records)}</td><td class="number">${grouped(reports)}</td><td class="number">${matched === null ? 'withheld' : grouped(matched)}</td></tr>`,
    );
  return html`<div class="scroll" role="region" aria-label="${title}" tabindex="0"><table class="narrow"><caption>${title} <span class="hint">withheld: 1 to 10 people, or what would give such a number away</span></caption>
<thead><tr><th scope="col">County</th><th scope="col" class="number">Records on its roll</th><th scope="col" class="number">People asked about</th><th scope="col" class="number">Found</th></tr></thead>
<tbody>${rows}</tbody></table></div>
${more > 0 ? html`<p class="note">And ${grouped(more)} more in findings.json.</p>` : NOTHING}`;
}

function refusals({ refusals: all }: MatchesSummary): Html {
  if (all.length === 0) return NOTHING;
  return html`<h3>What is not in the sum</h3>
<ul>${all.slice(0, REFUSALS_MAX).map(({ county, reason, code }) => html`<li>${county === null ? NOTHING : html`${outside(county, 60)}: `}${outside(reason, 400)} <span class="hint">${code}</span></li>`)}</ul>`;
}
