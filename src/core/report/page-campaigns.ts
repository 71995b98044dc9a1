import { counted, countedPersons, whetherUnaltered, whoVouches } from '../assessment/index.ts';
import { grouped } from '../base/index.ts';
import type { WordingSpan } from '../campaign/index.ts';
import type { NetworkHint } from '../networks/index.ts';
import { type Anchors, CAMPAIGN_ROWS_MAX } from './anchors.ts';
import { CUT, type Html, html, joined, NOTHING, outside } from './html.ts';
import type { CampaignSummary, Investigation, RouteHint } from './investigation.ts';
import { notCounted } from './letter-words.ts';
import { audiencePicture } from './page-audience.ts';
import { linkSection } from './page-links.ts';
import { templatePictures } from './page-template.ts';
import { sizeOverTime } from './plot.ts';
import { span } from './when.ts';

/** Rows of one list in a campaign's account; the rest is counted. */
const LISTED_MAX = 6;
/** Exhibits that a campaign links to. */
const EXHIBIT_LINKS_MAX = 12;

export function campaignSection(investigation: Investigation, anchors: Anchors): Html {
  const { campaigns: all, counts } = investigation;
  const campaigns = all.filter(({ originals }) => originals > 0);
  const lead =
    campaigns.length === 0
      ? html`<p>No two originals share their wording, so there is no campaign to show.</p>`
      : html`<p>A campaign is a group of originals that share their wording. ${counts.unclustered === 0 ? 'None stands' : counts.unclustered === 1 ? '1 original stands' : `${grouped(counts.unclustered)} originals stand`} alone.</p>`;
  return html`<section id="campaigns" aria-labelledby="campaigns-title">
<h2 id="campaigns-title">Campaigns</h2>
${lead}
${doubtNote(investigation)}
${anchors.campaignsInFull.map((campaign) => account(campaign, investigation, anchors))}
${linkSection(investigation)}
${otherCampaigns(investigation, anchors)}
</section>
`;
}

/** What is left out of every count, in one line. */
function doubtNote(investigation: Investigation): Html {
  const said = notCounted(investigation);
  return said === ''
    ? NOTHING
    : html`<p class="note">${said} <a href="#letters">Which mails</a>.</p>`;
}

function account(campaign: CampaignSummary, investigation: Investigation, anchors: Anchors): Html {
  const { label } = campaign;
  return html`<article class="campaign" id="${label}" aria-labelledby="${label}-title">
<h3 id="${label}-title">Campaign ${label}: ${counted(campaign.originals, 'reported original')}</h3>
${figures(campaign, investigation.personalDataIncluded)}
${sizeOverTime(label, campaign.overTime)}
${audiencePicture(label, campaign.audience)}
<div class="pair">
${shownSenders(campaign)}
${routes(campaign, investigation.networkTables.length > 0)}
</div>
<div class="pair">
${verdicts(campaign)}
${pressure(campaign)}
</div>
<h4>The wording</h4>
${campaign.templates.length > 0 ? templatePictures(campaign, investigation.personalDataIncluded) : wording(campaign.wording)}
${banners(campaign)}
${subjects(campaign)}
${exhibitLinks(campaign, anchors)}
</article>
`;
}

