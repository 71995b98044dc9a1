import { scaleLinear, scaleUtc } from 'd3-scale';
import { counted } from '../assessment/index.ts';
import {
  assert,
  grouped,
  type Instant,
  instantFromMilliseconds,
  millisecondsOf,
} from '../base/index.ts';
import { type Html, html, NOTHING } from './html.ts';
import type { HourCount } from './investigation.ts';
import { clock, day, moment, month, shortDay } from './when.ts';

/** Bars that a phone can still tell apart. */
export const BARS_MAX = 72;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const STEPS: readonly (readonly [number, string])[] = [
  [HOUR_MS, 'hour'],
  [3 * HOUR_MS, '3 hours'],
  [6 * HOUR_MS, '6 hours'],
  [12 * HOUR_MS, '12 hours'],
  [DAY_MS, 'day'],
  [7 * DAY_MS, '7 days'],
  [28 * DAY_MS, '28 days'],
  [91 * DAY_MS, '91 days'],
  [365 * DAY_MS, '365 days'],
];

/** One bar: how many originals are dated in the step that begins at `from`, ms since 1970. */
export interface Bar {
  readonly from: number;
  readonly originals: number;
}

export interface Binned {
  readonly stepMs: number;
  /** `hour`, `6 hours`, ...: "originals per hour". */
  readonly stepName: string;
  /** Only bars with an original, in order. */
  readonly bars: readonly Bar[];
}

/** Hours gathered into steps so wide that at most `BARS_MAX` fit between first and last. */
export function binned(overTime: readonly HourCount[]): Binned {
  const times = overTime.map(({ hour }) => millisecondsOf(hour));
  const first = times.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const last = times.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const [stepMs, stepName] = stepFor(last - first);
  const bars = new Map<number, number>();
  for (const { hour, originals } of overTime) {
    const from = Math.floor(millisecondsOf(hour) / stepMs) * stepMs;
    bars.set(from, (bars.get(from) ?? 0) + originals);
  }
  const inOrder = [...bars].sort((a, b) => a[0] - b[0]);
  return { stepMs, stepName, bars: inOrder.map(([from, originals]) => ({ from, originals })) };
}

function stepFor(rangeMs: number): readonly [number, string] {
  const fits = STEPS.find(([stepMs]) => rangeMs / stepMs < BARS_MAX - 1);
  if (fits !== undefined) return fits;
  const years = Math.ceil(rangeMs / (BARS_MAX - 2) / (365 * DAY_MS));
  return [years * 365 * DAY_MS, `${years} years of 365 days`];
}

const PLOT_HEIGHT = 150;
const AXIS_HEIGHT = 26;
const SCALE_WIDTH = 44;
const TOP = 22;

/**
 * Size over time as bars that stretch with the page: positions across are percentages, text keeps
 * its size. Labels stand at the bars, the same numbers stand in a table below.
 */
export function sizeOverTime(label: string, overTime: readonly HourCount[]): Html {
  if (overTime.length === 0) return NOTHING;
  const plot = binned(overTime);
  const title = `${label}: originals per ${plot.stepName}, by message time in UTC`;
  return html`<figure class="plot">
<figcaption>${title}</figcaption>
${bars(plot, title)}
${table(plot)}
</figure>
`;
}

