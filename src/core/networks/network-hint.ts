import type { IpTable } from './ip-table.ts';

/** A table of address ranges, and how old it is. */
export interface NetworkTable {
  readonly name: string;
  /** Day of the table (`2026-06-17`), or of its file where it does not say. */
  readonly asOf: string;
  /** Whose data it is and under which licence; empty for a table of the operator. */
  readonly credit: string;
  readonly table: IpTable;
}

/**
 * What one table says of one address: a hint for a person, never part of a verdict.
 *
 * Tables disagree (src/host/networks/SOURCE.md), so each is shown apart.
 */
export interface NetworkHint {
  readonly table: string;
  /** Day of the table. */
  readonly asOf: string;
  /** Autonomous system; null in a table of countries. */
  readonly asNumber: number | null;
  readonly network: string | null;
  /** ISO 3166-1 alpha-2; null in a table of networks. */
  readonly country: string | null;
}

/** Hints for one address, one for each table that holds it. */
export function networkHints(ip: string, tables: readonly NetworkTable[]): readonly NetworkHint[] {
  return tables.flatMap(({ name, asOf, table }) => {
    const columns = table.find(ip);
    if (columns === null) return [];
    const number = columns.find((column) => /^(?:AS)?\d{1,10}$/i.test(column));
    const country = columns.find((column) => /^[A-Z]{2}$/.test(column));
    const network = columns.findLast((column) => column !== number && column !== country);
    return [
      {
        table: name,
        asOf,
        asNumber: number === undefined ? null : Number(number.replace(/^AS/i, '')),
        network: network === undefined || network === '' ? null : network,
        country: country ?? null,
      },
    ];
  });
}
