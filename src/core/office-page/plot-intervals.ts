import { scaleLog } from 'd3-scale';
import { type Html, html, NOTHING } from '../report/index.ts';

const ROW = 44;
const AXIS = 28;
/** Share of the width that an open end's arrow takes. */
const INSET = 3;

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
  const height = rows.length * ROW;
  const ticks = x.ticks(4).filter((value) => /^[125]0*$|^0\.0*[125]$/.test(String(value)));
  const shown = ticks.length > 6 ? ticks.filter((value) => Math.log10(value) % 1 === 0) : ticks;
  return html`<figure class="plot rows">
<figcaption>${title}</figcaption>
<svg width="100%" height="${height + AXIS}" role="img" aria-label="${title}. ${summary} The table below has the same numbers.">
<g class="grid">${shown.map((value) => html`<line x1="${across(x(value))}" x2="${across(x(value))}" y1="0" y2="${height}"/>`)}</g>
${lines.map(({ at, name }) => html`<line class="mark" x1="${across(x(at))}" x2="${across(x(at))}" y1="0" y2="${height}"><title>${name}</title></line>`)}
${rows.map((row, at) => interval(row, at, x))}
<line class="axis" x1="0" x2="100%" y1="${height}" y2="${height}"/>
${shown.map((value) => html`<text class="label" x="${across(x(value))}" y="${height + 18}" text-anchor="middle">${tick(value)}</text>`)}
</svg>
</figure>
`;
}

const across = (value: number): string => `${Math.round(value * 100) / 100}%`;

function interval(
  { label, says, low, high, point, strong }: IntervalRow,
  at: number,
  x: (value: number) => number,
): Html {
  const y = at * ROW;
  const from = low === null || low <= 0 ? 0 : x(low);
  const until = high === null ? 100 : x(high);
  const named = strong ? 'strong' : 'label';
  const bar = html`<rect class="solid" x="${across(from)}" y="${y + 25}" width="${across(Math.max(0.6, until - from))}" height="8"/>`;
  const open = [
    low === null || low <= 0 ? html`<text class="arrow" x="0" y="${y + 35}">◀</text>` : NOTHING,
    high === null
      ? html`<text class="arrow" x="100%" y="${y + 35}" text-anchor="end">▶</text>`
      : NOTHING,
  ];
  const middle =
    point === null
      ? NOTHING
      : html`<line class="point" x1="${across(x(point))}" x2="${across(x(point))}" y1="${y + 20}" y2="${y + 38}"/>`;
  return html`<text class="${named}" x="0" y="${y + 16}">${label}</text>
<text class="${named}" x="100%" y="${y + 16}" text-anchor="end">${says}</text>
${bar}${open}${middle}
`;
}
