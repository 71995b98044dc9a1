import { type CampaignFacts, questionBoard } from '../../src/core/assessment/index.ts';
import { type Instant, instantFromMilliseconds } from '../../src/core/base/index.ts';
import type { WordingSpan } from '../../src/core/campaign/index.ts';
import type { HeldForm } from '../../src/core/held-form/index.ts';
import type {
  CampaignSummary,
  ExhibitSummary,
  HourCount,
  Investigation,
  MemberRef,
  RouteHint,
} from '../../src/core/report/index.ts';
import { sampleOffice } from './office.ts';

/** What a sample differs in; everything else is the founding case with invented voters. */
export interface SampleOrder {
  readonly exhibits: number;
  /** Small groups beside the two of the case. */
  readonly smallCampaigns: number;
  readonly personalDataIncluded: boolean;
  /** Put into every place that holds text from outside. */
  readonly hostile: string;
  /** With lists, a look-up log and counts of counties. */
  readonly office: boolean;
  /** Mails to the office itself that only tell of a message. */
  readonly letters: number;
}

const IN_DOUBT = { messages: 3, mails: 2, authors: 1 };

const ORDER: SampleOrder = {
  exhibits: 48,
  smallCampaigns: 3,
  personalDataIncluded: false,
  hostile: '',
  office: false,
  letters: 0,
};

const START_MS = Date.UTC(2020, 9, 20, 12);
const HOUR_MS = 3_600_000;

/** 64 hex digits that differ by seed; no digest of anything. */
const digest = (seed: number): string =>
  Array.from({ length: 8 }, (_, i) =>
    (Math.imul(seed + 1, 2_654_435_761 + i * 40_503) >>> 0).toString(16).padStart(8, '0'),
  ).join('');

const at = (hours: number): Instant => {
  const instant = instantFromMilliseconds(START_MS + hours * HOUR_MS);
  if (instant === null) throw new Error(`no instant ${hours} hours after the start`);
  return instant;
};

/** One original an exhibit: three of five came attached, one inline, one as a file. */
const formOf = (i: number): HeldForm => {
  const forms = ['attached', 'message', 'inline', 'attached', 'attached-decoded'] as const;
  return i % 97 === 96 ? 'headers' : (forms[i % forms.length] ?? 'message');
};

const isIntact = (form: HeldForm): boolean => form !== 'inline' && form !== 'headers';

function member(i: number, shownSender: string): MemberRef {
  return { exhibit: digest(i), path: '0.1', sha256: digest(i + 1e6), held: formOf(i), shownSender };
}

const hintsOf = (hostile: string): RouteHint['hints'] => [
  { table: 'countries', asOf: '2026-06-25', asNumber: null, network: null, country: 'XA' },
  {
    table: 'networks',
    asOf: '2026-06-17',
    asNumber: 64496,
    network: `Example${hostile}`,
    country: null,
  },
];

const overTime = (members: number): readonly HourCount[] => {
  const shape = [1, 3, 9, 14, 8, 6, 5, 3, 2, 0, 0, 0, 1, 2, 4, 6, 3, 2, 2, 1, 1, 0, 1];
  const total = shape.reduce((sum, weight) => sum + weight, 0);
  return shape.flatMap((weight, hour) => {
    const originals = Math.round((weight / total) * members);
    return originals === 0 ? [] : [{ hour: at(hour), originals }];
  });
};

const THREAT: readonly WordingSpan[] = [
  { withheld: 2 },
  { shared: 'we are in possession of all your information. \nYou are currently registered as a' },
  { withheld: 1 },
  {
    shared:
      'and we know this because we have gained access into the entire voting infrastructure. You will vote for the candidate named at https://vote.group.example/now or we will come after you. Change your party affiliation to let us know you received our message. We will know which candidate you voted for.',
  },
  { withheld: 5 },
  { shared: 'good luck' },
];

