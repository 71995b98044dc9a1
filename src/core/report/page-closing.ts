import { ASK_COMMAND, counted, PERSONS_SUPPRESSED_MAX } from '../assessment/index.ts';
import { grouped, type Limit } from '../base/index.ts';
import { fileName, type Html, html, NOTHING, outside } from './html.ts';
import type { Investigation } from './investigation.ts';

/** Unread files and limits listed on the page; findings.json has all. */
const UNREAD_ROWS_MAX = 200;

export function unreadSection({ unread }: Investigation): Html {
  const rows = unread.slice(0, UNREAD_ROWS_MAX).map(
    ({ name, code, text }) =>
      html`<tr><th scope="row">${fileName(name)}</th><td>${outside(text, 300)} <code>${code}</code></td></tr>
`,
  );
  const rest = unread.length - rows.length;
  return html`<section id="unread" aria-labelledby="unread-title">
<h2 id="unread-title">Files that were not read</h2>
${
  rows.length === 0
    ? html`<p>None. Every file that was handed over was read.</p>`
    : html`<table><caption>${counted(unread.length, 'file')}${rest > 0 ? `; ${grouped(rest)} more in findings.json` : ''}</caption>
<thead><tr><th scope="col">File</th><th scope="col">Why</th></tr></thead>
<tbody>${rows}</tbody></table>`
}
</section>
`;
}

/** Exhibits that are named. */
const PICTURED_NAMED_MAX = 6;

/**
 * A link can stand in a picture, where an investigation does not look; empty where no picture came.
 */
export function picturesUnread({ exhibits }: Pick<Investigation, 'exhibits'>): string {
  const pictured = exhibits.filter((exhibit) => exhibit.pictured > 0);
  if (pictured.length === 0) return '';
  const mails = pictured.reduce((sum, exhibit) => sum + exhibit.pictured, 0);
  const named = pictured.slice(0, PICTURED_NAMED_MAX).map(({ label }) => label);
  const more = pictured.length > PICTURED_NAMED_MAX ? ' and more' : '';
  return `Pictures came with reported messages in ${counted(mails, 'mail')} (${named.join(', ')}${more}). A QR code in them can hold a link: "tocsin examine FILE" looks for codes, an investigation does not.`;
}

function unpictured(investigation: Investigation): Html {
  const text = picturesUnread(investigation);
  return text === '' ? NOTHING : html`<li>${text}</li>`;
}

export function methodSection(investigation: Investigation): Html {
  const { counts, limits, log, networkTables, personalDataIncluded, tool } = investigation;
  return html`<section id="method" aria-labelledby="method-title">
<h2 id="method-title">Method and limits</h2>
<h3>What was done</h3>
<ol>
<li>Each file was hashed with SHA-256 while it was copied into the case; the original bytes were not changed.</li>
<li>Mail was read message by message: ${counted(counts.messages, 'message')} in ${counted(counts.exhibits, 'exhibit')}. A reporter's own mail was kept apart from what it reports (${counted(counts.carriers, "reporter's mail", "reporters' mails")}, ${counted(counts.originals, 'reported original')}).${counts.letters === 0 ? '' : ` ${counted(counts.letters, 'mail')} without a forward, written by a person to the office itself, ${counts.letters === 1 ? 'was' : 'were'} set aside as letters.`}</li>
<li>Originals were grouped where they share their wording.</li>
${compared(investigation)}
<li>The connection shown for an original is the one that the recipient's own mail server recorded. Everything below that line was written by the sender's side and is not used.</li>
${asked(investigation)}
${networkTables.length === 0 ? NOTHING : html`<li>Recorded addresses were looked up in tables of networks: ${networkTables.map(({ name, asOf, credit }, at) => html`${at === 0 ? '' : '; '}${name}, ${asOf}${credit === '' ? '' : ` (${credit})`}`)}. An address can be rented, misused or assigned elsewhere by now: a country is a hint, never the actor, and enters no answer.</li>`}
</ol>
<h3>What was not done</h3>
<ul>
${notAsked(investigation)}
${notCompared(investigation)}
${unpictured(investigation)}
<li>No claim was checked, and no statement of any person or office is on file.</li>
<li>Nothing ${investigation.checks === null ? NOTHING : html`else `}was fetched from a network.</li>
</ul>
<h3>How to read the numbers</h3>
<ul>
<li>Counts are counts of what was handed over: a floor, never the size of a campaign.</li>
<li>${personalDataIncluded ? 'Personal data is included in this report, so counts of persons are exact.' : `Counts of persons from 1 to ${PERSONS_SUPPRESSED_MAX} read "fewer than ${PERSONS_SUPPRESSED_MAX + 1}". Words that too few originals share are withheld.`}</li>
<li>Addresses are written so that no program opens them: <code>[.]</code> stands for a dot, <code>[at]</code> for the at sign. A mark such as <span class="unseen">[U+202E]</span> stands for a character that cannot be seen.</li>
</ul>
${limitList(limits)}
<h3 id="checkpoint">Log checkpoint</h3>
<p>Keep this note: later, "tocsin verify" and it show whether anything in the case was changed or removed.</p>
<pre>${noteLines(log.note)}</pre>
<p>Root <code>${log.root}</code><br>Public key of the case <code>${log.key}</code></p>
<p class="note">Made by ${tool}. Everything on this page, and what it leaves out for length, stands in findings.json beside it.</p>
</section>
`;
}

