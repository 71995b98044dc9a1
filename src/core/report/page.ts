import { counted } from '../assessment/index.ts';
import { grouped } from '../base/index.ts';
import { defang } from '../display/index.ts';
import { type Anchors, chooseAnchors } from './anchors.ts';
import { type Html, html, NOTHING, styleSheet, textOf } from './html.ts';
import type { Investigation } from './investigation.ts';
import { lettersRead, notCounted } from './letter-words.ts';
import { boardSection } from './page-board.ts';
import { campaignSection } from './page-campaigns.ts';
import { glossarySection, methodSection, unreadSection } from './page-closing.ts';
import { exhibitSection } from './page-exhibits.ts';
import { PAGE_CSS, PERSONAL_PRINT_CSS } from './page-style.ts';
import type { ReportSection } from './section.ts';
import { moment } from './when.ts';

/**
 * The investigation as one HTML page: no script, no request, nothing outside the file.
 *
 * Question board first, then campaigns, exhibits, unread files, method, glossary. Every outside
 * text is escaped, defanged and made visible. Size stays bounded by the named maxima of
 * `anchors.ts`, whatever the case holds; findings.json has what is left out.
 */
export function renderReport(
  investigation: Investigation,
  sections: readonly ReportSection[] = [],
): string {
  const anchors = chooseAnchors(investigation, sections);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>Tocsin report, ${moment(investigation.asOf)}</title>
${styleSheet(PAGE_CSS)}${investigation.personalDataIncluded ? styleSheet(PERSONAL_PRINT_CSS) : NOTHING}
</head>
<body>
<a class="skip" href="#board">Skip to the question board</a>
${personalBanner(investigation)}
${masthead(investigation, sections)}
<main>
${mainSections(investigation, anchors, sections)}</main>
<footer>
<p>Tocsin analyses and informs. It never attributes, never scores voters and sends nothing to anyone.</p>
<p>As of ${moment(investigation.asOf)}. Log root <code>${investigation.log.root.slice(0, 16)}</code>.</p>
</footer>
</body>
</html>
`;
  return textOf(page);
}

const mainSections = (
  investigation: Investigation,
  anchors: Anchors,
  sections: readonly ReportSection[],
): readonly Html[] => [
  boardSection(investigation.board, anchors),
  campaignSection(investigation, anchors),
  ...sections.map(
    ({ id, title, body }) => html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${body}
</section>
`,
  ),
  exhibitSection(investigation, anchors),
  unreadSection(investigation),
  methodSection(investigation),
  glossarySection(),
];

const personalBanner = ({ personalDataIncluded }: Investigation): Html =>
  personalDataIncluded
    ? html`<aside class="personal" aria-label="Personal data"><strong>Contains personal data of voters.</strong> Do not publish or forward this page. Run without --include-personal for a page that can be shared.</aside>`
    : NOTHING;

function masthead(investigation: Investigation, sections: readonly ReportSection[]): Html {
  const { asOf, counts, log, unread } = investigation;
  return html`<header>
<p class="kind">Tocsin investigation report</p>
<h1>What the reported mail shows</h1>
<p class="lead">${summary(investigation)}</p>
<dl class="stamp">
<div><dt>As of</dt><dd>${moment(asOf)}</dd></div>
<div><dt>Log checkpoint</dt><dd>${counted(log.size, 'entry', 'entries')}, <a href="#checkpoint">root <code>${log.root.slice(0, 16)}</code></a></dd></div>
${
  counts.letters === 0
    ? NOTHING
    : html`<div><dt>Letters to the office</dt><dd><a href="#letters">${counted(counts.letters, 'mail')}</a></dd></div>
`
}<div><dt>Not read</dt><dd><a href="#unread">${counted(unread.length, 'file')}</a></dd></div>
</dl>
<nav aria-label="On this page"><ul>
<li><a href="#board">Question board</a></li>
<li><a href="#campaigns">Campaigns</a></li>
${sections.map(
  ({ id, title }) => html`<li><a href="#${id}">${title}</a></li>
`,
)}<li><a href="#exhibits">Exhibits</a></li>
<li><a href="#unread">Unread files</a></li>
<li><a href="#method">Method and limits</a></li>
<li><a href="#glossary">Words used here</a></li>
</ul></nav>
</header>`;
}

function summary({ counts, campaigns, board, office }: Investigation): string {
  const inCampaigns = counts.originals - counts.unclustered;
  const sure = campaigns.filter(({ originals }) => originals > 0).length;
  const unsure = notCounted({ counts, campaigns, office });
  const found = `${counted(counts.exhibits, 'exhibit')} ${counts.exhibits === 1 ? 'holds' : 'hold'} ${counted(counts.originals, 'reported original')}; ${grouped(inCampaigns)} of them fall into ${counted(sure, 'campaign')}.${unsure === '' ? '' : ` ${unsure}`}`;
  const partly = board.filter(({ state }) => state === 'partly').length;
  const settled = board.filter(({ state }) => state === 'answered' || state === 'contested').length;
  const open = board.length - partly - settled;
  const judged =
    settled === 0
      ? 'A machine wrote this page. No person has judged it yet.'
      : `${grouped(settled)} were judged by a person.`;
  const letters = lettersRead({ counts, office });
  return `${found}${letters === '' ? '' : ` ${defang(letters)}`} Of ${grouped(board.length)} questions, ${grouped(partly)} have a part of an answer and ${grouped(open)} have none. ${judged}`;
}