function campaign(
  label: string,
  members: readonly MemberRef[],
  { hostile }: SampleOrder,
): CampaignSummary {
  const intact = members.filter(({ held }) => isIntact(held)).length;
  const address = members[0]?.shownSender ?? '';
  const routes = [
    { ip: '192.0.2.41', messages: Math.ceil(intact * 0.6), hints: hintsOf(hostile) },
    { ip: '198.51.100.7', messages: Math.floor(intact * 0.3), hints: [] },
    { ip: '203.0.113.188', messages: Math.floor(intact * 0.1), hints: [] },
  ].filter(({ messages }) => messages > 0);
  const withRoute = routes.reduce((sum, { messages }) => sum + messages, 0);
  return {
    label,
    id: members[0]?.sha256 ?? '',
    originals: members.length,
    distinctOriginals: members.length - Math.floor(members.length / 20),
    exhibits: members.length,
    distinctRecipients: members.length,
    firstAt: at(0),
    lastAt: at(22),
    undated: Math.floor(members.length / 30),
    overTime: overTime(members.length),
    shownSenders: [
      {
        address: address + hostile,
        name: `The Invented Group${hostile}`,
        messages: members.length,
      },
    ],
    inDoubt: 0,
    doubted: 0,
    authorsDoubted: 0,
    authorsInDoubt: 0,
    banners: label === 'C1' ? [{ product: 'Mimecast', messages: 2 }] : [],
    subjects: [
      {
        spans: [{ shared: `Vote for the candidate or else!${hostile}` }],
        messages: members.length,
      },
      { spans: [{ shared: 'Fwd: Vote or else' }, { withheld: 1 }], messages: 1 },
    ],
    routes,
    routesUnknown: members.length - withRoute,
    checks: null,
    verdicts: [
      { kind: 'spoofed-domain', originals: intact, probable: 0 },
      { kind: 'undetermined', originals: members.length - intact, probable: 0 },
    ].filter(({ originals }) => originals > 0),
    pressure: [{ sign: `threat${hostile}`, originals: members.length }],
    wording: hostile === '' ? THREAT : [...THREAT, { shared: hostile }],
    audience: {
      level: 'city',
      recipients: 214,
      places: [
        'Gainesville',
        'Wasilla',
        'Ocala',
        `Cedar Bluff${hostile}`,
        'other places',
        'place not shown',
      ],
      providers: [
        'Google (Gmail)',
        'Yahoo',
        'Microsoft (Outlook.com)',
        'other provider or own domain',
      ],
      counts: [
        [58, 17, 12, 19],
        [31, null, null, 14],
        [null, null, 0, 13],
        [12, 0, null, null],
        [13, 0, 0, 0],
        [null, 0, 0, null],
      ],
    },
    templates: [
      {
        texts: members.length,
        spans: [
          { slot: 1, type: 'person-name' },
          { shared: `\nvote for the candidate${hostile} ` },
          { alternatives: ['or else', `or you will see${hostile}`] },
          { undetermined: true },
          { slot: 2, type: 'street-address' },
        ],
        slots: [
          { index: 1, type: 'person-name', distinct: members.length, conforming: 0.98 },
          { index: 2, type: 'street-address', distinct: members.length, conforming: 1 },
        ],
      },
    ],
    intact,
    degraded: members.length - intact,
    members,
  };
}

function exhibit(i: number, order: SampleOrder, campaigns: readonly string[]): ExhibitSummary {
  const form = formOf(i);
  return {
    label: `E${i + 1}`,
    digest: digest(i),
    kind: 'message',
    bytes: 2_100 + ((i * 7919) % 9_000),
    messages: form === 'message' ? 1 : 2,
    originals: 1,
    letters: 0,
    inDoubt: 0,
    receivedAt: at(24 + i * 0.05),
    receivedHow: 'file',
    pictured: 0,
    name: order.personalDataIncluded ? `reports/voter-${i + 1}.eml${order.hostile}` : null,
    campaigns,
    held: [{ form, originals: 1 }],
    limits:
      i === 7
        ? [{ code: 'mail-header-bytes', at: '0', text: `Header cut at 1 MB.${order.hostile}` }]
        : [],
  };
}

/** A rich investigation as the first light issue can produce it, with invented voters only. */
export function sampleInvestigation(change: Partial<SampleOrder> = {}): Investigation {
  const order = { ...ORDER, ...change };
  const all = Array.from({ length: order.exhibits }, (_, i) => i);
  const shown = (i: number): string =>
    i % 9 === 4 ? 'soldier@mail.example' : 'info@group.example';
  const alone = all.filter((i) => i % 16 === 15);
  const first = all.filter((i) => i % 16 !== 15 && i % 9 !== 4);
  const second = all.filter((i) => i % 16 !== 15 && i % 9 === 4);
  const campaigns = [first, second].map((members, k) =>
    campaign(
      `C${k + 1}`,
      members.map((i) => member(i, shown(i))),
      order,
    ),
  );
  const small = Array.from({ length: order.smallCampaigns }, (_, k) =>
    campaign(
      `C${k + 3}`,
      [1, 2].map((i) => member(1e5 + k * 2 + i, `list${k}@news.example`)),
      order,
    ),
  );
  const [inFirst, inSecond] = [new Set(first), new Set(second)];
  const labelOf = (i: number): string[] =>
    inFirst.has(i) ? ['C1'] : inSecond.has(i) ? ['C2'] : [];
  return assemble(order, [...campaigns, ...small], alone, all, labelOf);
}