/** How the checks were made, and what every result leaves open. */
function asked({ checks }: Investigation): Html {
  if (checks === null) return NOTHING;
  return html`<li>SPF, DKIM, DMARC and ARC of the originals held as exact bytes were checked by what name servers answered${checks.firstDay === null ? NOTHING : html` on ${checks.firstDay}${checks.lastDay === checks.firstDay ? NOTHING : html` to ${checks.lastDay ?? ''}`}`}. Every answer is kept as an exhibit, from which "tocsin verify" derives the results again without a network. Signatures were judged as of the day on which each mail arrived; keys and records are those of the day of asking. A pass shows that a domain vouched for a mail, not who typed it; a missing pass shows no forgery.</li>`;
}

function notAsked({ checks }: Investigation): Html {
  if (checks === null)
    return html`<li>No name server was asked: SPF, DKIM and DMARC stand as the recipients' own servers recorded them. ${ASK_COMMAND} asks, and shows the name servers that somebody looks.</li>`;
  const left = checks.checkable - checks.checked;
  return left === 0
    ? NOTHING
    : html`<li>Of ${counted(checks.checkable, 'original')} held as exact bytes, the checks of ${grouped(left)} are not made or not complete: ${ASK_COMMAND}.</li>`;
}

/** One line for each kind of list that was compared. */
function compared({ exposure, accessLog, matches }: Investigation): readonly Html[] {
  return [
    exposure?.finding === null || exposure === null
      ? NOTHING
      : html`<li>The recipients that each campaign names, from the To line and from what its template fills in, were compared with ${counted(exposure.releases.length, 'release')} of voter lists where they lie. Only counts and linked rows entered the case; they can be derived again only while those files lie there.</li>`,
    accessLog?.finding === null || accessLog === null
      ? NOTHING
      : html`<li>The log of the look-up page was read to its end; record numbers went to a file of the office and nowhere else.</li>`,
    matches?.finding === null || matches === null
      ? NOTHING
      : html`<li>Counts of ${counted(matches.counties.length, 'county', 'counties')} were added; each county had looked on its own roll.</li>`,
  ];
}

function notCompared({ exposure, accessLog, matches }: Investigation): Html {
  const missing = [
    exposure === null || exposure.finding === null ? 'voter list or list release' : '',
    accessLog === null || accessLog.finding === null ? 'log of a look-up page' : '',
    matches === null || matches.finding === null ? 'count of another county' : '',
  ].filter((each) => each !== '');
  return missing.length === 0 ? NOTHING : html`<li>No ${missing.join(', no ')} was compared.</li>`;
}

function limitList(limits: readonly Limit[]): Html {
  if (limits.length === 0) return NOTHING;
  const rows = limits
    .slice(0, UNREAD_ROWS_MAX)
    .map(
      ({ code, at, text }) =>
        html`<li>${outside(text, 300)} <span class="hint">${code} at ${outside(at, 120)}</span></li>`,
    );
  const rest = limits.length - rows.length;
  return html`<h3>What was cut</h3>
<ul>${rows}${rest > 0 ? html`<li>And ${grouped(rest)} more in findings.json.</li>` : NOTHING}</ul>`;
}

const GLOSSARY: readonly (readonly [string, string, string?])[] = [
  ['Campaign', 'Originals that share their wording.'],
  [
    'Carrier',
    "The reporter's own mail that an original came in. It speaks for the reporter, not for the sender.",
  ],
  [
    'Confidence',
    'How good the basis of an answer is: low, moderate or high (US Intelligence Community Directive 203). It says nothing about how likely an event is.',
    'confidence',
  ],
  ['Exhibit', 'Received bytes, never altered, named by their SHA-256.'],
  [
    'Finding',
    'What a machine derived from named inputs by a named method. It can be computed again.',
  ],
  [
    'Log checkpoint',
    'The size and root hash of the tamper-evident log of this case. "tocsin verify" compares it with the files.',
  ],
  [
    'Letter',
    'A mail that a person wrote to the office itself, without a forward in it: a report without the original.',
  ],
  ['Original', 'The message that was reported, as far as it was recovered.'],
  [
    'Recorded connection',
    "The address from which the recipient's own mail server says that it took the message. It names a machine.",
  ],
  [
    'SHA-256',
    'A number computed from a file. Change one bit of the file and it is another number.',
  ],
  ['Shown sender', 'What the From line shows. Anyone can type it.'],
];

export function glossarySection(): Html {
  const terms = GLOSSARY.map(
    ([term, meaning, id]) =>
      html`<div>${id === undefined ? html`<dt>` : html`<dt id="${id}">`}${term}</dt><dd>${meaning}</dd></div>`,
  );
  return html`<section id="glossary" aria-labelledby="glossary-title">
<h2 id="glossary-title">Words used here</h2>
<dl class="glossary">${terms}</dl>
</section>
`;
}

/** A signed note is a few lines of text; `html` would fold them into one. */
const noteLines = (note: string): readonly Html[] =>
  note
    .trimEnd()
    .split('\n')
    .map(
      (line) => html`${line}
`,
    );
