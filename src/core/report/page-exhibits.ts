import { counted } from '../assessment/index.ts';
import { grouped } from '../base/index.ts';
import { gravestFirst } from '../display/index.ts';
import {
  HELD_FORMS,
  type HeldForm,
  PHONE_STEPS,
  PROVIDER_STEPS,
  PROVIDER_STEPS_AS_OF,
  STEPS_ALWAYS,
} from '../held-form/index.ts';
import { type Anchors, EXHIBIT_ROWS_MAX } from './anchors.ts';
import { fileName, type Html, html, joined, NOTHING, outside, prose } from './html.ts';
import type { ExhibitSummary, Investigation } from './investigation.ts';
import { letterSentences } from './letter-words.ts';
import { moment } from './when.ts';

const FORMS = Object.keys(HELD_FORMS) as readonly HeldForm[];

export function exhibitSection(investigation: Investigation, anchors: Anchors): Html {
  const forms = originalsByForm(investigation.exhibits);
  return html`<section id="exhibits" aria-labelledby="exhibits-title">
<h2 id="exhibits-title">Exhibits</h2>
<p>An exhibit is what was handed over: kept byte for byte, named by its SHA-256. What an original can prove depends on the form in which it is held.</p>
${formTable(forms)}
${letterPart(investigation)}
${askForOriginals(forms, investigation.counts.letters)}
${exhibitTable(investigation, anchors)}
</section>
`;
}

function originalsByForm(exhibits: readonly ExhibitSummary[]): ReadonlyMap<HeldForm, number> {
  const counts = new Map<HeldForm, number>();
  for (const { held } of exhibits)
    for (const { form, originals } of held) counts.set(form, (counts.get(form) ?? 0) + originals);
  return counts;
}

function formTable(forms: ReadonlyMap<HeldForm, number>): Html {
  const rows = FORMS.filter((form) => forms.has(form)).map((form) => {
    const { name, is, canProve, cannotProve } = HELD_FORMS[form];
    return html`<tr id="form-${form}"><th scope="row"><span class="form-name">${name}</span> <span class="hint">${is}</span></th><td class="number">${grouped(forms.get(form) ?? 0)}</td><td><ul class="can">${points(canProve)}</ul></td><td><ul class="cannot">${points(cannotProve)}</ul></td></tr>`;
  });
  if (rows.length === 0) return html`<p>No exhibit holds a reported original.</p>`;
  return html`<table class="stack forms"><caption>What the originals held here can and cannot prove</caption>
<thead><tr><th scope="col">Form</th><th scope="col" class="number">Originals</th><th scope="col">Can prove</th><th scope="col">Cannot prove</th></tr></thead>
<tbody>${rows}</tbody></table>
`;
}

const points = (sentences: readonly string[]): readonly Html[] =>
  sentences.map((sentence) => html`<li>${sentence}</li>`);

/** Letters to the office: reports without what they report. */
function letterPart(investigation: Investigation): Html {
  const shown = letterSentences(investigation);
  if (shown.length === 0) return NOTHING;
  const title =
    investigation.counts.letters > 0 || investigation.office.either.mails === 0
      ? 'Letters to the office'
      : 'Mails that can be read either way';
  return html`<h3 id="letters">${title}</h3>
${shown.map(
  ({ says, rows }) => html`<p>${prose(says)}</p>
${rows.length === 0 ? NOTHING : html`<ul>${rows.map((row) => html`<li>${prose(row)}</li>`)}</ul>`}
`,
)}`;
}

function askForOriginals(forms: ReadonlyMap<HeldForm, number>, letters: number): Html {
  const degraded = FORMS.filter((form) => HELD_FORMS[form].askForOriginal);
  const missing = degraded.reduce((sum, form) => sum + (forms.get(form) ?? 0), 0);
  if (missing + letters === 0) return NOTHING;
  const providers = (language: 'en' | 'es'): readonly Html[] =>
    [...PROVIDER_STEPS, PHONE_STEPS].map((row) => {
      const { program, steps } = row[language];
      return html`<div><dt>${program}</dt><dd>${steps}</dd></div>`;
    });
  return html`<div class="ask" id="ask"><h3>How to ask for the ${counted(missing + letters, 'missing original')}</h3>
<p>${missingWords(missing, letters)} Send the reporter the line for their mail program.</p>
<dl>${providers('en')}</dl>
<p><strong>${STEPS_ALWAYS.en}</strong></p>
<details lang="es"><summary>En español</summary>
<dl>${providers('es')}</dl>
<p><strong>${STEPS_ALWAYS.es}</strong></p>
</details>
<p class="note">Menus change. These steps were written down in ${PROVIDER_STEPS_AS_OF}.</p></div>
`;
}

