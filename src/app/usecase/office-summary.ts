import { fieldsClaimed } from '../../core/assessment/index.ts';
import type { Limit, Result } from '../../core/base/index.ts';
import {
  COUNT_PUBLISHED_MIN,
  type PublicMovers,
  publicExposure,
} from '../../core/exposure/index.ts';
import type {
  AccessLogSummary,
  CampaignExposure,
  CampaignSummary,
  ExposureSummary,
  FieldSummary,
  MatchesSummary,
} from '../../core/report/index.ts';
import { availabilityOf, type RollField } from '../../core/roll/index.ts';
import type { OfficeRefusal, ShelvedRelease } from '../ports/index.ts';
import type { AccessLogOutput, CampaignExposureOutput, ExposureOutput } from '../stage/index.ts';
import { type Answered, type MatchesAnswer, noticeName } from './consult-office.ts';

interface Drawn {
  readonly campaigns: readonly CampaignSummary[];
  readonly includePersonal: boolean;
}

/** What the lists say, as a report may show it. */
export function exposureSummary(
  answer: Result<Answered<ExposureOutput>, OfficeRefusal>,
  { campaigns, includePersonal }: Drawn,
): ExposureSummary {
  if (!answer.ok) {
    const { code, reason } = answer.failure;
    const refusals = [{ question: 'the lists', reason: `${reason} [${code}]` }];
    return { finding: null, releases: [], campaigns: [], refusals, limits: [] };
  }
  const { finding, output } = answer.value;
  const byId = new Map(output.campaigns.map((each) => [each.campaign, each]));
  const few = new Set(output.few);
  return {
    finding,
    releases: output.releases.map(({ fields: _, ...release }) => release),
    campaigns: campaigns.flatMap((campaign) => {
      const own = byId.get(campaign.id);
      return own === undefined
        ? []
        : [campaignExposure({ own, campaign, releases: output.releases, includePersonal })];
    }),
    refusals: campaigns
      .filter(({ id }) => few.has(id))
      .map(({ label }) => ({
        question: label,
        reason: 'fewer than 5 different recipients are named: too few to compare with a list',
      })),
    limits: output.limits.map((limit) => withoutPath(limit, includePersonal)),
  };
}

/** A path can hold a user's name; the file's own name says which list is meant. */
const withoutPath = (limit: Limit, includePersonal: boolean): Limit =>
  includePersonal ? limit : { ...limit, at: limit.at.slice(limit.at.lastIndexOf('/') + 1) };

interface ToSum {
  readonly own: CampaignExposureOutput;
  readonly campaign: CampaignSummary;
  readonly releases: readonly ShelvedRelease[];
  readonly includePersonal: boolean;
}

function campaignExposure({ own, campaign, releases, includePersonal }: ToSum): CampaignExposure {
  const shown = publicExposure(own.document, includePersonal);
  return {
    campaign: campaign.id,
    label: campaign.label,
    ...shown,
    fields: fieldsOf(own, campaign, releases),
    movers: moversTogether(shown.jurisdictions.map(({ movers }) => movers)),
  };
}

const MOVER_PARTS = ['linked', 'stale', 'stillListed', 'reportedElsewhere'] as const;

/** One part that is left out leaves out the sum: it would follow from the others. */
const moversTogether = (parts: readonly PublicMovers[]): PublicMovers =>
  Object.fromEntries(
    MOVER_PARTS.map((name) => [
      name,
      parts.reduce<number | null>((sum, part) => {
        const own = part[name];
        return sum === null || own === null ? null : sum + own;
      }, 0),
    ]),
  ) as unknown as PublicMovers;

/** Columns of the sender's list, by the type of the slot that they fill. */
const OF_SLOT: { readonly [type: string]: readonly RollField[] } = {
  'person-name': ['FirstName', 'LastName'],
  'street-address': ['ResidenceAddress.Line'],
  city: ['ResidenceAddress.City'],
  state: ['ResidenceAddress.State'],
  'postal-code': ['ResidenceAddress.ZipCode'],
  county: ['County'],
  email: ['ContactMethod.Email'],
  phone: ['ContactMethod.Phone'],
  party: ['Party'],
  'voter-id': ['VoterId'],
  'birth-date': ['DateOfBirth'],
};

