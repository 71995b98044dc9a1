import { scaleLog } from 'd3-scale';
import { type Html, html, NOTHING } from '../report/index.ts';

const ROW = 20;
const AXIS = 24;
/** Share of the width that an open end's arrow takes. */
const INSET = 4;

export interface IntervalRow {
  readonly label: string;
  /** What the interval says, at the right edge. */
  readonly says: string;
  /** Null: open to this side. */
  readonly low: number | null;
  readonly high: number | null;
  /** The estimate itself, where there is one. */
  readonly point: number | null;
  readonly strong: boolean;
}

export interface IntervalPlot {
  readonly title: string;
  readonly summary: string;
  readonly rows: readonly IntervalRow[];
  /** Values that a line is drawn at, with a name below the axis. */
  readonly lines: readonly { readonly at: number; readonly name: string }[];
  readonly tick: (value: number) => string;
}

/**
 * Intervals on one logarithmic axis that stretches with the page: a bar from low to high, an arrow
 * where a side is open, a stroke at the estimate. Every number stands in words beside its bar.
 */
export function intervalPlot({ title, summary, rows, lines, tick }: IntervalPlot): Html {
  const values = [
    ...rows.flatMap(({ low, high, point }) => [low, high, point]),
    ...lines.map(({ at }) => at),
  ].filter((value): value is number => value !== null && value > 0);
  if (values.length === 0) return NOTHING;
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const x = scaleLog()
    .domain([least / 1.3, Math.max(most, least * 4) * 1.3])
    .range([INSET, 100 - INSET]);
  const ticks = x.ticks(4).filter((value) => /^[125]0*$|^0\.0*[125]$/.test(String(value)));
  const shown = ticks.length > 5 ? ticks.filter((value) => Math.log10(value) % 1 === 0) : ticks;
  const grid = html`<g class="grid">${shown.map((value) => upright(x(value), 'tick-line'))}</g>${lines.map(({ at, name }) => html`<g><title>${name}</title>${upright(x(at), 'mark')}</g>`)}`;
  return html`<figure class="plot rows">
<figcaption>${title}</figcaption>
<div role="img" aria-label="${title}. ${summary} The table below has the same numbers.">
${rows.map((row) => interval(row, x, grid))}
<svg width="100%" height="${AXIS}"><line class="axis" x1="0" x2="100%" y1="0" y2="0"/>
${shown.map((value) => html`<text class="label" x="${across(x(value))}" y="17" text-anchor="middle">${tick(value)}</text>`)}</svg>
</div>
${lines.length === 0 ? NOTHING : html`<p class="note">Dashed lines: ${lines.map(({ name }) => name).join('; ')}.</p>`}
</figure>
`;
}

const upright = (at: number, name: string): Html =>
  html`<line class="${name}" x1="${across(at)}" x2="${across(at)}" y1="0" y2="${ROW}"/>`;

const across = (value: number): string => `${Math.round(value * 100) / 100}%`;

function interval(
  { label, says, low, high, point, strong }: IntervalRow,
  x: (value: number) => number,
  grid: Html,
): Html {
  const isOpenBelow = low === null || low <= 0;
  const from = isOpenBelow ? 0 : x(low);
  const until = high === null ? 100 : x(high);
  const middle =
    point === null
      ? NOTHING
      : html`<line class="point" x1="${across(x(point))}" x2="${across(x(point))}" y1="1" y2="19"/>`;
  return html`<p class="row${strong ? ' strong' : ''}"><span>${label}</span> <span>${says}</span></p>
<svg width="100%" height="${ROW}">${grid}<rect class="solid" x="${across(from)}" y="6" width="${across(Math.max(0.6, until - from))}" height="8"/>${isOpenBelow ? html`<text class="arrow" x="0" y="15">◀</text>` : NOTHING}${high === null ? html`<text class="arrow" x="100%" y="15" text-anchor="end">▶</text>` : NOTHING}${middle}</svg>
`;
}
