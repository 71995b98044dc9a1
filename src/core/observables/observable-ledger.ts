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

/** `recipients`: addresses in lower case whose appearance makes an observable personal data. */
export function observableLedger(recipients: readonly string[]): ObservableLedger {
  const rows: { finding: Finding; where: Occurrence[]; count: number }[] = [];
  const known = new Map<ObservableType, Map<string, (typeof rows)[number]>>();
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
    list: () =>
      rows.map(({ finding: { type, value }, where, count }) => ({
        type,
        value,
        ofRecipient: isOfRecipient(value),
        where,
        occurrences: count,
      })),
    limits(path) {
      if (unkept === 0) return [];
      const text = `${unkept} further observables were not kept (limit ${OBSERVABLES_MAX}).`;
      return [{ code: 'observables-over-limit', at: path, text }];
    },
  };
}
