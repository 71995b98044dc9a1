import { IpRanges, wordsOf } from './ip-ranges.ts';

/** Ranges of addresses with what a table says of them, searched in logarithmic time. */
export interface IpTable {
  readonly ranges: number;
  /** Rows that are no range, or that overlap or break the order: not searched. */
  readonly unread: number;
  /**
   * The columns behind the range, as the table writes them; null where no range holds the address.
   */
  find(ip: string): readonly string[] | null;
}

/** Rows of one table; all routed networks of 2026 are under 600,000. */
const IP_RANGES_MAX = 4_000_000;

/**
 * Reads a table of ranges: CSV or TSV rows of first address, last address, then any columns.
 *
 * Addresses stand as text or as whole numbers (IPv4 under 2^32), in rising order, as routing
 * tables are published. Both families may stand in one table. Rows are kept in typed arrays:
 * 12 bytes for an IPv4 range, 36 for IPv6, each different set of columns once.
 */
export function readIpTable(text: string): IpTable {
  const families: IpFamilies = { 1: new IpRanges(1), 4: new IpRanges(4) };
  const labels = createLabels();
  let [unread, rows] = [0, 0];
  for (let at = 0; at < text.length && rows < IP_RANGES_MAX; rows += 1) {
    const stop = text.indexOf('\n', at);
    const end = stop < 0 ? text.length : stop;
    const line = text.charCodeAt(end - 1) === 13 ? text.slice(at, end - 1) : text.slice(at, end);
    at = end + 1;
    if (line === '' || line.startsWith('#')) continue;
    if (!addRow(line, families, labels)) unread += 1;
  }
  return {
    ranges: families[1].size + families[4].size,
    unread,
    find(ip) {
      const words = wordsOf(ip);
      if (words === null) return null;
      const id = families[words.length === 1 ? 1 : 4].find(words);
      return id === null ? null : labels.columns(id);
    },
  };
}

/** False where the line is no range, or one out of order. */
function addRow(line: string, families: IpFamilies, labels: Labels): boolean {
  const mark = line.includes('\t') ? '\t' : ',';
  const first = line.indexOf(mark);
  const second = line.indexOf(mark, first + 1);
  if (first < 0 || second < 0) return false;
  const from = wordsOf(unquoted(line.slice(0, first)));
  const until = from === null ? null : wordsOf(unquoted(line.slice(first + 1, second)));
  if (from === null || until === null || from.length !== until.length) return false;
  const id = labels.idOf(line.slice(second + 1), mark);
  return families[from.length === 1 ? 1 : 4].push(from, until, id);
}

interface Labels {
  /** A number for what stands behind a range; the same text has the same one. */
  idOf(label: string, mark: string): number;
  columns(id: number): readonly string[] | null;
}

function createLabels(): Labels {
  const ids = new Map<string, number>();
  const columns: (readonly string[])[] = [];
  return {
    idOf(label, mark) {
      const known = ids.get(label);
      if (known !== undefined) return known;
      ids.set(label, columns.length);
      return columns.push(splitColumns(label, mark)) - 1;
    },
    columns: (id) => columns[id] ?? null,
  };
}

const unquoted = (text: string): string => (text.startsWith('"') ? text.slice(1, -1) : text);

/** Columns of RFC 4180: quotes may hold the mark. */
function splitColumns(label: string, mark: string): readonly string[] {
  if (!label.includes('"')) return label.split(mark);
  const columns: string[] = [];
  for (const hit of `${mark}${label}`.matchAll(/[,\t](?:"((?:[^"]|"")*)"|([^,\t]*))/g))
    columns.push((hit[1] ?? hit[2] ?? '').replace(/""/g, '"'));
  return columns;
}

/** Both families of a table, by the words of their addresses. */
interface IpFamilies {
  readonly 1: IpRanges;
  readonly 4: IpRanges;
}
