import { counted, countedPersons } from '../assessment/index.ts';
import { grouped } from '../base/index.ts';
import type { TemplateSpan, TemplateSummary } from '../template/index.ts';
import { CUT, type Html, html, NOTHING, outside } from './html.ts';
import type { CampaignSummary } from './investigation.ts';

/** Longest template on the page, in UTF-16 units of its own wording; findings.json has all. */
const TEMPLATE_MAX = 3_000;
/** Stretches of one template; each costs markup. */
const SPANS_MAX = 150;
const OPTIONS_MAX = 6;
/** Slots share this many colours; number and name tell them apart without. */
const COLOURS = 6;

/** Wordings shown of one campaign; findings.json has all. */
const WORDINGS_MAX = 4;

/**
 * Each wording with its gaps: every slot numbered, named and coloured; and a table of the slots.
 */
export function templatePictures(
  { templates }: CampaignSummary,
  personalDataIncluded: boolean,
): Html {
  const several = templates.length > 1;
  const pictures = templates.slice(0, WORDINGS_MAX).map(
    (template, at) => html`<figure class="template">
${several ? html`<p><strong>Wording ${String(at + 1)} of ${String(templates.length)}</strong></p>` : NOTHING}
<blockquote class="wording"><p>${pieces(template.spans)}</p></blockquote>
<figcaption class="note">Read from ${counted(template.texts, 'different text')}.</figcaption>
</figure>
${slotTable(template, personalDataIncluded)}`,
  );
  return html`<p class="note">A numbered slot is filled in for each recipient: a column of the sender's list. Alternatives in brackets are the sender's own choices. Where it says "differs", too few texts tell which of the two it is.</p>
${pictures}`;
}

function pieces(template: readonly TemplateSpan[]): readonly Html[] {
  const shown: Html[] = [];
  let room = TEMPLATE_MAX;
  for (const span of template) {
    if (room <= 0 || shown.length >= SPANS_MAX) return [...shown, CUT];
    shown.push(html`${piece(span, room)} `);
    if ('shared' in span) room -= span.shared.length;
  }
  return shown;
}

function piece(span: TemplateSpan, room: number): Html {
  if ('shared' in span) {
    const lines = span.shared.slice(0, room).split(/\r\n?|\n/);
    return html`${lines.map((line, at) => html`${at > 0 ? html`<br>` : NOTHING}${outside(line, TEMPLATE_MAX)}`)}`;
  }
  if ('slot' in span) {
    return html`<span class="slot slot-${String(span.slot % COLOURS)}"><b>${String(span.slot)}</b> ${span.type.replaceAll('-', ' ')}</span>`;
  }
  if ('alternatives' in span) {
    const options = span.alternatives
      .slice(0, OPTIONS_MAX)
      .map(
        (option, at) =>
          html`${at > 0 ? ' | ' : ''}${option === '' ? html`<i>nothing</i>` : outside(option, 200)}`,
      );
    return html`<span class="choice">[${options}${span.alternatives.length > OPTIONS_MAX ? CUT : NOTHING}]</span>`;
  }
  if ('withheld' in span)
    return html`<span class="withheld">${grouped(span.withheld)} withheld</span>`;
  return html`<span class="withheld">differs</span>`;
}

function slotTable({ slots }: TemplateSummary, personalDataIncluded: boolean): Html {
  if (slots.length === 0) return NOTHING;
  const rows = slots.map(
    ({ index, type, distinct, conforming, probable }) =>
      html`<tr><th scope="row">${String(index)} ${type.replaceAll('-', ' ')}${probable === true ? ' (probable)' : NOTHING}</th><td class="number">${countedPersons(distinct, personalDataIncluded)}</td><td class="number">${String(Math.round(conforming * 100))} %</td></tr>`,
  );
  return html`<table><caption>Slots <span class="hint">what is filled in for each recipient; values are not shown</span></caption>
<thead><tr><th scope="col">Slot</th><th scope="col" class="number">Different values</th><th scope="col" class="number">Have its form</th></tr></thead>
<tbody>${rows}</tbody></table>`;
}
