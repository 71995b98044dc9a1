import { canonicalJson, type Json, type Kernels } from '../../core/base/index.ts';
import type { AuditPage, FactRow, LoggedRecord } from '../ports/index.ts';
import type { ProblemList } from './verify-problem.ts';

type Fields = { readonly [name: string]: Json | undefined };

/** A finding that a leaf vouches for, and whose stored output is what was hashed. */
export interface VerifiedFinding {
  readonly index: number;
  readonly key: string;
  readonly outputDigest: string;
  readonly derivation: Fields;
}

/**
 * Compares the tables with the leaves, both ways: each leaf has its row, each row its leaf, and
 * they say the same.
 */
export class RowVerifier {
  readonly #kernels: Kernels;
  readonly #problems: ProblemList;
  readonly #onFinding: (finding: VerifiedFinding) => void;
  /** Every exhibit that a leaf speaks of, with its length in bytes. */
  readonly exhibits = new Map<string, number>();
  readonly #exhibitRows = new Map<string, Fields>();
  readonly counts = { custody: 0, finding: 0, act: 0 };

  constructor(
    kernels: Kernels,
    problems: ProblemList,
    onFinding: (finding: VerifiedFinding) => void,
  ) {
    this.#kernels = kernels;
    this.#problems = problems;
    this.#onFinding = onFinding;
  }

  /** `sound`: the page's leaves whose bodies can be believed. */
  add(page: AuditPage, sound: ReadonlyMap<number, LoggedRecord>): void {
    for (const rows of page.unreadable) this.#problems.add({ code: 'rows-unreadable', ...rows });
    const leafPlaces = new Set(page.leaves.map(({ index }) => index));
    const rows = new Map<string, FactRow>();
    for (const row of page.rows) {
      rows.set(`${row.table} ${row.index}`, row);
      if (row.table === 'exhibit') this.#exhibitRows.set(String(row.fields['digest']), row.fields);
      const isLogged = leafPlaces.has(row.index) || isTold(page, 'log_leaf', row.index);
      if (!isLogged) this.#addRowProblem(row);
    }
    for (const [index, leaf] of sound) {
      const body = parseBody(leaf);
      if (body === null) this.#problems.add({ code: 'leaf-malformed', index });
      else this.#compareLeaf({ index, body }, rows, page);
    }
  }

  #compareLeaf(
    { index, body }: { readonly index: number; readonly body: Fields },
    rows: ReadonlyMap<string, FactRow>,
    page: AuditPage,
  ): void {
    const { record, version: _, ...fields } = body;
    const table = record as keyof RowVerifier['counts'];
    this.counts[table] += 1;
    const expected = table === 'custody' ? this.#custodyFields(index, fields, page) : fields;
    const name = nameOf(table, expected);
    const row = rows.get(`${table} ${index}`);
    if (row === undefined && !isTold(page, table, index)) {
      this.#problems.add({ code: 'row-missing', table, index, name });
    }
    if (row !== undefined && !sameFields(row.fields, expected)) {
      this.#problems.add({ code: 'row-differs', table, index, name });
    }
    if (row !== undefined && table === 'finding') this.#compareOutput(index, expected, row);
    this.#findStrays(index, { table, exhibit: String(expected['exhibit']) }, rows);
  }

  /**
   * The leaf holds the exhibit whole; its row names it by digest, and the exhibit has its own row.
   */
  #custodyFields(index: number, fields: Fields, page: AuditPage): Fields {
    const exhibit = fields['exhibit'] as Fields;
    const digest = String(exhibit['digest']);
    const isFirst = !this.exhibits.has(digest);
    this.exhibits.set(digest, Number(exhibit['bytes']));
    const row = this.#exhibitRows.get(digest);
    if (row === undefined) {
      if (isFirst && !isTold(page, 'exhibit', index)) {
        this.#problems.add({ code: 'row-missing', table: 'exhibit', index, name: digest });
      }
    } else if (isFirst && !sameFields(row, exhibit)) {
      this.#problems.add({ code: 'row-differs', table: 'exhibit', index, name: digest });
    }
    return { ...fields, exhibit: digest };
  }

  #compareOutput(index: number, leaf: Fields, { output }: FactRow): void {
    const { key, outputDigest, ...derivation } = leaf;
    const found = this.#kernels.sha256(this.#kernels.encode(output ?? ''));
    if (found !== outputDigest) {
      this.#problems.add({ code: 'output-altered', finding: String(key), index });
      return;
    }
    this.#onFinding({ index, key: String(key), outputDigest: found, derivation });
  }

  /** Rows at a place whose leaf records something else. */
  #findStrays(
    index: number,
    leaf: { readonly table: string; readonly exhibit: string },
    rows: ReadonlyMap<string, FactRow>,
  ): void {
    for (const table of TABLES) {
      const row = rows.get(`${table} ${index}`);
      const isExhibitOfLeaf =
        leaf.table === 'custody' && row?.fields['digest'] === leaf.exhibit && table === 'exhibit';
      if (row !== undefined && table !== leaf.table && !isExhibitOfLeaf) {
        this.#addRowProblem(row);
      }
    }
  }

  #addRowProblem({ table, index, fields }: FactRow): void {
    this.#problems.add({ code: 'row-unlogged', table, index, name: nameOf(table, fields) });
  }
}

const TABLES: readonly FactRow['table'][] = ['exhibit', 'custody', 'finding', 'act'];

const isTold = (page: AuditPage, table: string, index: number): boolean =>
  page.unreadable.some((rows) => rows.table === table && rows.from <= index && index <= rows.to);

const nameOf = (table: FactRow['table'], fields: Fields): string =>
  String(
    fields[{ exhibit: 'digest', custody: 'exhibit', finding: 'key', act: 'none' }[table]] ?? '',
  );

const sameFields = (one: Fields, other: Fields): boolean =>
  canonicalJson(one) === canonicalJson(other);

/** Null for a body that no writer of ours makes, or whose leaf says another kind. */
function parseBody({ kind, body }: LoggedRecord): Fields | null {
  try {
    const parsed = JSON.parse(body);
    const isOurs = parsed.version === 1 && parsed.record === kind && isKnown(parsed);
    return isOurs ? parsed : null;
  } catch {
    return null;
  }
}

const isKnown = ({ record, exhibit }: { readonly record: unknown; readonly exhibit: unknown }) =>
  record === 'finding' || record === 'act' || (record === 'custody' && Object(exhibit) === exhibit);
