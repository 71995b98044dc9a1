import { grouped } from '../base/index.ts';
import type { PublicJurisdiction, PublicSize } from '../exposure/index.ts';
import { type Html, html, NOTHING } from '../report/index.ts';
import { intervalPlot } from './plot-intervals.ts';
import { shortCount } from './words.ts';

/** How many: every estimate under its own label, drawn and as a table with its assumptions. */
export function sizePart({ size }: PublicJurisdiction, name: string): Html {
  if (size.length === 0) return NOTHING;
  const drawn = size.filter(({ suppressed }) => !suppressed);
  return html`${intervalPlot({
    title: `${name}: how many people`,
    summary: `${drawn.map((row) => `${row.label}: ${says(row)}`).join('; ')}.`,
    rows: drawn.map((row) => ({
      label: `${row.label} (${methodOf(row)})`,
      says: says(row),
      low: isCeiling(row) ? null : row.low,
      high: row.high,
      point: null,
      strong: row.label.startsWith('taken'),
    })),
    lines: [],
    tick: shortCount,
  })}
<div class="scroll" role="region" aria-label="Estimates of size" tabindex="0"><table><caption>Each number has its own meaning: they are never added or averaged <span class="hint">an arrow means that nothing bounds this side</span></caption>
<thead><tr><th scope="col">What</th><th scope="col" class="number">People</th><th scope="col">Method</th><th scope="col">If</th></tr></thead>
<tbody>${size.map((row) => html`<tr><th scope="row">${row.label}</th><td class="number">${row.suppressed ? 'withheld' : says(row)}</td><td>${methodOf(row)}</td><td><ul>${row.assumptions.map((each) => html`<li>${each}</li>`)}</ul></td></tr>`)}</tbody></table></div>`;
}

const methodOf = ({ estimator }: PublicSize): string => estimator.replace(/, [^,]*$/, '');

/** What is said of it is "no more than": the low end of several credible releases is no floor. */
const isCeiling = ({ label }: PublicSize): boolean => label === 'taken, at most';

function says(row: PublicSize): string {
  const { low, high } = row;
  if (isCeiling(row) && high !== null) {
    return low === null || low === high
      ? `${grouped(high)} or fewer`
      : `${grouped(high)} or fewer (smallest credible release: ${grouped(low)})`;
  }
  if (low !== null && high !== null) {
    return low === high ? grouped(low) : `${grouped(low)} to ${grouped(high)}`;
  }
  if (low !== null) return `${grouped(low)} or more`;
  return high === null ? 'nothing bounds it' : `${grouped(high)} or fewer`;
}
