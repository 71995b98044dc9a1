import { counted, fieldWords, hypothesisWords } from '../assessment/index.ts';
import type { Atlas } from '../atlas/index.ts';
import { grouped } from '../base/index.ts';
import type { PublicJurisdiction } from '../exposure/index.ts';
import {
  type CampaignExposure,
  type ExposureSummary,
  fileName,
  type Html,
  html,
  joined,
  NOTHING,
  outside,
  type ReportSection,
} from '../report/index.ts';
import { experimentPart } from './experiment-part.ts';
import { countyPlot } from './plot-counties.ts';
import { posteriorPlot } from './plot-shares.ts';
import { sizePart } from './size-part.ts';
import { targetingPart } from './targeting-part.ts';
import { shownCount } from './words.ts';

/** Campaigns with a full account against the lists; findings.json has all. */
const CAMPAIGNS_MAX = 5;
/** Jurisdictions of one campaign drawn in full. */
const JURISDICTIONS_MAX = 4;
/** Files named that one limit is about. */
const NAMED_MAX = 3;
/** Releases and refusals listed. */
const ROWS_MAX = 60;

/** What voter-list releases say of each campaign. */
export function listSection(exposure: ExposureSummary, atlas: Atlas | null): ReportSection {
  const linked = exposure.campaigns.filter(({ jurisdictions }) => jurisdictions.length > 0);
  const days = new Map(exposure.releases.map(({ releaseId, asOf }) => [releaseId, asOf]));
  const more = linked.length - CAMPAIGNS_MAX;
  return {
    id: 'lists',
    title: 'Voter lists',
    finding: exposure.finding,
    body: html`${lead(exposure)}
${releaseTable(exposure)}
${linked.slice(0, CAMPAIGNS_MAX).map((campaign) => account(campaign, { days, atlas }))}
${more > 0 ? html`<p class="note">${counted(more, 'more campaign')} in findings.json.</p>` : NOTHING}
${experimentPart(exposure.campaigns[0])}
${refusalList(exposure.refusals)}
${limitList(exposure)}`,
  };
}

function lead({ finding, campaigns }: ExposureSummary): Html {
  if (finding === null) {
    return html`<p><strong>The lists were not used.</strong> One list that cannot be trusted refuses the whole comparison, since leaving it out would name another one. The rest of this report does not depend on it.</p>`;
  }
  return html`<p>The recipients that ${counted(campaigns.length, 'campaign')} ${campaigns.length === 1 ? 'names' : 'name'} were compared with the releases below, where they lie; no row of a list stands in this report. "A release" always means that release or anything derived from it. A machine made this comparison; no person has judged it.</p>`;
}

function releaseTable({ releases }: ExposureSummary): Html {
  if (releases.length === 0) return NOTHING;
  const rows = releases
    .slice(0, ROWS_MAX)
    .map(
      ({ releaseId, jurisdiction, asOf, requester, rows: count }) =>
        html`<tr><th scope="row">${outside(releaseId, 80)}</th><td>${outside(jurisdiction, 40)}</td><td>${asOf}</td><td>${requester === null ? 'nobody outside' : outside(requester, 60)}</td><td class="number">${counted(count, 'row')}</td></tr>`,
    );
  return html`<details><summary>${counted(releases.length, 'release')} compared</summary>
<table class="stack"><caption>Releases, as their manifests say</caption>
<thead><tr><th scope="col">Release</th><th scope="col">Jurisdiction</th><th scope="col">Shows the roll as of</th><th scope="col">Handed to</th><th scope="col" class="number">Rows</th></tr></thead>
<tbody>${rows}</tbody></table></details>`;
}

interface Setting {
  readonly days: ReadonlyMap<string, string>;
  readonly atlas: Atlas | null;
}

