import { compareText } from '../base/index.ts';
/** What two campaigns can have in common beside their words. */
export type LinkKind =
  | 'origin-host'
  | 'sender-domain'
  | 'subject'
  | 'mailer'
  | 'message-id-shape'
  | 'url-host'
  | 'url-path'
  | 'attachment';

/** One value that one reported original shows; only originals and trusted hops give facts. */
export interface LinkFact {
  readonly campaign: string;
  readonly kind: LinkKind;
  /** Address, domain, skeleton, digest: compared as it stands. */
  readonly value: string;
  /** What a report may show of it, where it can hold a reader's name; else all. */
  readonly shown?: string;
  /** The message that shows it. */
  readonly message: string;
  /** For a sender domain: DKIM or SPF vouches for it. */
  readonly authenticated?: boolean;
  /** Known to serve many senders: webmail, mailing service, shortener, forwarder's relay. */
  readonly shared?: boolean;
}

/** A value that several campaigns show. */
export interface CampaignLink {
  readonly kind: LinkKind;
  /** As it may be shown: two different values can look alike. */
  readonly value: string;
  readonly strength: 'strong' | 'weak';
  /** log2(campaigns / campaigns that show the value): bits of surprise. */
  readonly weight: number;
  /** A sentence for a person. */
  readonly why: string;
  /** Sorted. */
  readonly campaigns: readonly string[];
  /** The messages that show it, in the order given. */
  readonly from: readonly string[];
}

/**
 * Campaigns that two strong, rare, independent links of different kinds hold together, one of them
 * of a kind that can not be copied out of a message.
 */
export interface JoinedCampaigns {
  readonly campaigns: readonly [string, string];
  readonly by: readonly CampaignLink[];
}

/** What ties campaigns together, and which are one actor's by it. */
export interface LinkAnswer {
  /** Held by two campaigns or more; strong first, then by weight. */
  readonly links: readonly CampaignLink[];
  readonly joined: readonly JoinedCampaigns[];
}

/** A value in so many campaigns or fewer is rare whatever the total. */
const RARE_CAMPAIGNS = 2;
/** Beyond that, one that an eighth of the campaigns show. */
const RARE_WEIGHT = 3;
/** Held by more campaigns, a value joins nothing: pairs would grow with the square. */
const PAIRS_MAX = 20;
/** Mailbox providers where anybody gets an address. */
const FREE_MAIL = new Set(
  (
    'gmail.com googlemail.com yahoo.com ymail.com outlook.com hotmail.com live.com msn.com aol.com icloud.com ' +
    'me.com proton.me protonmail.com gmx.com gmx.de gmx.net web.de mail.com mail.ru yandex.ru zoho.com tutanota.com ' +
    'comcast.net verizon.net att.net'
  ).split(' '),
);
const SHORTENERS = new Set(
  'bit.ly tinyurl.com t.co goo.gl ow.ly is.gd buff.ly cutt.ly rebrand.ly lnkd.in tiny.cc rb.gy shorturl.at'.split(
    ' ',
  ),
);
/** RFC 1918, RFC 6598, RFC 4193, loopback and link-local: every network has them. */
const PRIVATE =
  /^(?:10\.|127\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd][0-9a-f]{2}:|fe80:|::1$)/i;
/**
 * A value that fewer of a campaign's messages show is a machine or file that they met by chance: a
 * large provider sends for strangers from the same pool.
 */
const CARRIED_SHARE = 0.2;
/** A subject of fewer words says nothing. */
const SUBJECT_WORDS_MIN = 4;

/**
 * Links between campaigns, each with its strength and how common it is; weak ones are shown and
 * never merge. `campaigns` is the number of all, linked or not.
 */
export function linkCampaigns(facts: readonly LinkFact[], campaigns: number): LinkAnswer {
  const shown = messagesByKind(facts);
  const links = [...byValue(facts).values()]
    .filter((group) => new Set(group.map(({ campaign }) => campaign)).size > 1)
    .map((group) => linkOf(group, { total: campaigns, carriers: carriersOf(group, shown) }))
    .sort(
      (a, b) =>
        Number(b.strength === 'strong') - Number(a.strength === 'strong') ||
        b.weight - a.weight ||
        compareText(a.kind + a.value, b.kind + b.value),
    );
  const telling = withoutOwnPaths(links);
  return { links: telling, joined: joinedBy(telling) };
}

/**
 * A path says more than its host only where strangers share the host: a shortener, a file store.
 */
function withoutOwnPaths(links: readonly CampaignLink[]): readonly CampaignLink[] {
  const own = new Set(
    links.flatMap(({ kind, strength, value }) =>
      kind === 'url-host' && strength === 'strong' ? [value] : [],
    ),
  );
  return links.filter(
    ({ kind, value }) => kind !== 'url-path' || !own.has(value.split('/', 1)[0] ?? ''),
  );
}

