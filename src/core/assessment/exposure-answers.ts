import { grouped } from '../base/index.ts';
import type { Point, Ref } from './answer.ts';
import { capital, counted, listed } from './counting.ts';
import { campaignRefs, type Draft, open, point } from './draft.ts';
import {
  type AccessLogFacts,
  type CampaignExposureFacts,
  type JurisdictionFacts,
  speaking,
} from './exposure-facts.ts';
import type { BoardFacts } from './facts.ts';
import { fieldWords } from './field-words.ts';
import { otherThanLists, sourceSentences } from './source-words.ts';

/** Jurisdictions and groups named in one answer; the page has all. */
const JURISDICTIONS_MAX = 2;
const GROUPS_MAX = 3;
/** Below this many households the basis of a source is thin whatever the model says. */
const HOUSEHOLDS_MODERATE_MIN = 50;
const OTHER_MODERATE_MAX = 0.05;

const pressing = ({ campaigns }: BoardFacts): ReadonlySet<string> =>
  new Set(
    campaigns.flatMap(({ id, pressure }) =>
      pressure.some(({ sign }) => sign === 'threat') ? [id] : [],
    ),
  );

/** The campaign that the lists speak of on the board. */
const spokenOf = (facts: BoardFacts): CampaignExposureFacts | undefined =>
  speaking(facts.exposure, pressing(facts));

const findingRefs = (...findings: readonly (string | null | undefined)[]): readonly Ref[] =>
  findings.flatMap((id) => (id === null || id === undefined ? [] : [{ kind: 'finding', id }]));

const campaignRef = ({ campaigns }: BoardFacts, { campaign }: CampaignExposureFacts) =>
  campaignRefs(campaigns.filter(({ id }) => id === campaign));

/** Why the lists at hand say nothing; null where none were given. */
export function listRefusal({ exposure }: BoardFacts): string | null {
  if (exposure === null) return null;
  const [first] = exposure.refusals;
  if (exposure.finding === null) return `The lists were not used: ${first?.reason ?? 'refused'}.`;
  return exposure.campaigns.length === 0
    ? 'No campaign names five different recipients, so none was compared with the lists.'
    : 'No reported recipient is linked to a person on the lists at hand.';
}

export function sourceAnswer(facts: BoardFacts): Draft | null {
  const campaign = spokenOf(facts);
  const statewide = facts.matches?.attribution ?? null;
  if (campaign === undefined && statewide === null) return null;
  const parts = campaign?.jurisdictions.slice(0, JURISDICTIONS_MAX) ?? [];
  const sources = [
    ...parts.map((part) => ({
      about: `${campaign?.label}, ${part.jurisdiction}`,
      said: [...sourceSentences(part), fieldsExplained(campaign, part.jurisdiction)],
    })),
    ...(statewide === null
      ? []
      : [{ about: together(facts), said: sourceSentences({ attribution: statewide }) }]),
  ];
  return {
    state: 'partly',
    text: sources.map(({ about, said: [first = ''] }) => `${about}: ${first}`).join(' '),
    points: [
      ...sources.flatMap(({ about, said: [, ...rest] }) => point(about, ...rest.map(capital))),
      ...point('Older data', moved(campaign)),
      ...point('Look-up page', logged(facts.accessLog)),
    ],
    confidence: parts.length > 0 && parts.every(isWellGrounded) ? 'moderate' : 'low',
    basis: `${basisOf(campaign)} records compared with ${counted(facts.exposure?.releases.length ?? 0, 'list release')}; a model of how lists change`,
    evidence: [
      ...(campaign === undefined ? [] : campaignRef(facts, campaign)),
      ...findingRefs(facts.exposure?.finding, facts.accessLog?.finding, facts.matches?.finding),
    ],
    wouldChange: [
      'A release that is not among those compared: the register of who received the voter list, and when.',
      'More reports: each recipient who moved or changed e-mail dates the copy more closely.',
      'Marks or planted addresses in the released copies: only they tell two requesters of one day apart.',
    ],
  };
}

const together = ({ matches }: BoardFacts): string =>
  `Counted together by ${counted(matches?.counties.length ?? 0, 'county', 'counties')}`;

const isWellGrounded = (part: JurisdictionFacts): boolean =>
  (part.households ?? part.recipients ?? 0) >= HOUSEHOLDS_MODERATE_MIN &&
  otherThanLists(part) < OTHER_MODERATE_MAX;

const basisOf = (campaign: CampaignExposureFacts | undefined): string => {
  const linked = campaign?.linkage.linked ?? null;
  return linked === null ? 'linked' : `${grouped(linked)} linked`;
};