function account(campaign: CampaignExposure, setting: Setting): Html {
  const { label, jurisdictions, refusals } = campaign;
  return html`<article class="campaign" id="lists-${label}" aria-labelledby="lists-${label}-title">
<h3 id="lists-${label}-title">${label} against the lists</h3>
${linkage(campaign)}
${fieldTable(campaign)}
${jurisdictions.slice(0, JURISDICTIONS_MAX).map((part, at) => place(part, { ...setting, id: `${label}-${at}`, label }))}
${movers(campaign)}
${refusalList(refusals)}
</article>
`;
}

function linkage({ linkage: { linked, unresolved, onNoRoll, elsewhere } }: CampaignExposure): Html {
  const facts: readonly (readonly [string, number | null])[] = [
    ['Linked to a person on a list', linked],
    ['Unresolved', unresolved],
    ['On no list', onNoRoll],
    ['Of those, living where no list is at hand', elsewhere],
  ];
  return html`<dl class="figures">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${shownCount(value)}</dd></div>`)}</dl>
<p class="note">A report is linked, or said to be on no list, from a probability of .95 on. Numbers are recipients, each once; "withheld" stands for 1 to 10 people or what would give such a number away.</p>`;
}

const OPENNESS: { readonly [availability: string]: string } = {
  public: 'anyone can have it',
  restricted: 'sold, or for parties',
  never: 'in no public copy',
  unknown: 'not known',
};

/** First and last name are one thing to a clerk, as are the lines of an address. */
function eachWord(fields: CampaignExposure['fields']): CampaignExposure['fields'] {
  const seen = new Set<string>();
  return fields.filter(({ field, shown, availability }) => {
    const open = availability.map((each) => each.availability).join();
    const said = `${fieldWords([field])[0]} ${shown} ${open}`;
    return seen.size < seen.add(said).size;
  });
}

function fieldTable({ fields, jurisdictions }: CampaignExposure): Html {
  if (fields.length === 0) return NOTHING;
  const names = jurisdictions.map(({ jurisdiction }) => jurisdiction).slice(0, JURISDICTIONS_MAX);
  const rows = eachWord(fields).map(
    ({ field, shown, availability, inReleases }) =>
      html`<tr><th scope="row">${fieldWords([field])[0] ?? field}</th><td>${shown ? 'shown in the messages' : 'only claimed'}</td>${names.map((name) => html`<td>${OPENNESS[availability.find(({ jurisdiction }) => jurisdiction === name)?.availability ?? 'unknown'] ?? ''}</td>`)}<td class="number">${inReleases.length}</td></tr>`,
  );
  const bases = [
    ...new Set(
      fields.flatMap(({ availability }) =>
        availability.flatMap(({ jurisdiction, basis }) =>
          basis === null ? [] : [`${jurisdiction}: ${basis}`],
        ),
      ),
    ),
  ];
  return html`<div class="scroll" role="region" aria-label="Fields that the sender holds" tabindex="0"><table><caption>What the sender holds, against what a list carries <span class="hint">shown: it stands in the messages, or the message was sent to it</span></caption>
<thead><tr><th scope="col">Field</th><th scope="col">In this campaign</th>${names.map((name) => html`<th scope="col">Public in ${outside(name, 20)}</th>`)}<th scope="col" class="number">Releases with it</th></tr></thead>
<tbody>${rows}</tbody></table></div>
${bases.length === 0 ? NOTHING : html`<p class="note">Rests on: ${bases.slice(0, 8).join('; ')}.</p>`}`;
}

interface Placed extends Setting {
  readonly id: string;
  readonly label: string;
}

function place(part: PublicJurisdiction, { days, atlas, id, label }: Placed): Html {
  const { jurisdiction, attribution, counties, recipients } = part;
  const name = `${label}, ${jurisdiction}`;
  return html`<h4>${outside(jurisdiction, 40)}: ${recipients === null ? 'a withheld number of' : grouped(recipients)} linked recipients</h4>
