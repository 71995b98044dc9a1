import type { LinkSource } from '../../src/core/campaign/index.ts';
import type { MailMessage } from '../../src/core/mail/index.ts';
import type { Random } from './random.ts';

/** What campaigns show of the hands behind them, and whose hands they are. */
export interface LinkedCampaigns {
  readonly sources: readonly LinkSource[];
  /** Campaign to the hand behind it. */
  readonly hands: ReadonlyMap<string, number>;
  /** Values of one hand's own that at least two of its campaigns show: `kind value`. */
  readonly ownValues: ReadonlySet<string>;
  /** Pairs `a b` of one hand's campaigns that show own values of two independent kinds. */
  readonly pairs: ReadonlySet<string>;
}

const CAMPAIGNS = 40;
const MESSAGES = 12;
/** A campaign shows each thing of its hand this often; the rest of the time something common. */
const OWN = 0.75;
/** Campaigns that carry another hand's link, and another's link and file, to point at it. */
const FRAMED_BY_LINK = 3;
const FRAMED_BY_TWO = 3;
/** Pairs of strangers that rent one exit of one VPN. */
const SHARED_EXITS = 2;

const MASS_PROGRAMS = ['Mass Mail 16.0', 'Web Mail 4', 'Phone Mail 14.2'];
const COMMON_HOSTS = ['news.example', 'video.example', 'www.clicks.example', 'bit.ly'];
const FIELDS = ['From', 'To', 'Subject', 'Date', 'Message-ID', 'MIME-Version', 'Content-Type'];

interface Hand {
  readonly ip: string;
  readonly domain: string;
  readonly authenticated: boolean;
  readonly fields: readonly string[];
  readonly idLength: number;
  readonly host: string;
  readonly file: string;
}

/** One campaign's look; every message of it has the same. */
interface Look {
  ip: string;
  domain: string;
  authenticated: boolean;
  program: string | null;
  fields: readonly string[];
  idLength: number;
  hosts: string[];
  files: string[];
}

/**
 * Hands with one to four campaigns, seen through common programs, shared hosts, and planted lies.
 */
export function drawLinkedCampaigns(random: Random): LinkedCampaigns {
  const handOf: number[] = [];
  for (let hand = 0; handOf.length < CAMPAIGNS; hand++) {
    const count = Math.min(CAMPAIGNS - handOf.length, random.chance(0.5) ? 1 : 2 + random.below(3));
    for (let n = 0; n < count; n++) handOf.push(hand);
  }
  const hands = Array.from({ length: CAMPAIGNS }, (_, at) => inventHand(random, at));
  const own = handOf.map(() => new Set<string>());
  const looks = handOf.map((hand, at) => lookOf(random, hands[hand] as Hand, own[at] ?? new Set()));
  lie(random, { handOf, hands, looks });
  return {
    sources: looks.flatMap((look, at) =>
      Array.from({ length: MESSAGES }, (_, n) => messageOf(look, `c${at}`, `c${at}/${n}`)),
    ),
    hands: new Map(handOf.map((hand, at) => [`c${at}`, hand])),
    ...truthOf(handOf, own),
  };
}

function inventHand(random: Random, at: number): Hand {
  return {
    ip: `198.51.100.${at + 1}`,
    domain: `hand${at}.example`,
    authenticated: random.chance(0.5),
    fields: random.shuffled(FIELDS),
    idLength: 1 + random.below(9),
    host: `drop${at}.example`,
    file: String(at).padStart(64, 'a'),
  };
}

function lookOf(random: Random, hand: Hand, own: Set<string>): Look {
  const mine = (kind: string, value: string): boolean => {
    const shown = random.chance(OWN);
    if (shown) own.add(`${kind} ${value}`);
    return shown;
  };
  const script = mine('mailer', `- | ${hand.fields.join(' ').toLowerCase()}`);
  const hasDomain = random.chance(OWN);
  if (hasDomain && hand.authenticated) own.add(`sender-domain ${hand.domain}`);
  return {
    ip: mine('origin-host', hand.ip) ? hand.ip : `203.0.113.${1 + random.below(5)}`,
    domain: hasDomain ? hand.domain : random.pick(['gmail.com', 'party.example']),
    authenticated: hasDomain && hand.authenticated,
    program: script ? null : random.pick(MASS_PROGRAMS),
    fields: script ? hand.fields : FIELDS,
    idLength: hand.idLength,
    hosts: [...(mine('url-host', hand.host) ? [hand.host] : []), random.pick(COMMON_HOSTS)],
    files: [...(mine('attachment', hand.file) ? [hand.file] : []), 'b'.repeat(64)],
  };
}

/** Links that point at somebody else, and rented machines that strangers share. */
function lie(
  random: Random,
  plan: {
    readonly handOf: readonly number[];
    readonly hands: readonly Hand[];
    readonly looks: readonly Look[];
  },
): void {
  const order = random.shuffled(plan.looks.map((_, at) => at));
  const next = (): Look => plan.looks[order.pop() ?? 0] as Look;
  const victim = (): Hand => plan.hands[random.pick(plan.handOf)] as Hand;
  for (let n = 0; n < FRAMED_BY_LINK; n++) next().hosts.push(victim().host);
  for (let n = 0; n < FRAMED_BY_TWO; n++) {
    const [framer, framed] = [next(), victim()];
    framer.hosts.push(framed.host);
    framer.files.push(framed.file);
  }
  for (let n = 0; n < SHARED_EXITS; n++) {
    const exit = `192.0.2.${n + 1}`;
    next().ip = exit;
    next().ip = exit;
  }
}

function messageOf(look: Look, campaign: string, ref: string): LinkSource {
  const fields = look.program === null ? look.fields : [...look.fields, 'X-Mailer'];
  const message = {
    route: [{ ip: look.ip, trusted: true }],
    from: { name: '', address: `info@${look.domain}` },
    messageId: `<${'x'.repeat(look.idLength)}@mail.example>`,
    headers: fields.map((name) => ({ name, value: name === 'X-Mailer' ? look.program : '' })),
    text: `Please see ${look.hosts.map((host) => `https://${host}/a`).join(' and ')} today.`,
    parts: look.files.map((sha256) => ({ disposition: 'attachment', bytes: 900, sha256 })),
  } as unknown as MailMessage;
  return { campaign, ref, message, authenticated: look.authenticated };
}

function truthOf(
  handOf: readonly number[],
  own: readonly ReadonlySet<string>[],
): Pick<LinkedCampaigns, 'ownValues' | 'pairs'> {
  const ownValues = new Set<string>();
  const pairs = new Set<string>();
  for (const [a, mine] of own.entries()) {
    for (const [b, others] of own.entries()) {
      if (b <= a || handOf[a] !== handOf[b]) continue;
      const both = [...mine].filter((value) => others.has(value));
      for (const value of both) ownValues.add(value);
      const kinds = new Set(both.map((value) => value.split(' ')[0]));
      if (kinds.size >= 2) pairs.add([`c${a}`, `c${b}`].sort().join(' '));
    }
  }
  return { ownValues, pairs };
}