/** Whether a public list is enough to hold what the messages show. */
function fieldsExplained(
  campaign: CampaignExposureFacts | undefined,
  jurisdiction: string,
): string {
  const shown = (campaign?.fields ?? []).filter((field) => field.shown);
  const by = (wanted: readonly string[]): readonly string[] =>
    fieldWords(
      shown
        .filter(({ availability }) =>
          availability.some(
            (each) => each.jurisdiction === jurisdiction && wanted.includes(each.availability),
          ),
        )
        .map(({ field }) => field),
    );
  const closed = by(['never', 'restricted']);
  const unknown = by(['unknown']);
  if (closed.length > 0) {
    return `Not explained by a public list of ${jurisdiction}: ${listed(closed, closed.length)}.`;
  }
  if (shown.length === 0) return '';
  return unknown.length === 0
    ? `Every field shown is public in ${jurisdiction}: holding them takes no break-in.`
    : `Not known whether public in ${jurisdiction}: ${listed(unknown, unknown.length)}.`;
}

function moved(campaign: CampaignExposureFacts | undefined): string {
  const { stale = 0, linked = null, stillListed = null } = campaign?.movers ?? {};
  if (stale === 0) return '';
  const many =
    stale === null || linked === null
      ? 'Some of the linked reports'
      : `${grouped(stale)} of ${grouped(linked)} linked reports`;
  const still =
    stillListed === null || stale === null || stillListed === 0
      ? ''
      : ` (${grouped(stillListed)} of them are still listed under other data)`;
  return `${many} show data that the newest list no longer has${still}: people who moved or changed, which dates the sender's copy.`;
}

/** The day of an instant, as a person writes it in a log. */
const dayOf = (instant: string): string => instant.slice(0, 10);

const days = (from: string, until: string): string =>
  from === until ? `on ${from}` : `from ${from} to ${until}`;

function logged(log: AccessLogFacts | null): string {
  if (log === null) return '';
  if (log.finding === null)
    return `The look-up page log was not used: ${log.refusals[0]?.reason ?? ''}.`;
  const [first] = log.actors;
  const span =
    log.read.from === null || log.read.until === null
      ? ''
      : ` from ${dayOf(log.read.from)} to ${dayOf(log.read.until)}`;
  if (first === undefined) {
    const unsaid = log.refusals.find(({ question }) => question === 'enumeration');
    return unsaid === undefined
      ? `The look-up page log${span} shows no run through record numbers.`
      : `The look-up page log${span} does not say whether record numbers were tried: ${unsaid.reason}.`;
  }
  const last =
    log.actors
      .map(({ until }) => until)
      .sort()
      .at(-1) ?? '';
  return `The look-up page log shows record numbers tried one after the other ${days(dayOf(first.from), dayOf(last))}; whether those records are the ones in the messages was not compared.`;
}

/** Every estimate with its method; different things under headings of their own. */
export function sizePoints(facts: BoardFacts): readonly Point[] {
  const campaign = spokenOf(facts);
  const parts = campaign?.jurisdictions.slice(0, JURISDICTIONS_MAX) ?? [];
  const { matches } = facts;
  const counties = matches?.counties.length ?? 0;
  return [
    ...parts.flatMap((part) =>
      point(`${campaign?.label}, ${part.jurisdiction}`, ...part.size.flatMap(sizeWords)),
    ),
    ...logSize(facts.accessLog),
    ...(matches === null || counties === 0
      ? []
      : point(
          `Counted by ${counted(counties, 'county', 'counties')} on their own rolls`,
          `${matches.matched === null ? 'fewer than 11' : grouped(matches.matched)} of the people in the reports`,
        )),
  ];
}

function sizeWords({
  label,
  estimator,
  low,
  high,
  suppressed,
}: JurisdictionFacts['size'][number]): readonly string[] {
  const method = estimator.replace(/,.*$/, '');
  if (label === 'taken, at most' && high !== null)
    return [`${label}: ${grouped(high)} (${method})`];
  if (suppressed) return [`${label}: a withheld number (${method})`];
  if (low !== null && high !== null) {
    return [
      `${label}: ${low === high ? grouped(low) : `${grouped(low)} to ${grouped(high)}`} (${method})`,
    ];
  }
  if (low !== null) return [`${label}: ${grouped(low)} or more (${method})`];
  return high === null ? [] : [`${label}: ${grouped(high)} or fewer (${method})`];
}

