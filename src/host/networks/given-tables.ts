import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type NetworkTable, readIpTable } from '../../core/networks/index.ts';
import { shippedTables } from './shipped-tables.ts';

/**
 * What `--networks` names: files of the operator (`FILE[,FILE...]`, each CSV or TSV of address
 * ranges), `none`, or without it the tables that come with Tocsin.
 */
export function networkTables(
  option: string | null,
): readonly NetworkTable[] | { readonly wrongUse: string } {
  if (option === null) return shippedTables();
  if (option === 'none') return [];
  const tables: NetworkTable[] = [];
  for (const file of option.split(',')) {
    const read = readTable(file);
    if (read === null) return { wrongUse: `"${file}" is no table of address ranges` };
    tables.push(read);
  }
  return tables;
}

function readTable(file: string): NetworkTable | null {
  try {
    const table = readIpTable(readFileSync(file, 'utf8'));
    if (table.ranges === 0) return null;
    return { name: basename(file), asOf: dayOf(file), credit: '', table };
  } catch {
    return null;
  }
}

/**
 * How old a table is: the date in the version of the package that it lies in (tables on npm are
 * published as `2.3.20260617...`), else the day on which the file was written.
 */
function dayOf(file: string): string {
  const sheet = join(dirname(file), 'package.json');
  const stated = existsSync(sheet)
    ? /"version":\s*"\d+\.\d+\.(20\d\d)(\d\d)(\d\d)\d*"/.exec(readFileSync(sheet, 'utf8'))
    : null;
  if (stated !== null) return stated.slice(1).join('-');
  return `file of ${statSync(file).mtime.toISOString().slice(0, 10)}`;
}
