import { hypothesisWords, percent } from '../assessment/index.ts';
import { type Html, html, NOTHING } from '../report/index.ts';

/** Bars drawn; the rest is told in one line and stands in findings.json. */
const BARS_MAX = 10;
/** A bar below this is a hair on the page. */
const BAR_MIN = 0.005;

export interface Share {
  readonly hypothesis: string;
  readonly probability: number;
  readonly inSet: boolean;
  /** Sorts the bars in time: a release by its day, a live database by the first, "other" last. */
  readonly order: string;
}

interface Posterior {
  readonly posterior: readonly { readonly hypothesis: string; readonly probability: number }[];
  readonly credibleSet: readonly string[];
}

/** The likeliest sources in the order of their days, "none of these" last. */
function sharesInTime(
  { posterior, credibleSet }: Posterior,
  days: ReadonlyMap<string, string>,
): { readonly shown: readonly Share[]; readonly rest: number; readonly restShare: number } {
  const set = new Set(credibleSet);
  const all = posterior.map(({ hypothesis, probability }) => ({
    hypothesis,
    probability,
    inSet: set.has(hypothesis),
    order: orderOf(hypothesis, days),
  }));
  const shown = all.filter(
    ({ hypothesis, probability, inSet }, at) =>
      (at < BARS_MAX && probability >= BAR_MIN) || inSet || hypothesis === 'other',
  );
  const rest = all.filter((share) => !shown.includes(share));
  return {
    shown: shown.sort((a, b) => (a.order < b.order ? -1 : Number(a.order > b.order))),
    rest: rest.length,
    restShare: rest.reduce((sum, { probability }) => sum + probability, 0),
  };
}

function orderOf(hypothesis: string, days: ReadonlyMap<string, string>): string {
  if (hypothesis === 'other') return '~';
  const live = /^live:.+:([\d-]{10})\//.exec(hypothesis)?.[1];
  return live === undefined ? `${days.get(hypothesis) ?? ''} a` : `${live} b`;
}

/**
 * Posterior over vintages as bars that stretch with the page. Releases are solid, live databases
 * hatched, "none of these" only outlined, so that print needs no colour.
 */
export function posteriorPlot(
  source: Posterior,
  {
    title,
    id,
    days,
  }: {
    readonly title: string;
    readonly id: string;
    readonly days: ReadonlyMap<string, string>;
  },
): Html {
  const { shown, rest, restShare } = sharesInTime(source, days);
  const top = shown.reduce((best, each) => (each.probability > best.probability ? each : best));
  return html`<figure class="plot rows">
<figcaption>${title}</figcaption>
<div role="img" aria-label="${title}. Most probable: ${hypothesisWords(top.hypothesis)}, ${percent(top.probability)}. The table below has the same numbers.">
<svg class="patterns" width="0" height="0"><defs><pattern id="${id}-live" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch-ground" width="6" height="6"/><line class="hatch" x1="0" y1="0" x2="0" y2="6"/></pattern></defs></svg>
${shown.map((share) => bar(share, id))}</div>
${rest > 0 ? html`<p class="note">${rest} more sources together have ${percent(restShare)}; findings.json has them.</p>` : NOTHING}
<details><summary>The same as a table</summary>
<table class="narrow"><caption>Probability of each source, in the order of their days</caption>
<thead><tr><th scope="col">Source</th><th scope="col" class="number">Probability</th><th scope="col">In the 95 % set</th></tr></thead>
<tbody>${shown.map(({ hypothesis, probability, inSet }) => html`<tr><th scope="row">${hypothesisWords(hypothesis)}</th><td class="number">${percent(probability)}</td><td>${inSet ? 'yes' : 'no'}</td></tr>`)}</tbody></table></details>
</figure>
`;
}

function bar({ hypothesis, probability, inSet }: Share, id: string): Html {
  const width = `${Math.max(0.4, Math.round(probability * 1000) / 10)}%`;
  const isLive = hypothesis.startsWith('live:');
  const kind = isLive ? 'patterned' : hypothesis === 'other' ? 'outlined' : 'solid';
  const fill = isLive ? html` fill="url(#${id}-live)"` : NOTHING;
  const mark = inSet ? ' (in the 95 % set)' : '';
  return html`<p class="row${inSet ? ' strong' : ''}"><span>${hypothesisWords(hypothesis)}${mark}</span> <span>${percent(probability)}</span></p>
<svg width="100%" height="13"><rect class="${kind}" x="0" y="1" width="${width}" height="11"${fill}/></svg>
`;
}
