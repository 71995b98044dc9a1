import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { type PackedRange, packIpTable } from '../src/core/networks/index.ts';
import { ipv6Groups } from '../src/core/observables/index.ts';
import { nodeKernels } from '../src/host/kernels/index.ts';

/**
 * `node tools/networks.ts GEOIP_DIR ASN_DIR` writes the tables of `src/host/networks`.
 *
 * GEOIP_DIR holds `geoip` and `geoip6` of the Tor project (Debian package `tor-geoipdb`), which are
 * an export of the IPFire location database. ASN_DIR is the unpacked npm package
 * `@ip-location-db/asn`. See `src/host/networks/SOURCE.md`.
 */
const OUT = 'src/host/networks';
const NAME_MAX = 60;
const BLOCK_BITS = 80n;

interface Row {
  readonly from: bigint;
  readonly until: bigint;
  readonly label: string;
}

interface Table {
  readonly file: string;
  readonly name: string;
  readonly asOf: string;
  readonly credit: string;
}

function numberOf(address: string): bigint {
  if (/^\d+$/.test(address)) return BigInt(address);
  const groups = address.includes(':')
    ? (ipv6Groups(address) ?? []).map((group) => [group, 65_536n] as const)
    : address.split('.').map((octet) => [Number(octet), 256n] as const);
  return groups.reduce((sum, [part, base]) => sum * base + BigInt(part), 0n);
}

function rowsOf(path: string, label: (columns: string) => string): readonly Row[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [from = '', until = ''] = line.split(',', 2);
      const columns = line.slice(from.length + until.length + 2);
      return { from: numberOf(from), until: numberOf(until), label: label(columns) };
    });
}

/** Whole units only, neighbours that say the same joined, nothing twice. */
function packed(rows: readonly Row[], unit: bigint, labels: Map<string, number>): PackedRange[] {
  const out: [number, number, number][] = [];
  for (const { from, until, label } of rows) {
    if (label === '') continue;
    const before = out.at(-1);
    const first = Math.max(Number((from + (1n << unit) - 1n) >> unit), (before?.[1] ?? -1) + 1);
    const last = Number(((until + 1n) >> unit) - 1n);
    if (first > last) continue;
    const id = labels.get(label) ?? labels.size;
    labels.set(label, id);
    if (before?.[2] === id && before[1] + 1 === first) before[1] = last;
    else out.push([first, last, id]);
  }
  return out;
}

function write(table: Table, ipv4: readonly Row[], ipv6: readonly Row[]): void {
  const labels = new Map<string, number>();
  const parts = { ipv4: packed(ipv4, 0n, labels), ipv6: packed(ipv6, BLOCK_BITS, labels) };
  const columns = [...labels.keys()].map((label) => label.split('\t'));
  const bytes = packIpTable({ ...parts, labels: columns }, nodeKernels, (page) =>
    brotliCompressSync(page, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: page.length } }),
  );
  writeFileSync(join(OUT, table.file), bytes);
  process.stdout.write(
    `${table.file}: ${parts.ipv4.length} IPv4 and ${parts.ipv6.length} IPv6 ranges of ${ipv4.length} and ${ipv6.length} rows, ${labels.size} labels, ${bytes.length} bytes\n`,
  );
}

const unquoted = (text: string): string =>
  text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text;

function network(columns: string): string {
  const [number = ''] = columns.split(',', 1);
  const name = unquoted(columns.slice(number.length + 1));
  return `${number}\t${name.replace(/\s+/g, ' ').slice(0, NAME_MAX)}`;
}

const [geoip, asn] = process.argv.slice(2);
if (geoip === undefined || asn === undefined) throw new Error('name GEOIP_DIR and ASN_DIR');
const generated = /^# Generated: \w+, (.+)$/m.exec(readFileSync(join(geoip, 'geoip'), 'utf8'));
const version = /"version":\s*"\d+\.\d+\.(\d{4})(\d\d)(\d\d)/.exec(
  readFileSync(join(asn, 'package.json'), 'utf8'),
);
if (generated?.[1] === undefined || version === null) throw new Error('a table without its day');
const countries: Table = {
  file: 'countries.pages',
  name: 'IPFire location database',
  asOf: new Date(generated[1]).toISOString().slice(0, 10),
  credit: 'IPFire Project, location.ipfire.org, CC BY-SA 4.0',
};
const networks: Table = {
  file: 'networks.pages',
  name: 'ip-location-db asn',
  asOf: version.slice(1).join('-'),
  credit: 'routeviews.org, the regional registries and db-ip.com, CC BY 4.0',
};
const country = (code: string): string => (code === '??' ? '' : code);
write(countries, rowsOf(join(geoip, 'geoip'), country), rowsOf(join(geoip, 'geoip6'), country));
write(
  networks,
  rowsOf(join(asn, 'asn-ipv4.csv'), network),
  rowsOf(join(asn, 'asn-ipv6.csv'), network),
);
const shown = [countries, networks].map(
  (table) =>
    `  {\n${Object.entries(table)
      .map(([key, value]) => `    ${key}: '${value}',\n`)
      .join('')}  },\n`,
);
writeFileSync(
  join(OUT, 'tables.data.ts'),
  `/** Written by \`node tools/networks.ts\`; sources in SOURCE.md. */\nexport const TABLES = [\n${shown.join('')}] as const;\n`,
);
