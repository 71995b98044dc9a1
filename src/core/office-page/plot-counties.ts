import { counted } from '../assessment/index.ts';
import { type Atlas, countyFinder, drawState, type StateMap } from '../atlas/index.ts';
import { grouped } from '../base/index.ts';
import { type Html, html, NOTHING, outside } from '../report/index.ts';

const WIDTH = 560;

/** Lower edges of the steps of grey; below the first a county is hatched, or empty. */
const STEPS = [11, 25, 50, 100, 250] as const;

interface County {
  readonly county: string;
  /** Null: withheld. */
  readonly recipients: number | null;
}

/**
 * Where the linked recipients are registered, by county of their roll row. Hatched: 1 to 10 people,
 * or what would give such a count away. Counties that no map knows stand in the table alone.
 */
export function countyPlot(
  counties: readonly County[],
  {
    id,
    state,
    title,
    atlas,
  }: {
    readonly id: string;
    readonly state: string;
    readonly title: string;
    readonly atlas: Atlas | null;
  },
): Html {
  if (counties.length === 0) return NOTHING;
  const map = atlas === null ? null : drawState(atlas, state, WIDTH);
  return html`<figure class="plot counties">
<figcaption>${title}</figcaption>
${map === null ? NOTHING : placed(map, counties, { id, state, title })}
<details><summary>The same as a table</summary>
<table class="narrow"><caption>Linked recipients by county of their roll row</caption>
<thead><tr><th scope="col">County, as the roll writes it</th><th scope="col" class="number">Recipients</th></tr></thead>
<tbody>${counties.map(({ county, recipients }) => html`<tr><th scope="row">${outside(county, 60)}</th><td class="number">${recipients === null ? 'withheld' : grouped(recipients)}</td></tr>`)}</tbody></table></details>
</figure>
`;
}

function placed(
  { counties: outlines, width, height }: StateMap,
  counties: readonly County[],
  { id, state, title }: { readonly id: string; readonly state: string; readonly title: string },
): Html {
  const find = countyFinder(state, outlines);
  const found = new Map(
    counties.flatMap((each) => {
      const place = find(each.county);
      return place === null ? [] : [[place, each] as const];
    }),
  );
  if (found.size === 0) {
    return html`<p class="note">The county names of this list are on no map.</p>`;
  }
  const hidden = [...found.values()].filter(({ recipients }) => recipients === null).length;
  const unplaced = counties.length - found.size;
  const shapes = outlines.map((outline) => {
    const own = found.get(outline.id);
    const said =
      own === undefined ? 'none' : own.recipients === null ? 'withheld' : grouped(own.recipients);
    const hatch = own?.recipients === null ? html` fill="url(#${id}-hatch)"` : NOTHING;
    return html`<path class="county ${shade(own)}" d="${outline.path}"${hatch}><title>${outline.name}: ${said}</title></path>`;
  });
  const told = `${counted(found.size, 'county', 'counties')} with linked recipients, ${grouped(hidden)} of them withheld`;
  return html`<svg class="map" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}: ${told}. The table below has the same numbers."><defs><pattern id="${id}-hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch-ground" width="5" height="5"/><line class="hatch" x1="0" y1="0" x2="0" y2="5"/></pattern></defs>${shapes}</svg>
${legend(id)}
<p class="note">${told}.${unplaced > 0 ? ` ${counted(unplaced, 'county', 'counties')} of the list ${unplaced === 1 ? 'is' : 'are'} on no map and only in the table.` : ''}</p>`;
}

const shade = (county: County | undefined): string => {
  if (county === undefined) return 'shade-none';
  const { recipients } = county;
  if (recipients === null) return 'shade-hidden';
  return `shade-${Math.max(
    0,
    STEPS.findLastIndex((step) => recipients >= step),
  )}`;
};

function legend(id: string): Html {
  const steps = STEPS.map((step, at) => {
    const next = STEPS[at + 1];
    return [
      `shade-${at}`,
      next === undefined ? `${step} or more` : `${step} to ${next - 1}`,
    ] as const;
  });
  const keys = [
    ['shade-none', 'none'] as const,
    ['shade-hidden', 'withheld: 1 to 10 people, or what would give them away'] as const,
    ...steps,
  ];
  return html`<ul class="legend">${keys.map(
    ([kind, words]) =>
      html`<li><svg width="22" height="14" aria-hidden="true"><rect class="county ${kind}" width="22" height="14"${kind === 'shade-hidden' ? html` fill="url(#${id}-hatch)"` : NOTHING}/></svg> ${words}</li>`,
  )}</ul>`;
}