const OF_CLAIM: { readonly [claim: string]: RollField } = {
  'e-mail address': 'ContactMethod.Email',
  'telephone number': 'ContactMethod.Phone',
  'street address': 'ResidenceAddress.Line',
  'date of birth': 'DateOfBirth',
};

/** Shown in the messages first, then what the wording only claims. */
function fieldsOf(
  { document }: CampaignExposureOutput,
  campaign: CampaignSummary,
  releases: readonly ShelvedRelease[],
): readonly FieldSummary[] {
  const shown = new Set<RollField>([
    ...document.jurisdictions.flatMap(({ fieldsHeld }) => fieldsHeld.map(({ field }) => field)),
    ...campaign.templates.flatMap(({ slots }) => slots.flatMap(({ type }) => OF_SLOT[type] ?? [])),
  ]);
  const claimed = (fieldsClaimed(campaign) ?? [])
    .map((claim) => OF_CLAIM[claim] ?? claim)
    .filter((field) => !shown.has(field as RollField));
  const linked = new Set(document.jurisdictions.map(({ jurisdiction }) => jurisdiction));
  const near = releases.filter(({ jurisdiction }) => linked.has(jurisdiction));
  return [...shown, ...claimed].map((field) => fieldSummary(field, shown, near));
}

function fieldSummary(
  field: RollField | string,
  shown: ReadonlySet<string>,
  releases: readonly ShelvedRelease[],
): FieldSummary {
  const jurisdictions = [...new Set(releases.map(({ jurisdiction }) => jurisdiction))];
  const availability = jurisdictions.map((jurisdiction) => ({
    jurisdiction,
    ...availabilityOf(jurisdiction, field as RollField),
  }));
  const open = new Set(
    availability.flatMap((each) => (each.availability === 'public' ? [each.jurisdiction] : [])),
  );
  const carrying = releases.filter(({ fields }) => fields.includes(field as RollField));
  return {
    field,
    shown: shown.has(field),
    claimed: !shown.has(field),
    publicIn: carrying
      .filter(({ jurisdiction }) => open.has(jurisdiction))
      .map(({ releaseId }) => releaseId),
    inReleases: carrying.map(({ releaseId }) => releaseId),
    availability,
  };
}

/**
 * What the logs say, as a report may show it: no count of fewer than 11 records, never a number.
 */
export function accessLogSummary(
  answer: Result<Answered<AccessLogOutput>, OfficeRefusal>,
  includePersonal: boolean,
): AccessLogSummary {
  if (!answer.ok) return { ...NOT_READ, refusals: [refusalOf(answer.failure)] };
  const { finding, output } = answer.value;
  const shown = <Count extends number | null>(count: Count): number | null =>
    includePersonal || count === null || count === 0 || count >= COUNT_PUBLISHED_MIN ? count : null;
  const { document, notice } = output;
  return {
    ...document,
    finding,
    taken: { atLeast: shown(document.taken.atLeast), atMost: shown(document.taken.atMost) },
    limits: document.limits.map((limit) => withoutPath(limit, includePersonal)),
    noticeList: notice.records === 0 ? null : `office/${noticeName(finding)}`,
  };
}

/** What counties counted together, with the files that were no counts. */
export function matchesSummary({ answered, refused }: MatchesAnswer): MatchesSummary {
  const files = refused.map(({ code, name, reason }) => ({
    code,
    county: null,
    reason: `${name.slice(name.lastIndexOf('/') + 1)} ${reason}`,
  }));
  if (answered === null) {
    return { finding: null, counties: [], matched: null, attribution: null, refusals: files };
  }
  const { finding, output } = answered;
  return { ...output, finding, refusals: [...output.refusals, ...files] };
}

const refusalOf = ({ code, reason }: OfficeRefusal) => ({ question: 'the log', code, reason });

const NOT_READ: AccessLogSummary = {
  finding: null,
  taken: { atLeast: null, atMost: null },
  actors: [],
  refusals: [],
  limits: [],
  probes: [],
  read: { lines: 0, requests: 0, unread: 0, lookups: 0, ownLookups: 0, from: null, until: null },
  noticeList: null,
};