function bars({ bars: all, stepMs, stepName }: Binned, title: string): Html {
  const first = all[0]?.from ?? 0;
  const until = (all.at(-1)?.from ?? first) + stepMs;
  const x = scaleUtc().domain([first, until]).range([0, 100]);
  const peak = all.reduce((high, bar) => (bar.originals > high.originals ? bar : high), NO_BAR);
  const y = scaleLinear().domain([0, peak.originals]).range([PLOT_HEIGHT, TOP]);
  const width = (stepMs / (until - first)) * 100;
  const rects = all.map(
    (bar) =>
      html`<rect x="${percent(x(bar.from))}" y="${pixel(y(bar.originals))}" width="${percent(width * 0.86)}" height="${pixel(PLOT_HEIGHT - y(bar.originals))}"/>`,
  );
  const peakAt = x(peak.from) + width / 2;
  const ticks = y.ticks(3).filter((tick) => tick > 0 && Number.isInteger(tick));
  return html`<div class="chart"><svg class="scale" width="${SCALE_WIDTH}" height="${PLOT_HEIGHT + AXIS_HEIGHT}" aria-hidden="true">${ticks.map((tick) => html`<text x="${SCALE_WIDTH - 7}" y="${pixel(y(tick) + 4)}" text-anchor="end">${grouped(tick)}</text>`)}</svg>
<svg class="bars" width="100%" height="${PLOT_HEIGHT + AXIS_HEIGHT}" role="img" aria-label="${title}. ${summary(all, peak)}">
<g class="grid">${ticks.map((tick) => html`<line x1="0" x2="100%" y1="${pixel(y(tick))}" y2="${pixel(y(tick))}"/>`)}</g>
<g class="bar">${rects}</g>
<text class="peak" x="${percent(peakAt)}" y="${pixel(y(peak.originals) - 6)}" text-anchor="${anchorFor(peakAt, 20)}">${grouped(peak.originals)} in one ${stepName === 'hour' || stepName === 'day' ? stepName : 'step'}</text>
<line class="axis" x1="0" x2="100%" y1="${PLOT_HEIGHT}" y2="${PLOT_HEIGHT}"/>
${x.ticks(5).map((tick, i) => timeTick(tick.getTime(), x(tick), stepMs, i % 2 === 1))}
</svg></div>`;
}

const NO_BAR: Bar = { from: 0, originals: 0 };

function summary(all: readonly Bar[], peak: Bar): string {
  const total = all.reduce((sum, bar) => sum + bar.originals, 0);
  return `${counted(total, 'dated original')}; most, ${grouped(peak.originals)}, from ${moment(instantAt(peak.from))}.`;
}

function timeTick(time: number, at: number, stepMs: number, minor: boolean): Html {
  const name = minor ? 'tick minor' : 'tick';
  return html`<g class="${name}"><line x1="${percent(at)}" x2="${percent(at)}" y1="${PLOT_HEIGHT}" y2="${PLOT_HEIGHT + 5}"/><text x="${percent(at)}" y="${PLOT_HEIGHT + 20}" text-anchor="${anchorFor(at, 8)}">${tickName(time, stepMs)}</text></g>`;
}

function tickName(time: number, stepMs: number): string {
  const at = instantAt(time);
  if (stepMs >= 91 * DAY_MS) return at.slice(0, 4);
  if (stepMs >= 7 * DAY_MS) return month(at);
  return clock(at) === '00:00' ? shortDay(at) : `${shortDay(at)} ${clock(at)}`;
}

/** Keeps a label inside the plot at its edges, which begin at `margin` percent. */
function anchorFor(at: number, margin: number): string {
  if (at < margin) return 'start';
  return at > 100 - margin ? 'end' : 'middle';
}

function table({ bars: all, stepMs, stepName }: Binned): Html {
  const rows = all.map(
    ({ from, originals }) =>
      html`<tr><th scope="row">${stepMs < DAY_MS ? moment(instantAt(from)) : day(instantAt(from))}</th><td class="number">${grouped(originals)}</td></tr>`,
  );
  return html`<details><summary>The same as a table</summary>
<table class="narrow"><caption>Originals per ${stepName}; steps without one are left out</caption>
<thead><tr><th scope="col">From</th><th scope="col" class="number">Originals</th></tr></thead>
<tbody>${rows}</tbody></table></details>`;
}

const FIRST_MS = -62_167_219_200_000;
const LAST_MS = 253_402_300_799_999;

/** A step can begin before the year 0 or end after 9999, which no instant can name: nearest one. */
function instantAt(time: number): Instant {
  const at = instantFromMilliseconds(Math.min(Math.max(time, FIRST_MS), LAST_MS));
  assert(at !== null, 'bars come from instants');
  return at;
}

const percent = (value: number): string => `${Math.round(value * 100) / 100}%`;
const pixel = (value: number): string => String(Math.round(value * 10) / 10);