function assemble(
  order: SampleOrder,
  campaigns: readonly CampaignSummary[],
  alone: readonly number[],
  all: readonly number[],
  labelOf: (i: number) => readonly string[],
): Investigation {
  const originals = all.length + order.smallCampaigns * 2;
  const intact = all.filter((i) => isIntact(formOf(i))).length + order.smallCampaigns * 2;
  const { hostile, personalDataIncluded } = order;
  const facts: readonly CampaignFacts[] = campaigns;
  const office = order.office
    ? sampleOffice({ campaign: campaigns[0]?.id ?? '', hostile })
    : { exposure: null, accessLog: null, matches: null };
  const root = digest(424_242);
  const links: Investigation['links'] = [
    {
      kind: 'origin-host',
      value: `192.0.2.41${hostile}`,
      strength: 'strong',
      weight: 3.2,
      why: `One server handed over messages of 2 campaigns.${hostile}`,
      campaigns: campaigns.slice(0, 2).map(({ label }) => label),
    },
    {
      kind: 'url-host',
      value: 'video.example',
      strength: 'weak',
      weight: 1,
      why: 'A host that many name.',
      campaigns: campaigns.slice(0, 4).map(({ label }) => label),
    },
  ];
  return {
    schema: 'tocsin/investigation/1',
    tool: 'tocsin 0.1.0',
    asOf: at(30),
    personalDataIncluded,
    log: {
      size: all.length * 3,
      root,
      key: digest(99).slice(0, 44),
      note: `tocsin-case/3f2a91d0\n${all.length * 3}\n${root.slice(0, 44)}\n\n\u2014 tocsin-case/3f2a91d0 ${digest(5)}\n`,
    },
    counts: {
      exhibits: all.length,
      bytes: all.length * 5_200,
      messages: all.length * 2,
      originals,
      carriers: all.filter((i) => formOf(i) !== 'message').length,
      letters: order.letters,
      inDoubt: order.letters === 0 ? 0 : 3,
      unclustered: alone.length,
    },
    networkTables: [{ name: 'countries', asOf: '2026-06-25', credit: 'Example Project' }],
    checks: null,
    board: questionBoard({
      personalDataIncluded,
      exhibits: all.length,
      unread: 2,
      originals,
      letters: order.letters,
      either: { messages: 0, mails: 0, authors: 0, ...(order.letters === 0 ? {} : IN_DOUBT) },
      intact,
      degraded: originals - intact,
      checks: null,
      unclustered: alone.length,
      exhibitSamples: alone.slice(0, 3).map(digest),
      campaigns: facts,
      ...office,
      links,
      joined: [],
    }),
    campaigns,
    links,
    joined: [],
    ...office,
    unclustered: alone.map((i) => member(i, 'info@group.example')),
    office: {
      how: 'inferred',
      addresses: [
        {
          name: `elections@county.example${hostile}`,
          forwards: all.length,
          letters: order.letters,
        },
      ],
      pressing: Math.min(1, order.letters),
      doubtful:
        order.letters === 0
          ? []
          : [{ address: `…@clerk.example${hostile}`, forwards: 1, others: 2 }],
      settledFiles: [],
      bringing: [],
      telling: { mails: 0, exhibits: [] },
      carrying: {
        searched: order.letters,
        left: 0,
        letters: Math.min(1, order.letters),
        listed:
          order.letters === 0
            ? []
            : [
                {
                  exhibit: digest(0),
                  path: '0',
                  kind: 'undetermined',
                  links: 2,
                  falseLinks: 1,
                  files: 1,
                  traces: [{ type: 'url', value: `https://evil.example/x${hostile}` }],
                },
              ],
      },
      either:
        order.letters === 0
          ? { mails: 0, authors: 0, pressing: 0, exhibits: [] }
          : { mails: 2, authors: 1, pressing: 1, exhibits: [digest(0)] },
    },
    letters: Array.from({ length: order.letters }, (_, i) => ({
      exhibit: digest(i),
      path: '0',
      sha256: digest(i + 2e6),
      pressing: i === 0,
    })),
    exhibits: all.map((i) => exhibit(i, order, labelOf(i))),
    unread: [
      {
        name: `reports/scan-0412.pdf${hostile}`,
        code: 'kind-unknown',
        text: 'This is not mail: a PDF.',
      },
      {
        name: 'reports/archive.zip',
        code: 'zip-encrypted',
        text: `The archive is locked with a password.${hostile}`,
      },
    ],
    limits: [
      { code: 'mbox-boundary', at: 'E3', text: `One separator line is ambiguous.${hostile}` },
    ],
  };
}