function missingWords(degraded: number, letters: number): string {
  const copies = `${counted(degraded, 'original')} came without exact bytes.`;
  const told = `${counted(letters, 'letter')} to the office ${letters === 1 ? 'tells' : 'tell'} of a message and ${letters === 1 ? 'does' : 'do'} not hold it.`;
  return [degraded === 0 ? '' : copies, letters === 0 ? '' : told].join(' ').trim();
}

function exhibitTable({ exhibits, campaigns }: Investigation, anchors: Anchors): Html {
  if (exhibits.length === 0) return NOTHING;
  const { exhibitRows } = anchors;
  const unlisted = exhibits.length - exhibitRows.length;
  const known = new Set(anchors.campaigns.values());
  const rows = exhibitRows.map((exhibit) => exhibitRow(exhibit, known));
  const caption =
    unlisted > 0
      ? `${grouped(exhibitRows.length)} of ${counted(exhibits.length, 'exhibit')}: those that an answer cites and the first ones. This page lists at most ${EXHIBIT_ROWS_MAX}; findings.json has all.`
      : `All ${counted(exhibits.length, 'exhibit')}, in the order of custody. The name of a form leads to what it can prove.`;
  return html`<h3>The list</h3>
<table class="stack exhibits"><caption>${caption}${campaigns.length > 0 ? ' Campaign labels link to their accounts.' : ''}</caption>
<thead><tr><th scope="col">Exhibit</th><th scope="col">What it holds</th><th scope="col">SHA-256</th><th scope="col">Received</th></tr></thead>
<tbody>${rows}</tbody></table>
`;
}

function exhibitRow(exhibit: ExhibitSummary, known: ReadonlySet<string>): Html {
  const { label, digest, receivedAt, receivedHow, name, limits } = exhibit;
  const called = name === null ? NOTHING : html`<br>${fileName(name)}`;
  const cut = gravestFirst(limits).map(
    ({ code, text }) => html`<br><span class="limit">Limit ${code}: ${outside(text, 200)}</span>`,
  );
  return html`<tr id="${label}"><th scope="row">${label}</th><td>${holds(exhibit)}${inCampaigns(exhibit, known)}${called}${cut.slice(0, 3)}</td><td><code class="digest"><b>${digest.slice(0, 12)}</b>${digest.slice(12)}</code></td><td>${moment(receivedAt)}, ${receivedHow.replace('-', ' ')}</td></tr>
`;
}

function holds(exhibit: ExhibitSummary): Html {
  const { kind, bytes, messages, originals, letters, inDoubt, held, receivedHow } = exhibit;
  const mail = letters === 1 ? 'letter to the office' : `${grouped(letters)} letters to the office`;
  const told = letters === 0 ? NOTHING : html`, <a href="#letters">${mail}</a>`;
  const unsure =
    inDoubt === 0
      ? NOTHING
      : html`, <a href="#letters">${counted(inDoubt, 'message')} in doubt</a>`;
  const size = html`${kind}, ${byteSize(bytes)}${told}${unsure}`;
  if (kind === 'dns-transcript')
    return receivedHow === 'name-servers'
      ? html`${size}: what name servers answered to this case`
      : html`${size}: what a file says that name servers answered`;
  if (kind === 'office-names') return html`${size}: the names that the office had mail judged by`;
  if (originals === 0 && letters + inDoubt > 0) return size;
  if (originals === 0) return html`${size}: ${counted(messages, 'message')}, no reported original`;
  const forms = held.map(({ form, originals: count }) => {
    const link = html`<a href="#form-${form}">${HELD_FORMS[form].name}</a>`;
    return originals === 1 ? link : html`${grouped(count)} ${link}`;
  });
  if (originals === 1) return html`${size}: ${joined(forms, ', ')}`;
  return html`${size}: ${counted(originals, 'original')} (${joined(forms, ', ')})`;
}

/** A mailbox can touch hundreds of campaigns. */
const CAMPAIGN_LINKS_MAX = 8;

function inCampaigns({ campaigns }: ExhibitSummary, known: ReadonlySet<string>): Html {
  if (campaigns.length === 0) return NOTHING;
  const links = campaigns
    .slice(0, CAMPAIGN_LINKS_MAX)
    .map((label) => (known.has(label) ? html`<a href="#${label}">${label}</a>` : html`${label}`));
  const rest = campaigns.length - links.length;
  return html`; ${joined(links, ', ')}${rest > 0 ? ` and ${grouped(rest)} more` : ''}`;
}

/** `812 bytes`, `4.2 kB`, `1.3 GB`, decimal. */
function byteSize(bytes: number): string {
  if (bytes < 1000) return counted(bytes, 'byte');
  const units = ['kB', 'MB', 'GB', 'TB'];
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), units.length);
  const value = bytes / 1000 ** power;
  return `${value < 10 ? value.toFixed(1) : grouped(Math.round(value))} ${units[power - 1]}`;
}
