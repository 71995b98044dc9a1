import { scaleSqrt } from 'd3-scale';
import { PERSONS_SUPPRESSED_MAX } from '../assessment/index.ts';
import { grouped } from '../base/index.ts';
import { defang, printable } from '../display/index.ts';
import { type Html, html, NOTHING, outside } from './html.ts';
import type { Audience } from './investigation.ts';

const LABELS = 158;
const HEAD = 62;
const COLUMN = 96;
const ROW = 50;
const RADIUS_MAX = 15;
/** Letters of one line above a column, and of a place's name. */
const HEAD_UNITS = 13;
const PLACE_UNITS = 22;
const HEAD_LINES_MAX = 4;

/** Small or not: a reader must not be able to tell. */
const HIDDEN = 'hidden';

/**
 * Recipients by place and mail provider: the area of a circle is a count, and the count stands
 * below.
 */
export function audiencePicture(label: string, audience: Audience | null): Html {
  if (audience === null) return NOTHING;
  const { level, recipients, places, providers, counts } = audience;
  const isHidden = counts.some((row) => row.includes(null));
  const title = `${label}: recipients by ${level === 'city' ? 'town' : 'state'} and mail provider`;
  return html`<figure class="plot">
<figcaption>${title}</figcaption>
<div class="scroll" role="region" aria-label="${title}" tabindex="0">${drawing(audience, title)}</div>
<p class="note">${grouped(recipients)} different recipients of the originals that were read. The place is what the message fills in, the provider is told by the address shown.${isHidden ? ` Hidden: 1 to ${String(PERSONS_SUPPRESSED_MAX)} persons, or a larger count that would give such a one away.` : NOTHING}</p>
<details class="scroll"><summary>The same as a table</summary>
<table><caption>${title}</caption>
<thead><tr><th scope="col">Place</th>${providers.map((name) => html`<th scope="col" class="number">${name}</th>`)}</tr></thead>
<tbody>${places.map((place, row) => html`<tr><th scope="row">${outside(place, 80)}</th>${(counts[row] ?? []).map((count) => html`<td class="number">${shown(count)}</td>`)}</tr>`)}</tbody></table></details>
</figure>
`;
}

const shown = (count: number | null): string => (count === null ? HIDDEN : grouped(count));

function drawing({ places, providers, counts }: Audience, title: string): Html {
  const width = LABELS + providers.length * COLUMN;
  const height = HEAD + places.length * ROW + 6;
  const most = Math.max(1, ...counts.flat().map((count) => count ?? 0));
  const radius = scaleSqrt().domain([0, most]).range([0, RADIUS_MAX]);
  const xOf = (column: number): number => LABELS + (column + 0.5) * COLUMN;
  const yOf = (row: number): number => HEAD + (row + 0.5) * ROW;
  const heads = providers.map((name, column) => columnHead(name, xOf(column)));
  const rows = places.map(
    (place, row) =>
      html`<line class="rule" x1="0" x2="${String(width)}" y1="${String(yOf(row) - ROW / 2)}" y2="${String(yOf(row) - ROW / 2)}"/><text x="0" y="${String(yOf(row) + 4)}">${cut(defang(printable(place)), PLACE_UNITS)}</text>`,
  );
  const cells = counts.flatMap((line, row) =>
    line.map((count, column) => cell(count, { x: xOf(column), y: yOf(row), radius })),
  );
  return html`<svg class="matrix" viewBox="0 0 ${String(width)} ${String(height)}" width="${String(width)}" height="${String(height)}" role="img" aria-label="${title}; the table below says the same">${heads}${rows}${cells}</svg>`;
}

interface Spot {
  readonly x: number;
  readonly y: number;
  readonly radius: (count: number) => number;
}

function cell(count: number | null, { x, y, radius }: Spot): Html {
  if (count === 0) return html`<text class="none" x="${String(x)}" y="${String(y + 4)}">0</text>`;
  const r = count === null ? 6 : Math.max(1.5, radius(count));
  const name = count === null ? 'few' : 'some';
  return html`<circle class="${name}" cx="${String(x)}" cy="${String(y - 7)}" r="${r.toFixed(1)}"/><text class="count" x="${String(x)}" y="${String(y + 21)}">${shown(count)}</text>`;
}

/** The name above its column, in lines of whole words that stand on the first rule. */
function columnHead(name: string, x: number): Html {
  const lines: string[] = [];
  for (const word of name.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= HEAD_UNITS) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(cut(word, HEAD_UNITS));
  }
  const said = lines.slice(0, HEAD_LINES_MAX);
  return html`${said.map(
    (line, at) =>
      html`<text class="head" x="${String(x)}" y="${String(HEAD - 8 - 14 * (said.length - 1 - at))}">${line}</text>`,
  )}`;
}

const cut = (text: string, units: number): string =>
  text.length > units ? `${text.slice(0, units - 1)}…` : text;
