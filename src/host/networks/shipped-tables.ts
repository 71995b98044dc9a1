import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { assert } from '../../core/base/index.ts';
import { type IpTable, type NetworkTable, unpackIpTable } from '../../core/networks/index.ts';
import { nodeKernels } from '../kernels/index.ts';
import { TABLES } from './tables.data.ts';

/** The tables that come with Tocsin, each read as far as the addresses need that are looked up. */
export const shippedTables = (): readonly NetworkTable[] =>
  TABLES.map(({ file, name, asOf, credit }) => {
    let read: IpTable | null = null;
    return {
      name,
      asOf,
      credit,
      get table() {
        read ??= unpacked(file);
        return read;
      },
    };
  });

function unpacked(file: string): IpTable {
  const packed = readFileSync(join(import.meta.dirname, file));
  const table = unpackIpTable(packed, nodeKernels, brotliDecompressSync);
  assert(table !== null, `${file} is no table of addresses`);
  return table;
}
