import { counted } from '../assessment/index.ts';
import { grouped } from '../base/index.ts';
import { defang, printable } from '../display/index.ts';
import { type Html, html, NOTHING, outside } from './html.ts';
import type { Investigation, LinkSummary } from './investigation.ts';

/** Links drawn: the strongest; the table and findings.json have more. */
const DRAWN_MAX = 8;
const LISTED_MAX = 25;
/** Campaigns that one drawn link reaches; a value that more show says little. */
const REACH_MAX = 8;

const LABEL_MAX = 36;
const ROW = 34;
const WIDTH = 640;
const NODE = { left: 70, right: 330 };

/**
 * What campaigns have in common beside their words: a drawing of the strongest links, and a table.
 */
export function linkSection({ links }: Investigation): Html {
  if (links.length === 0) return NOTHING;
  const rows = links
    .slice(0, LISTED_MAX)
    .map(
      ({ kind, value, strength, weight, why, campaigns }) =>
        html`<tr><th scope="row">${kind.replaceAll('-', ' ')}<br><code>${outside(value, 100)}</code></th><td>${strength}</td><td class="number">${weight.toFixed(1)}</td><td>${outside(why, 300)}</td><td>${labels(campaigns)}</td></tr>`,
    );
  const more = links.length - LISTED_MAX;
  return html`<section id="links" aria-labelledby="links-title">
<h3 id="links-title">What campaigns share beside their words</h3>
<p>A weak link is shown and merges nothing: strangers share providers, programs and hosts. Weight is the surprise in bits, from how few campaigns show the value.</p>
${drawing(links.filter(({ campaigns }) => campaigns.length <= REACH_MAX).slice(0, DRAWN_MAX))}
<div class="scroll" tabindex="0" role="region" aria-label="Links between campaigns"><table><caption>Links between campaigns</caption>
<thead><tr><th scope="col">Shared</th><th scope="col">Strength</th><th scope="col" class="number">Weight</th><th scope="col">Why it counts</th><th scope="col">Campaigns</th></tr></thead>
<tbody>${rows}</tbody></table></div>
${more > 0 ? html`<p class="note">And ${counted(more, 'more link', 'more links')} in findings.json.</p>` : NOTHING}
</section>`;
}

/** SVG text takes no HTML elements: one would end the drawing. Escaped like every string. */
const plainLabel = (value: string): string => defang(printable(value)).slice(0, LABEL_MAX);

const labels = (campaigns: readonly string[]): string =>
  campaigns.length > REACH_MAX
    ? `${campaigns.slice(0, REACH_MAX).join(', ')} and ${grouped(campaigns.length - REACH_MAX)} more`
    : campaigns.join(', ');

/** Campaigns on the left, shared values on the right; a dashed line is a weak link. */
function drawing(links: readonly LinkSummary[]): Html {
  if (links.length === 0) return NOTHING;
  const campaigns = [...new Set(links.flatMap((link) => link.campaigns))];
  const height = Math.max(campaigns.length, links.length) * ROW + 16;
  const yOf = (place: number, count: number): number => (height / (count + 1)) * (place + 1);
  const lines = links.flatMap((link, at) =>
    link.campaigns.map((label) => {
      const y1 = yOf(campaigns.indexOf(label), campaigns.length).toFixed(1);
      const y2 = yOf(at, links.length).toFixed(1);
      return html`<line class="link ${link.strength}" x1="${String(NODE.left + 8)}" y1="${y1}" x2="${String(NODE.right - 8)}" y2="${y2}"/>`;
    }),
  );
  const left = campaigns.map(
    (label, at) =>
      html`<text class="label" x="${String(NODE.left)}" y="${(yOf(at, campaigns.length) + 4).toFixed(1)}" text-anchor="end">${label}</text>`,
  );
  const right = links.map(
    ({ kind, value }, at) =>
      html`<text x="${String(NODE.right)}" y="${(yOf(at, links.length) + 4).toFixed(1)}">${kind.replaceAll('-', ' ')}: ${plainLabel(value)}</text>`,
  );
  return html`<svg class="graph" viewBox="0 0 ${String(WIDTH)} ${height.toFixed(0)}" role="img" aria-label="Campaigns on the left, what they share on the right; the table below says the same">${lines}${left}${right}</svg>`;
}
