import { grouped } from '../base/index.ts';
import type { Locate, Observable } from '../observables/index.ts';
import { field, safe } from './examine-lines.ts';

/** Observables that are shown; `--json` has all. */
const OBSERVABLES_SHOWN_MAX = 30;

/** What a message names that can be looked up, in rows for a person. */
export function observableLines(
  observables: readonly Observable[],
  bytesOf: Locate,
): readonly string[] {
  const boundary = boundaryPlace(observables);
  const told = observables.filter((observable) => !isUntold(observable));
  const named = told.filter((observable) => !isRecipientSystem(observable, boundary));
  if (named.length === 0) return [];
  const rows = named
    .slice(0, OBSERVABLES_SHOWN_MAX)
    .map(
      (one) =>
        `       ${TYPE_NAMES[one.type].padEnd(13)} ${shownValue(one)}  (${placesOf(one.where)}${firstByte(one.where, bytesOf)}${hiddenIn(one.where)}${protectionIn(one.where)})`,
    );
  const rest = named.length - OBSERVABLES_SHOWN_MAX;
  const own = told.length - named.length;
  return [
    field(
      'Traces',
      `${TRACES(named.length)} Look them up; block only what is the sender's own.${own > 0 ? ` What the recipient's own mail system wrote of itself is left out (${grouped(own)}; --json has all).` : ''}`,
    ),
    ...rows,
    ...(rest > 0 ? [`       ... ${grouped(rest)} more observables: --json has all`] : []),
  ];
}

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

/** Where the record begins that took the message over from outside: the oldest of the recipient's side. */
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
