import { grouped } from '../base/index.ts';
import { wrapped } from '../display/index.ts';
import type { Locate, Observable } from '../observables/index.ts';
import { field, safe, TEXT_COLUMNS } from './examine-lines.ts';

/** Observables that are shown; `--json` has all. */
const OBSERVABLES_SHOWN_MAX = 30;
/** Rows that one class has before the rest of them wait: a flood of one hides no other. */
const OF_ONE_CLASS_MAX = 4;

/** What a message names that can be looked up, in rows for a person. */
export function observableLines(
  observables: readonly Observable[],
  bytesOf: Locate,
): readonly string[] {
  const boundary = boundaryPlace(observables);
  const told = observables.filter((observable) => !isUntold(observable));
  const named = told.filter((observable) => !isRecipientSystem(observable, boundary));
  if (named.length === 0) return [];
  const shown = tellingFirst(named);
  const rows = shown.map(
    (one) =>
      `       ${TYPE_NAMES[one.type].padEnd(13)} ${shownValue(one)}  (${placesOf(one.where)}${firstByte(one.where, bytesOf)}${hiddenIn(one.where)}${protectionIn(one.where)})`,
  );
  const own = told.length - named.length;
  return [
    field(
      'Traces',
      `${TRACES(named.length)} Look them up; block only what is the sender's own.${own > 0 ? ` What the recipient's own mail system wrote of itself is left out (${grouped(own)}; --json has all).` : ''}`,
    ),
    ...rows,
    ...restLine(named, shown),
  ];
}

/**
 * The rows that are shown: by class, those of the first class first, each class in order of place.
 */
function tellingFirst(named: readonly Observable[]): readonly Observable[] {
  const ranked = named.map((one) => ({ one, rank: rankOf(one), isEarly: false }));
  const taken = new Map<number, number>();
  for (const row of ranked) {
    const before = taken.get(row.rank) ?? 0;
    taken.set(row.rank, before + 1);
    row.isEarly = before < OF_ONE_CLASS_MAX;
  }
  const order = (a: (typeof ranked)[number], b: typeof a): number => a.rank - b.rank;
  const late = ranked.filter(({ isEarly }) => !isEarly).sort(order);
  const early = ranked.filter(({ isEarly }) => isEarly).sort(order);
  const shown = [...early, ...late].slice(0, OBSERVABLES_SHOWN_MAX).sort(order);
  return shown.map(({ one }) => one);
}

/**
 * What tells most of an attack stands first: whom it deceives, where money and calls go, who sent
 * it. What a page loads by itself stands last: pictures of a newsletter are many.
 */
function rankOf({ type, where }: Observable): number {
  if (type === 'link-mismatch') return 0;
  if (where.some(({ place }) => place === 'qr-code')) return 1;
  if (type === 'wallet') return 2;
  if (type === 'phone') return 3;
  if (type === 'email') return 4;
  if (where.some(({ place }) => place === 'header' || place === 'hop')) return 5;
  if (type === 'link-detour') return 6;
  if (type === 'file-name') return 7;
  if (where.every(({ place, at }) => place === 'html-attribute' && LOADED.test(at))) return 11;
  if (type === 'url') return 8;
  return type === 'hash' ? 10 : 9;
}

/** Pictures, sounds and styles, as against frames, forms and what sends the reader on. */
const LOADED =
  / (?:img|image|source|video|audio|style|link|input) | (?:background|poster|srcset|style|url)$/;

/** `... 21 more: 12 links, 9 hosts; --json has all`. */
function restLine(named: readonly Observable[], shown: readonly Observable[]): readonly string[] {
  const left = new Map<Observable['type'], number>();
  const isShown = new Set(shown);
  for (const one of named) if (!isShown.has(one)) left.set(one.type, (left.get(one.type) ?? 0) + 1);
  if (left.size === 0) return [];
  const kinds = Object.entries(PLURALS).flatMap(([type, plural]) => {
    const total = left.get(type as Observable['type']);
    if (total === undefined) return [];
    return `${grouped(total)} ${total === 1 ? TYPE_NAMES[type as Observable['type']] : plural}`;
  });
  const total = named.length - shown.length;
  return wrapped(
    `... ${grouped(total)} more: ${kinds.join(', ')}; --json has all`,
    TEXT_COLUMNS,
    '       ',
    '       ',
  );
}

const PLURALS: Readonly<Record<Observable['type'], string>> = {
  'link-mismatch': 'false links',
  wallet: 'wallets',
  phone: 'telephones',
  email: 'e-mails',
  'link-detour': 'links by way',
  'file-name': 'file names',
  url: 'links',
  host: 'hosts',
  ip: 'IP addresses',
  hash: 'file SHA-256s',
  'message-id': 'message ids',
};

const TRACES = (total: number): string =>
  total === 1
    ? 'one address, link or the like stands in this message.'
    : `${grouped(total)} addresses, links and the like stand in this message.`;

const TYPE_NAMES: Readonly<Record<Observable['type'], string>> = {
  url: 'link',
  host: 'host',
  ip: 'IP address',
  email: 'e-mail',
  phone: 'telephone',
  wallet: 'wallet',
  hash: 'file SHA-256',
  'file-name': 'file name',
  'message-id': 'message id',
  'link-mismatch': 'false link',
  'link-detour': 'link by way',
};

/** Which site the words name, and what is known of where they lead. */
function shownValue({ type, value }: Observable): string {
  if (type !== 'link-detour') return safe(value);
  const [named = '', through = ''] = value.split(' -> ');
  return `${safe(named)} goes by way of ${safe(through)}: where it ends is not shown`;
}

/**
 * Where the record begins that took the message over from outside: the oldest of the recipient's
 * side.
 */
const boundaryPlace = (observables: readonly Observable[]): number =>
  observables
    .flatMap(({ where }) => where)
    .reduce(
      (last, { place, side, offset }) =>
        place === 'hop' && side === 'recipient' ? Math.max(last, offset) : last,
      -1,
    );

/** Written by the recipient's mail system of itself, not of the host that handed the message in. */
const isRecipientSystem = ({ where }: Observable, boundary: number): boolean =>
  where.every(
    ({ at, side, offset }) => side === 'recipient' && (at === 'by' || offset !== boundary),
  );

/**
 * The recipient's or reporter's address, a host that it alone names, and the ids that only machines
 * look up.
 */
const isUntold = ({ type, ofRecipient }: Observable): boolean =>
  type === 'message-id' || ((type === 'email' || type === 'host') && ofRecipient);

/** Where the first place that has bytes of its own in the file begins. */
function firstByte(where: Observable['where'], bytesOf: Locate): string {
  for (const seen of where) {
    const { offset } = bytesOf(seen);
    if (offset !== null) return `; byte ${grouped(offset)}`;
  }
  return '';
}

/** Said where an address holds what a reader does not see. */
function hiddenIn(where: Observable['where']): string {
  const how = where.flatMap((one) => one.how);
  if (!how.includes('hidden-character')) return '';
  return how.includes('as-shown')
    ? '; as shown: what was sent has a hidden character'
    : '; hidden character';
}

/** The service stands before every link of an office: to block it breaks the office's mail. */
const protectionIn = (where: Observable['where']): string =>
  where.some(({ how }) => how.includes('link-protection'))
    ? '; link protection, never to be blocked'
    : '';

const placesOf = (where: Observable['where']): string =>
  [...new Set(where.map(({ place, at }) => (place === 'header' ? safe(at) : place)))]
    .slice(0, 4)
    .join(', ');
