import { hypothesisWords, percent } from '../assessment/index.ts';
import { type Html, html, NOTHING } from '../report/index.ts';

/** Bars drawn; the rest is told in one line and stands in findings.json. */
const BARS_MAX = 14;
const ROW = 40;

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
export function sharesInTime(
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
    ({ hypothesis, inSet }, at) => at < BARS_MAX || inSet || hypothesis === 'other',
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
  const bars = shown.map((share, at) => bar(share, { at, id }));
  return html`<figure class="plot rows">
<figcaption>${title}</figcaption>
<svg width="100%" height="${shown.length * ROW + 6}" role="img" aria-label="${title}. Most probable: ${hypothesisWords(top.hypothesis)}, ${percent(top.probability)}. The table below has the same numbers.">
<defs><pattern id="${id}-live" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch-ground" width="6" height="6"/><line class="hatch" x1="0" y1="0" x2="0" y2="6"/></pattern></defs>
${bars}</svg>
${rest > 0 ? html`<p class="note">${rest} more sources together have ${percent(restShare)}; findings.json has them.</p>` : NOTHING}
<details><summary>The same as a table</summary>
<table class="narrow"><caption>Probability of each source, in the order of their days</caption>
<thead><tr><th scope="col">Source</th><th scope="col" class="number">Probability</th><th scope="col">In the 95 % set</th></tr></thead>
<tbody>${shown.map(({ hypothesis, probability, inSet }) => html`<tr><th scope="row">${hypothesisWords(hypothesis)}</th><td class="number">${percent(probability)}</td><td>${inSet ? 'yes' : 'no'}</td></tr>`)}</tbody></table></details>
</figure>
`;
}

function bar(
  { hypothesis, probability, inSet }: Share,
  { at, id }: { readonly at: number; readonly id: string },
): Html {
  const y = at * ROW;
  const width = `${Math.max(0.4, Math.round(probability * 1000) / 10)}%`;
  const kind = hypothesis === 'other' ? 'outlined' : 'solid';
  const fill = hypothesis.startsWith('live:') ? html` fill="url(#${id}-live)"` : NOTHING;
  const mark = inSet ? ' (in the 95 % set)' : '';
  return html`<text class="${inSet ? 'strong' : 'label'}" x="0" y="${y + 14}">${hypothesisWords(hypothesis)}${mark}</text>
<text class="${inSet ? 'strong' : 'label'}" x="100%" y="${y + 14}" text-anchor="end">${percent(probability)}</text>
<rect class="${hypothesis.startsWith('live:') ? 'patterned' : kind}" x="0" y="${y + 20}" width="${width}" height="11"${fill}/>
`;
}
