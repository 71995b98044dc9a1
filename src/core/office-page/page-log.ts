import { ENUMERATION } from '../access-log/index.ts';
import { counted } from '../assessment/index.ts';
import { grouped } from '../base/index.ts';
import {
  type AccessLogSummary,
  type Html,
  html,
  NOTHING,
  outside,
  type ReportSection,
} from '../report/index.ts';
import { minute, shownCount } from './words.ts';

const ACTORS_MAX = 20;
const NETWORKS_MAX = 8;
const ROWS_MAX = 40;

/** What the look-up page gave away. No record number stands here or in findings.json. */
export const logSection = (log: AccessLogSummary): ReportSection => ({
  id: 'look-up-log',
  title: 'Look-up page log',
  finding: log.finding,
  body: html`${lead(log)}
${figures(log)}
${actorTable(log)}
${probeTable(log)}
${notice(log)}
${list(
  'What the log cannot say',
  log.refusals.map(({ reason, code }) => [reason, code]),
)}
${list(
  'What was left out',
  log.limits.map(({ at, text, code }) => [`${at}: ${text}`, code]),
)}`,
});

function lead({ finding, actors, read, refusals }: AccessLogSummary): Html {
  if (finding === null) return html`<p><strong>The log was not used.</strong></p>`;
  const span =
    read.from === null || read.until === null
      ? ''
      : `, from ${minute(read.from)} to ${minute(read.until)}`;
  const unsaid = refusals.find(({ question }) => question === ENUMERATION);
  const found =
    unsaid !== undefined
      ? `Whether record numbers were tried cannot be said: ${unsaid.reason}.`
      : actors.length === 0
        ? 'No run through record numbers was found.'
        : `${counted(actors.length, 'actor')} went through record numbers. An actor is one sequence of numbers, whatever addresses it came from: a machine, not a person.`;
  return html`<p>${counted(read.requests, 'request')} were read, ${grouped(read.lookups)} of them look-ups${span}. ${found}</p>`;
}

function figures({ finding, actors, taken }: AccessLogSummary): Html {
  if (finding === null || actors.length === 0) return NOTHING;
  const most = taken.atMost === null ? 'nothing in the log bounds it' : shownCount(taken.atMost);
  return html`<dl class="figures"><div><dt>Records taken from this page, at least</dt><dd>${shownCount(taken.atLeast)}</dd></div><div><dt>At most</dt><dd>${most}</dd></div></dl>
<p class="note">These bounds are about this page alone. They are never added to the numbers from the voter lists, and the two were not compared record by record.</p>`;
}

function actorTable({ actors }: AccessLogSummary): Html {
  if (actors.length === 0) return NOTHING;
  const rows = actors
    .slice(0, ACTORS_MAX)
    .map(
      ({ from, until, requests, distinctIds, taken, tool, networks, networkCount }) =>
        html`<tr><th scope="row">${minute(from)}<br>to ${minute(until)}</th><td class="number">${grouped(requests)}</td><td class="number">${distinctIds === null ? 'not logged' : grouped(distinctIds)}</td><td class="number">${grouped(taken.atLeast)} to ${taken.atMost === null ? 'open' : grouped(taken.atMost)}</td><td>${outside(tool, 160)}</td><td><code>${outside(networks.slice(0, NETWORKS_MAX).join(', '), 400)}</code>${networkCount > NETWORKS_MAX ? ` and ${grouped(networkCount - NETWORKS_MAX)} more` : ''}</td></tr>`,
    );
  const more = actors.length - ACTORS_MAX;
  return html`<div class="scroll" role="region" aria-label="Who went through record numbers" tabindex="0"><table><caption>Who went through record numbers <span class="hint">the tool is what the client says it is; networks can be exits that strangers share</span></caption>
<thead><tr><th scope="col">When</th><th scope="col" class="number">Requests</th><th scope="col" class="number">Numbers tried</th><th scope="col" class="number">Records taken</th><th scope="col">Tool, as it says</th><th scope="col">Networks</th></tr></thead>
<tbody>${rows}</tbody></table></div>
${more > 0 ? html`<p class="note">And ${grouped(more)} more in findings.json.</p>` : NOTHING}`;
}

function probeTable({ probes }: AccessLogSummary): Html {
  if (probes.length === 0) return NOTHING;
  const rows = probes
    .slice(0, ROWS_MAX)
    .map(
      ({ kind, requests, answered, from, until }) =>
        html`<tr><th scope="row">${outside(kind.replaceAll('-', ' '), 60)}</th><td class="number">${grouped(requests)}</td><td class="number">${grouped(answered)}</td><td>${minute(from)} to ${minute(until)}</td></tr>`,
    );
  return html`<div class="scroll" role="region" aria-label="Attempts to break in" tabindex="0"><table><caption>Attempts to break in <span class="hint">known signs in the requests; an answer alone is no success</span></caption>
<thead><tr><th scope="col">Kind</th><th scope="col" class="number">Requests</th><th scope="col" class="number">Answered</th><th scope="col">When</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

const notice = ({ noticeList }: AccessLogSummary): Html =>
  noticeList === null
    ? NOTHING
    : html`<p>The record numbers, for notice to the people concerned, are in <code>${noticeList}</code> of the case folder. They are in no report and no export: keep that file in the office.</p>`;

function list(title: string, rows: readonly (readonly [text: string, code: string])[]): Html {
  if (rows.length === 0) return NOTHING;
  const more = rows.length - ROWS_MAX;
  return html`<h3>${title}</h3>
<ul>${rows.slice(0, ROWS_MAX).map(([text, code]) => html`<li>${outside(text, 400)} <span class="hint">${code}</span></li>`)}${more > 0 ? html`<li>And ${grouped(more)} more in findings.json.</li>` : NOTHING}</ul>`;
}