function figures(campaign: CampaignSummary, personalDataIncluded: boolean): Html {
  const persons = countedPersons(campaign.distinctRecipients, personalDataIncluded);
  const undated = campaign.undated === 0 ? '' : ` (${grouped(campaign.undated)} without)`;
  const times = `${span(campaign.firstAt, campaign.lastAt) ?? 'none given'}${undated}`;
  const facts: readonly (readonly [string, string])[] = [
    ['Different originals', grouped(campaign.distinctOriginals)],
    ['In exhibits', grouped(campaign.exhibits)],
    ['Exact bytes held', `${grouped(campaign.intact)} of ${grouped(campaign.originals)}`],
    ['Recipient addresses', persons === '0' ? 'none shown' : persons],
    ['Message times', times],
  ];
  return html`<dl class="figures">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function shownSenders({
  shownSenders: senders,
  inDoubt,
  doubted,
  authorsDoubted,
}: CampaignSummary): Html {
  const rows = senders
    .slice(0, LISTED_MAX)
    .map(
      ({ name, address, messages }) =>
        html`<tr><th scope="row">${name === '' ? NOTHING : html`${outside(name, 80)}<br>`}<code>${outside(address, 120)}</code></th><td class="number">${grouped(messages)}</td></tr>`,
    );
  return html`<div><table><caption>Shown sender <span class="hint">what the From line shows; anyone can type it</span></caption>
<thead><tr><th scope="col">Name and address</th><th scope="col" class="number">Originals</th></tr></thead>
<tbody>${rows.length > 0 ? rows : html`<tr><td colspan="2">No From line is shown.</td></tr>`}</tbody></table>${andMore(senders.length)}${inDoubt === 0 ? NOTHING : html`<p class="note">${counted(inDoubt, 'more message')} not counted: the mail around may have made ${inDoubt === 1 ? 'it' : 'them'} up.</p>`}${doubted === 0 ? NOTHING : html`<p class="note">${counted(doubted, 'original')} by ${counted(authorsDoubted, 'author')} counted with a doubt: the mail around brings files, numbers or addresses of its own, or answers instead of forwarding.</p>`}</div>`;
}

function routes({ routes: all, routesUnknown }: CampaignSummary, hinted: boolean): Html {
  const rows = all.slice(0, LISTED_MAX).map((route) => routeRow(route, hinted));
  const unknown = html`<tr><th scope="row">none recorded</th><td class="number">${grouped(routesUnknown)}</td>${hinted ? html`<td></td>` : NOTHING}</tr>`;
  return html`<div><table><caption>Recorded connection <span class="hint">who handed the message to the recipient's own mail server: a machine, not a person</span></caption>
<thead><tr><th scope="col">Client address</th><th scope="col" class="number">Originals</th>${hinted ? html`<th scope="col">Country and network <span class="hint">a hint only, never the actor</span></th>` : NOTHING}</tr></thead>
<tbody>${rows}${routesUnknown > 0 || rows.length === 0 ? unknown : NOTHING}</tbody></table>${andMore(all.length)}${hinted || all.length === 0 ? NOTHING : html`<p class="note">Countries were not looked up. They are a hint only, never the actor.</p>`}</div>`;
}

const routeRow = ({ ip, messages, hints }: RouteHint, hinted: boolean): Html =>
  html`<tr><th scope="row"><code class="ip">${outside(ip, 60)}</code></th><td class="number">${grouped(messages)}</td>${hinted ? html`<td>${hintWords(hints)}</td>` : NOTHING}</tr>`;

/** What the tables say, in their order; where two disagree, both stand. */
function hintWords(hints: readonly NetworkHint[]): Html {
  const words = hints.flatMap(({ country, asNumber, network }) => [
    ...(country === null ? [] : [country]),
    ...(asNumber === null ? [] : [`AS${asNumber}`]),
    ...(network === null ? [] : [network]),
  ]);
  return words.length === 0
    ? html`in no table`
    : html`${[...new Set(words)].map((word, at) => html`${at === 0 ? '' : ', '}${outside(word, 60)}`)}`;
}

/** Rows of docs/methods/sender-verdict.md in the words of a clerk. */
const VERDICT_WORDS: { readonly [kind: string]: string } = {
  'spoofed-domain': 'spoofed domain: the address shown was not where it came from',
  lookalike: 'lookalike: the domain shown resembles another one',
  'display-name-imitation': 'imitated name: the name shown belongs to another address',
  'compromised-relay': 'misused server: it passed through a server with traces of misuse',
  freemail: 'consumer account: a real account at a mail provider, which holds its records',
  genuine: 'genuine domain: sent with its authority; a stolen account is not excluded',
  undetermined: 'cannot tell from the copy held',
  'hired-service': 'cannot tell: sent by a service that anybody may hire; ask the office shown',
  'domain-publishes-nothing':
    'cannot tell: the domain publishes nothing by which its mail could be told; ask the office shown',
};

function verdicts({ verdicts: all, checks }: CampaignSummary): Html {
  const rows = all.map(
    ({ kind, because, originals, probable }) =>
      html`<tr><th scope="row">${VERDICT_WORDS[because ?? kind] ?? outside(kind, 40)}${probable === 0 ? NOTHING : html` <span class="hint">${probable === originals ? 'probable' : `${grouped(probable)} of them probable`}</span>`}</th><td class="number">${grouped(originals)}</td></tr>`,
  );
  return html`<div><table><caption>Verdict on the shown sender <span class="hint">${verdictBasis(checks)}</span></caption>
<thead><tr><th scope="col">Verdict</th><th scope="col" class="number">Originals</th></tr></thead>
<tbody>${rows}</tbody></table>${checkNote(checks)}</div>`;
}

const verdictBasis = (checks: CampaignSummary['checks']): string =>
  checks === null
    ? 'from the header lines alone; no name server was asked'
    : `from the header lines, and from name servers' answers for ${grouped(checks.checked)} of ${counted(checks.checkable, 'exact copy', 'exact copies')}`;

/** What was checked, as of when, and what that does not show. */
const checkNote = (checks: CampaignSummary['checks']): Html =>
  checks === null
    ? NOTHING
    : html`<p class="note">${whoVouches(checks)} ${whetherUnaltered(checks)}</p>`;

/** Rows of docs/methods/coercion.md in the words of a clerk, gravest first. */
const SIGN_WORDS: { readonly [sign: string]: string } = {
  threat: 'threatens',
  demand: 'demands something',
  deadline: 'sets a deadline',
  knowledge: 'claims to know about the reader',
  group: 'names a group',
  candidate: 'names a candidate or party',
};

function pressure({ pressure: all }: CampaignSummary): Html {
  if (all.length === 0) return NOTHING;
  const signs = Object.keys(SIGN_WORDS);
  const gravest = all.toSorted((a, b) => signs.indexOf(a.sign) - signs.indexOf(b.sign));
  const rows = gravest.map(
    ({ sign, originals }) =>
      html`<tr><th scope="row">${SIGN_WORDS[sign] ?? outside(sign, 40)}</th><td class="number">${grouped(originals)}</td></tr>`,
  );
  return html`<div><table><caption>Signs of coercion <span class="hint">found by word rules; a hint for what to read first, no verdict</span></caption>
<thead><tr><th scope="col">Sign</th><th scope="col" class="number">Originals</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

const andMore = (length: number): Html =>
  length > LISTED_MAX
    ? html`<p class="note">And ${grouped(length - LISTED_MAX)} more in findings.json.</p>`
    : NOTHING;

/** What was left out of the wording because somebody else wrote it. */
function banners({ banners: all }: CampaignSummary): Html {
  if (all.length === 0) return NOTHING;
  const products = all.map(({ product }) => product).join(', ');
  const messages = all.reduce((sum, one) => sum + one.messages, 0);
  return html`<p class="note">Left out of the wording: what a mail gateway of the recipient had put on top of ${counted(messages, 'copy', 'copies')} (by its form: ${outside(products, 200)}).</p>`;
}

function wording(spans: readonly WordingSpan[]): Html {
  if (spans.length === 0) return html`<p>No wording was compared.</p>`;
  const note = spans.some((each) => 'withheld' in each)
    ? html`<p class="note">Words that too few originals share are withheld: names, streets and other personal details stand there.</p>`
    : NOTHING;
  return html`<blockquote class="wording"><p>${spanned(spans)}</p></blockquote>
${note}`;
}

/** Longest wording on the page, in UTF-16 units: threats are shorter, newsletters are not. */
export const WORDING_MAX = 3000;
/** Most stretches of one wording; each costs markup. */
export const SPANS_MAX = 150;

function spanned(spans: readonly WordingSpan[]): Html {
  const shown: Html[] = [];
  let room = WORDING_MAX;
  for (const each of spans) {
    if (room <= 0 || shown.length >= SPANS_MAX) return joined([...shown, CUT], ' ');
    if ('shared' in each) {
      shown.push(
        html`${sharedLines(each.shared.slice(0, room))}${each.shared.length > room ? CUT : NOTHING}`,
      );
      room -= each.shared.length;
    } else {
      shown.push(html`<span class="withheld">${counted(each.withheld, 'word')} withheld</span>`);
    }
  }
  return joined(shown, ' ');
}

const sharedLines = (shared: string): readonly Html[] =>
  shared
    .split(/\r\n?|\n/)
    .map((line, i) => html`${i > 0 ? html`<br>` : NOTHING}${outside(line, WORDING_MAX)}`);

function subjects({ subjects: all }: CampaignSummary): Html {
  if (all.length === 0) return NOTHING;
  const rows = all
    .slice(0, LISTED_MAX)
    .map(
      ({ spans, messages }) =>
        html`<tr><td>${spanned(spans)}</td><td class="number">${grouped(messages)}</td></tr>`,
    );
  return html`<table><caption>Subjects</caption>
<thead><tr><th scope="col">Subject line</th><th scope="col" class="number">Originals</th></tr></thead>
<tbody>${rows}</tbody></table>${andMore(all.length)}`;
}

function exhibitLinks({ members }: CampaignSummary, anchors: Anchors): Html {
  const held = new Set<string>();
  for (const { exhibit } of members) held.add(exhibit);
  const digests = [...held];
  const labels = digests.flatMap((digest) => anchors.exhibits.get(digest) ?? []);
  const links = labels
    .slice(0, EXHIBIT_LINKS_MAX)
    .map((label) => html`<a href="#${label}">${label}</a>`);
  const rest = digests.length - links.length;
  if (links.length === 0) return NOTHING;
  return html`<p class="evidence">Held in exhibits ${joined(links, ', ')}${rest > 0 ? html` and ${grouped(rest)} more (all in findings.json)` : NOTHING}.</p>`;
}

function otherCampaigns(
  { campaigns, personalDataIncluded }: Investigation,
  anchors: Anchors,
): Html {
  const { campaignRows, campaignsInFull } = anchors;
  if (campaignRows.length === 0) return NOTHING;
  const unlisted = campaigns.length - campaignsInFull.length - campaignRows.length;
  const rows = campaignRows.map(
    (
      campaign,
    ) => html`<tr id="${campaign.label}"><th scope="row">${campaign.label}</th><td class="number">${campaign.originals === 0 ? `none sure (${grouped(campaign.inDoubt)} in doubt)` : grouped(campaign.originals)}</td><td class="number">${countedPersons(campaign.distinctRecipients, personalDataIncluded)}</td><td><code>${outside(campaign.shownSenders[0]?.address ?? 'none shown', 80)}</code></td><td>${spanned(campaign.subjects[0]?.spans ?? [])}</td></tr>
`,
  );
  return html`<h3 id="other-campaigns">Other campaigns</h3>
<div class="scroll" role="region" aria-labelledby="other-campaigns" tabindex="0"><table><caption>${counted(campaignRows.length, 'smaller campaign')}${unlisted > 0 ? `; ${grouped(unlisted)} more in findings.json, beyond the ${CAMPAIGN_ROWS_MAX} listed here` : ''}</caption>
<thead><tr><th scope="col">Campaign</th><th scope="col" class="number">Originals</th><th scope="col" class="number">Recipients</th><th scope="col">Commonest shown sender</th><th scope="col">Commonest subject</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}
