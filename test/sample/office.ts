import type {
  AccessLogSummary,
  CampaignExposure,
  ExposureSummary,
  Investigation,
  MatchesSummary,
} from '../../src/core/report/index.ts';

export interface OfficeOrder {
  /** Id of the campaign that the lists speak of. */
  readonly campaign: string;
  /** Put into every place that holds text from outside. */
  readonly hostile: string;
}

const SIZE = {
  estimator: 'distinct linked recipients',
  assumptions: ['every link is right with a probability of at least .95'],
  suppressed: false,
} as const;

function campaignExposure({ campaign, hostile }: OfficeOrder): CampaignExposure {
  const attribution = {
    posterior: [
      { hypothesis: `fl-2020-06${hostile}`, probability: 0.71 },
      { hypothesis: 'live:FL:2020-05-01/2020-06-01', probability: 0.2 },
      { hypothesis: 'other', probability: 0.09 },
    ],
    credibleSet: [`fl-2020-06${hostile}`, 'live:FL:2020-05-01/2020-06-01', 'other'],
  };
  const size = [
    { ...SIZE, label: 'mailed', low: 148, high: null },
    { ...SIZE, label: 'taken, at least', low: 148, high: null },
    {
      ...SIZE,
      label: 'taken, at most',
      estimator: 'size of the attributed release',
      low: 14_300_000,
      high: 14_400_000,
    },
  ] as const;
  const row = { oddsRatio: 6.4, low: 3.9, high: 11.2, tippingPoint: 3.9 };
  const none = { oddsRatio: null, low: null, high: null, tippingPoint: null };
  const targeting = [
    { cell: `party:DEM${hostile}`, ...row, suppressed: false, claimed: true },
    { cell: 'county:ALACHUA', ...row, high: null, suppressed: false, claimed: false },
    { cell: 'county:LIBERTY', ...none, suppressed: true, claimed: false },
  ];
  const movers = { linked: 148, stale: 23, stillListed: null, reportedElsewhere: 0 };
  return {
    campaign,
    label: 'C1',
    linkage: { linked: 148, unresolved: 15, onNoRoll: null, elsewhere: null },
    attribution,
    size,
    refusals: [{ question: `people who would report${hostile}`, reason: `one channel${hostile}` }],
    targeting,
    fieldsHeld: [],
    canaryGroups: [
      { cell: `party:DEM${hostile}`, planted: 60, hits: 21, pValue: 0.00002, claimed: true },
      { cell: 'party:REP', planted: 60, hits: 2, pValue: 0.99, claimed: false },
    ],
    watched: [{ cell: `party:DEM${hostile}`, eValue: 41, firstLook: 4, claimed: true }],
    jurisdictions: [
      {
        jurisdiction: 'FL',
        households: null,
        recipients: 148,
        stale: 23,
        movers,
        counties: [
          { county: 'ALACHUA', recipients: 120 },
          { county: 'LIBERTY', recipients: null },
          { county: `NOWHERE${hostile}`, recipients: null },
        ],
        attribution: { ...attribution, listDates: { from: '2020-05-01', until: '2020-06-01' } },
        fieldsHeld: [],
        mixture: null,
        size,
        targeting,
      },
    ],
    meaning: 'A release means that release or anything derived from it.',
    limits: [],
    fields: [
      {
        field: 'ResidenceAddress.Line',
        shown: true,
        claimed: false,
        publicIn: ['fl-2020-06'],
        inReleases: ['fl-2020-06'],
        availability: [{ jurisdiction: 'FL', availability: 'public', basis: `a law${hostile}` }],
      },
      {
        field: 'ContactMethod.Phone',
        shown: false,
        claimed: true,
        publicIn: [],
        inReleases: [],
        availability: [{ jurisdiction: 'FL', availability: 'never', basis: null }],
      },
    ],
    movers,
  };
}

const exposure = (order: OfficeOrder): ExposureSummary => ({
  finding: 'e'.repeat(64),
  releases: [
    {
      releaseId: `fl-2020-06${order.hostile}`,
      jurisdiction: 'FL',
      asOf: '2020-06-01',
      requester: `A requester${order.hostile}`,
      rows: 14_400_000,
    },
  ],
  campaigns: [campaignExposure(order)],
  refusals: [{ question: 'C2', reason: `too few${order.hostile}` }],
  limits: [{ code: 'layout-proposed', at: `fl.csv${order.hostile}`, text: 'please check' }],
});

const accessLog = ({ hostile }: OfficeOrder): AccessLogSummary => ({
  finding: 'f'.repeat(64),
  taken: { atLeast: 1_113, atMost: null },
  actors: [
    {
      kind: 'sequence',
      from: '2020-09-29T00:00:00Z',
      until: '2020-10-17T08:11:30Z',
      requests: 4_000,
      distinctIds: 1_200,
      taken: { atLeast: 1_113, atMost: null },
      tool: `curl/7.64${hostile}`,
      networks: ['192.0.2.0/24', '198.51.100.0/24'],
      networkCount: 2,
      pages: ['/lookup?voterid='],
      gaps: [],
      doubtful: 0,
      unread: 0,
      step: 1,
    },
  ],
  refusals: [{ question: 'taken, at most', code: 'log-gap', reason: `a gap${hostile}` }],
  limits: [{ code: 'log-gap', at: `access.log${hostile}`, text: 'six hours are missing' }],
  probes: [
    {
      kind: 'injection',
      requests: 14,
      answered: 0,
      from: '2020-09-20T00:00:00Z',
      until: '2020-09-28T00:00:00Z',
      networks: [],
    },
  ],
  read: {
    lines: 21_478,
    requests: 21_478,
    unread: 0,
    lookups: 13_978,
    ownLookups: 0,
    from: '2020-09-01T00:00:00Z',
    until: '2020-10-31T23:55:59Z',
  },
  noticeList: 'office/notice-ffffffffffffffff.csv',
});

const matches = ({ hostile }: OfficeOrder): MatchesSummary => ({
  finding: 'd'.repeat(64),
  counties: [
    { county: `Almera${hostile}`, records: 33_000, reports: 412, matched: 48 },
    { county: 'Brevant', records: 91_000, reports: 412, matched: null },
  ],
  matched: 61,
  attribution: {
    posterior: [
      { hypothesis: 'fl-2020-06', probability: 0.97 },
      { hypothesis: 'other', probability: 0.03 },
    ],
    credibleSet: ['fl-2020-06'],
    listDates: { from: '2020-06-01', until: '2020-06-01' },
    counties: 2,
    whole: true,
  },
  refusals: [{ code: 'tally-twice', county: `Almera${hostile}`, reason: `twice${hostile}` }],
});

/** What lists, a log and counties can say of the sample's first campaign; invented throughout. */
export const sampleOffice = (
  order: OfficeOrder,
): Pick<Investigation, 'exposure' | 'accessLog' | 'matches'> => ({
  exposure: exposure(order),
  accessLog: accessLog(order),
  matches: matches(order),
});