function byValue(facts: readonly LinkFact[]): ReadonlyMap<string, readonly LinkFact[]> {
  const groups = new Map<string, LinkFact[]>();
  for (const fact of facts) {
    if (isVoid(fact)) continue;
    const key = `${fact.kind} ${fact.value}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [fact]);
    else group.push(fact);
  }
  return groups;
}

function isVoid({ kind, value }: LinkFact): boolean {
  if (value === '') return true;
  if (kind === 'origin-host') return PRIVATE.test(value);
  return kind === 'subject' && value.split(' ').length < SUBJECT_WORDS_MIN;
}

const kindKey = ({ campaign, kind }: LinkFact): string => `${kind} ${campaign}`;

/** How many messages of each campaign show anything of each kind. */
function messagesByKind(facts: readonly LinkFact[]): ReadonlyMap<string, number> {
  const messages = Map.groupBy(facts, kindKey);
  return new Map([...messages].map(([key, group]) => [key, messageCount(group)]));
}

const messageCount = (group: readonly LinkFact[]): number =>
  new Set(group.map(({ message }) => message)).size;

/** Campaigns of which a good part shows the value. */
const carriersOf = (group: readonly LinkFact[], shown: ReadonlyMap<string, number>): number =>
  [...Map.groupBy(group, kindKey)].filter(
    ([key, own]) => messageCount(own) >= CARRIED_SHARE * (shown.get(key) ?? 0),
  ).length;

function linkOf(
  group: readonly LinkFact[],
  { total, carriers }: { readonly total: number; readonly carriers: number },
): CampaignLink {
  const [first] = group as readonly [LinkFact, ...LinkFact[]];
  const campaigns = [...new Set(group.map(({ campaign }) => campaign))].sort();
  const weight = Math.log2(Math.max(total, campaigns.length) / campaigns.length);
  const rare = campaigns.length <= RARE_CAMPAIGNS || weight >= RARE_WEIGHT;
  const doubt =
    doubtOf(group, first) ?? (carriers < 2 ? 'only a few of their messages show it' : null);
  return {
    kind: first.kind,
    value: first.shown ?? first.value,
    strength: rare && doubt === null ? 'strong' : 'weak',
    weight,
    why: `Shown by ${campaigns.length} of ${total} campaigns; ${doubt ?? (rare ? 'rare, and one hand’s own as a rule' : 'too common to tell them apart')}.`,
    campaigns,
    from: [...new Set(group.map(({ message }) => message))],
  };
}

/** Why a value of this kind does not tell one hand; null where it does. */
function doubtOf(group: readonly LinkFact[], { kind, value }: LinkFact): string | null {
  if (group.some(({ shared }) => shared === true)) return 'it serves many senders';
  switch (kind) {
    case 'sender-domain':
      if (FREE_MAIL.has(value)) return 'anybody gets an address there';
      return group.every(({ authenticated }) => authenticated === true)
        ? null
        : 'not authenticated, so anybody can write it';
    case 'url-host':
      return SHORTENERS.has(value) ? 'a link shortener' : null;
    case 'subject':
      return 'wording, which is counted already';
    case 'message-id-shape':
      return 'programs share it';
    case 'origin-host':
    case 'mailer':
    case 'url-path':
    case 'attachment':
      return null;
  }
}

function joinedBy(links: readonly CampaignLink[]): readonly JoinedCampaigns[] {
  const pairs = new Map<string, { campaigns: readonly [string, string]; by: CampaignLink[] }>();
  for (const link of links) {
    if (link.strength !== 'strong' || link.campaigns.length > PAIRS_MAX) continue;
    link.campaigns.forEach((a, at) => {
      for (const b of link.campaigns.slice(at + 1)) {
        const key = JSON.stringify([a, b]);
        const pair = pairs.get(key) ?? { campaigns: [a, b] as const, by: [] };
        pairs.set(key, pair);
        pair.by.push(link);
      }
    });
  }
  return [...pairs.values()]
    .filter(({ by }) => independent(by) >= 2 && by.some(({ kind }) => UNCOPIED.has(kind)))
    .sort((a, b) => compareText(a.campaigns.join(' '), b.campaigns.join(' ')));
}

/**
 * What another hand can not write: the client that the recipient's own server recorded, and a
 * domain that a signature vouches for. All else can be copied out of one received message, links
 * and files first, to lay a campaign at another's door.
 */
const UNCOPIED: ReadonlySet<LinkKind> = new Set(['origin-host', 'sender-domain']);

/** Kinds that stand on their own: one domain as sender and as URL is one fact, not two. */
function independent(links: readonly CampaignLink[]): number {
  const domains = links.filter(({ kind }) => kind === 'sender-domain');
  const own = links.filter(
    ({ kind, value }) =>
      kind !== 'url-host' ||
      !domains.some((domain) => value === domain.value || value.endsWith(`.${domain.value}`)),
  );
  const kinds = new Set(own.map(({ kind }) => (kind === 'url-path' ? 'url-host' : kind)));
  return kinds.size;
}

/**
 * A Message-ID's shape: runs of digits `9`, of hex `f`, of other letters `a`, with their lengths up
 * to 9; the domain is left out. Senders' scripts differ in it.
 */
export function messageIdShape(messageId: string): string {
  const local = messageId.replace(/^</, '').split('@')[0]?.slice(0, 200) ?? '';
  return local.replace(/[A-Za-z0-9]+/g, (run) => {
    const kind = /^\d+$/.test(run) ? '9' : /^[0-9a-fA-F]+$/.test(run) ? 'f' : 'a';
    return kind + Math.min(9, run.length);
  });
}