${posteriorPlot(attribution, { title: `${name}: where the data came from`, id, days })}
${listDates(part)}
${mixed(part)}
${sizePart(part, name)}
${targetingPart(part, name)}
${countyPlot(counties, { id, state: jurisdiction.slice(0, 2).toUpperCase(), title: `${name}: counties of the linked recipients`, atlas })}`;
}

function listDates({ attribution: { listDates: dates, credibleSet } }: PublicJurisdiction): Html {
  const named = credibleSet.filter((hypothesis) => hypothesis !== 'other').map(hypothesisWords);
  const set = html`The smallest set of sources that holds 95 % of the probability: ${joined(
    credibleSet.slice(0, 12).map((hypothesis) => outside(hypothesisWords(hypothesis), 120)),
    '; ',
  )}${credibleSet.length > 12 ? '; and more in findings.json' : ''}.`;
  const day =
    dates === null
      ? ''
      : dates.from === dates.until
        ? ` The list shows the roll as of ${dates.from}.`
        : ` The list shows the roll as of a day from ${dates.from} to ${dates.until}.`;
  const meaning =
    named.length === 0
      ? ''
      : ' Each means that source or anything derived from it: nobody is accused by a list.';
  return html`<p>${set}${day}${meaning}</p>`;
}

/** Marked copies that were mixed: a score of marks, and no proof of what anybody did. */
function mixed({ mixture }: PublicJurisdiction): Html {
  const copies = mixture?.copies.filter(({ inMixture }) => inMixture) ?? [];
  return copies.length === 0
    ? NOTHING
    : html`<p>By the marks in the addresses, ${copies.length === 1 ? 'one copy stands out, it or anything derived from it' : 'the data mixes these copies or anything derived from them'}: ${joined(
        copies.map(({ releaseId }) => outside(releaseId, 80)),
        ', ',
      )}. An innocent copy is named so once in ten thousand cases.</p>`;
}

function movers({
  movers: { linked, stale, stillListed, reportedElsewhere },
}: CampaignExposure): Html {
  if (stale === 0 && reportedElsewhere === 0) return NOTHING;
  const rows: readonly (readonly [string, number | null])[] = [
    ['Linked reports', linked],
    ['Show data that the newest list no longer has', stale],
    ['Of those, people whom the newest list has under other data', stillListed],
    ['Show an address in another state', reportedElsewhere],
  ];
  return html`<table class="narrow"><caption>People who moved or changed <span class="hint">why a message reaches somebody elsewhere: the sender's copy is older than the move</span></caption>
<thead><tr><th scope="col">What</th><th scope="col" class="number">Reports</th></tr></thead>
<tbody>${rows.map(([what, count]) => html`<tr><th scope="row">${what}</th><td class="number">${shownCount(count)}</td></tr>`)}</tbody></table>`;
}

function refusalList(refusals: CampaignExposure['refusals']): Html {
  if (refusals.length === 0) return NOTHING;
  const more = refusals.length - ROWS_MAX;
  return html`<h4>What the lists cannot say</h4>
<ul>${refusals.slice(0, ROWS_MAX).map(({ question, reason }) => html`<li><strong>${outside(question, 80)}</strong>: ${outside(reason, 300)}</li>`)}${more > 0 ? html`<li>And ${grouped(more)} more in findings.json.</li>` : NOTHING}</ul>`;
}

function limitList({ limits }: ExposureSummary): Html {
  if (limits.length === 0) return NOTHING;
  const same = [...Map.groupBy(limits, ({ code, text }) => `${code} ${text}`).values()];
  return html`<h4>Please check</h4>
<ul>${same.slice(0, ROWS_MAX).map(
    (all) =>
      html`<li>${joined(
        all.slice(0, NAMED_MAX).map(({ at }) => fileName(at)),
        ', ',
      )}${all.length > NAMED_MAX ? ` and ${grouped(all.length - NAMED_MAX)} more` : ''}: ${outside(all[0]?.text ?? '', 300)} <span class="hint">${all[0]?.code ?? ''}</span></li>`,
  )}</ul>`;
}
