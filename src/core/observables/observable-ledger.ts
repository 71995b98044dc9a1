import type { Limit } from '../base/index.ts';
import {
  type Finding,
  OBSERVABLES_MAX,
  type Observable,
  type ObservableType,
  OCCURRENCES_MAX,
  type Occurrence,
} from './observable.ts';

/** Folds findings by type and value, in order of first finding. Mutable by nature. */
export interface ObservableLedger {
  add(finding: Finding): void;
  list(): readonly Observable[];
  /** What was found and not kept; `path` names the message. */
  limits(path: string): readonly Limit[];
}

/** One row of the ledger. */
interface Row {
  readonly finding: Finding;
  readonly where: Occurrence[];
  count: number;
}

/** `recipients`: addresses in lower case whose appearance makes an observable personal data. */
export function observableLedger(recipients: readonly string[]): ObservableLedger {
  const rows: Row[] = [];
  const known = new Map<ObservableType, Map<string, Row>>();
  const spellings = recipients.flatMap((address) => [address, address.replace('@', '%40')]);
  let unkept = 0;
  const isOfRecipient = (value: string): boolean => {
    const lower = value.toLowerCase();
    return spellings.some((spelling) => lower.includes(spelling));
  };
  return {
    add(finding) {
      let values = known.get(finding.type);
      if (values === undefined) {
        values = new Map();
        known.set(finding.type, values);
      }
      const row = values.get(finding.value);
      if (row !== undefined) {
        row.count += 1;
        if (row.where.length < OCCURRENCES_MAX) row.where.push(finding.occurrence);
      } else if (rows.length >= OBSERVABLES_MAX) unkept += 1;
      else {
        const made = { finding, where: [finding.occurrence], count: 1 };
        values.set(finding.value, made);
        rows.push(made);
      }
    },
    list: () => {
      const ownHosts = hostsOfAddresses(rows, isOfRecipient);
      return rows.map((row) => {
        const { type, value } = row.finding;
        const isOwn = type === 'host' ? isOwnHost(row, ownHosts.get(value)) : isOfRecipient(value);
        return { type, value, ofRecipient: isOwn, where: row.where, occurrences: row.count };
      });
    },
    limits(path) {
      if (unkept === 0) return [];
      const text = `${unkept} further observables were not kept (limit ${OBSERVABLES_MAX}).`;
      return [{ code: 'observables-over-limit', at: path, text }];
    },
  };
}

/** How often recipients' addresses at each host stand in the message. */
function hostsOfAddresses(
  rows: readonly Row[],
  isOfRecipient: (value: string) => boolean,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { finding, count } of rows) {
    const { type, value } = finding;
    if (type !== 'email' || !isOfRecipient(value)) continue;
    const host = value.slice(value.lastIndexOf('@') + 1);
    counts.set(host, (counts.get(host) ?? 0) + count);
  }
  return counts;
}

/** Each address adds its host once: a host that stands oftener was named by something else too. */
const isOwnHost = ({ where, count }: Row, inAddresses: number | undefined): boolean =>
  inAddresses !== undefined &&
  count <= inAddresses &&
  where.every(({ how }) => how.includes('in-address'));