function logSize(log: AccessLogFacts | null): readonly Point[] {
  if (log === null || log.finding === null || log.actors.length === 0) return [];
  const { atLeast, atMost } = log.taken;
  return point(
    'Look-up page (that system only)',
    `records taken, at least: ${atLeast === null ? 'a withheld number' : grouped(atLeast)}`,
    `records taken, at most: ${atMost === null ? 'nothing in the log bounds it' : grouped(atMost)}`,
  );
}

export function targetsAnswer(facts: BoardFacts): Draft | null {
  const campaign = spokenOf(facts);
  if (campaign === undefined) return null;
  const parts = campaign.jurisdictions.slice(0, JURISDICTIONS_MAX);
  const told = parts.filter(({ targeting }) => targeting.length > 0);
  const refused = campaign.refusals.filter(({ question }) => question.startsWith('targeting'));
  if (told.length === 0) {
    const why = refused.map(({ reason }) => reason).join('; ');
    return {
      ...open(
        `The lists give no base rate for ${campaign.label}: ${why === '' ? 'they name neither party nor county' : why}. Who reports is not who was targeted.`,
        'reports only, no base rate',
      ),
      evidence: campaignRef(facts, campaign),
      wouldChange: ['More reports with a name and an address: 22 households at the least.'],
    };
  }
  const stand = told.some(({ targeting }) => targeting.some(({ claimed }) => claimed));
  return {
    state: 'partly',
    text: stand
      ? `Some groups are more common among the reports of ${campaign.label} than on the attributed release. Who reports is not who was targeted: how far habits of reporting explain it stands with each part.`
      : `No group of the list stands out among the reports of ${campaign.label} further than reporting habits alone explain.`,
    points: [
      ...told.flatMap((part) => groupsPoint(campaign.label, part)),
      ...point('Elsewhere', ...elsewhere(campaign)),
    ],
    confidence: 'low',
    basis: `${basisOf(campaign)} reports against the rows of the attributed release that e-mail reaches; who reports is not drawn at random`,
    evidence: [...campaignRef(facts, campaign), ...findingRefs(facts.exposure?.finding)],
    wouldChange: [
      'A random survey of the roll: it does not depend on who reports.',
      'Planted addresses spread over the groups: mail to them shows who was chosen.',
    ],
  };
}

function groupsPoint(
  label: string,
  { jurisdiction, targeting }: JurisdictionFacts,
): readonly Point[] {
  const claimed = targeting
    .filter((row) => row.claimed && !row.suppressed)
    .sort((a, b) => (b.low ?? 0) - (a.low ?? 0));
  const hidden = targeting.filter(({ suppressed }) => suppressed).length;
  const withheld = hidden === 0 ? '' : `Withheld: ${counted(hidden, 'group')} with too few people.`;
  const about = `${label}, ${jurisdiction}`;
  const [strongest] = claimed;
  if (strongest === undefined) return point(about, 'No group stands out.', withheld);
  const groups = claimed
    .slice(0, GROUPS_MAX)
    .map(
      ({ cell, oddsRatio, low, high }) =>
        `${cellWords(cell)}: ${ratio(oddsRatio)} times the odds (${ratio(low)} ${high === null ? 'or more' : `to ${ratio(high)}`})`,
    );
  const more = claimed.length - groups.length;
  return point(
    about,
    ...groups,
    more > 0 ? `and ${counted(more, 'more group')} in the report` : '',
    `Habits of reporting explain the first only if that group reports at least ${ratio(strongest.tippingPoint)} times as often as others.`,
    withheld,
  );
}

/** Two figures: more are noise. */
const ratio = (value: number | null): string =>
  value === null ? '?' : value.toFixed(value >= 10 ? 0 : 1);

/** `party:DEM, county:LEON` as `party DEM in county LEON`. */
export const cellWords = (cell: string): string =>
  cell
    .replace('party:', 'party ')
    .replace(', county:', ' in county ')
    .replace('county:', 'county ');

function elsewhere({ movers, linkage }: CampaignExposureFacts): readonly string[] {
  const away = movers.reportedElsewhere;
  const moved =
    away === null
      ? 'Some recipients are reported with an address in another state and were once on the roll.'
      : away === 0
        ? ''
        : `${grouped(away)} recipients are reported with an address in another state and were once on the roll.`;
  const outside = linkage.elsewhere;
  const unlisted =
    outside === null || outside === 0
      ? ''
      : `${grouped(outside)} live where no list is at hand: nothing is said of them.`;
  return [moved, unlisted];
}
