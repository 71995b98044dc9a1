import { fail, isRecord, ok, parseRecord, type Result } from '../base/index.ts';
import { fieldsNamed, type RollField } from './fields.ts';

/**
 * Columns that make one field, joined by a blank: header names (`A|B`: either) or numbers from 1.
 */
export type ColumnSource = readonly (string | number)[];

/** How a file of a roll is laid out. A mapping file holds the same as JSON. */
export interface RollLayout {
  readonly id: string;
  /** USPS code of the state; null for a mapping that any jurisdiction may use. */
  readonly jurisdiction: string | null;
  /** Delimiters that such files come with, the usual first. */
  readonly delimiters: readonly string[];
  /** Values may stand in double quotes (RFC 4180). */
  readonly quoted: boolean;
  readonly header: boolean;
  readonly encoding: 'utf-8' | 'latin-1';
  /** How many columns a row may have; null for any number. */
  readonly columns: { readonly min: number; readonly max: number } | null;
  readonly fields: { readonly [field in RollField]?: ColumnSource };
  /** Rows that withhold what a law protects: `column` holds `value` (counted, never shown). */
  readonly withheld: { readonly column: string | number; readonly value: string } | null;
}

/** Why the columns of a roll cannot be told. */
export type LayoutFailure =
  | { readonly code: 'layout-unknown'; readonly layoutId: string }
  | { readonly code: 'layout-columns'; readonly wanted: string; readonly found: number }
  | { readonly code: 'layout-column-missing'; readonly column: string }
  | { readonly code: 'layout-field-missing'; readonly field: string }
  | { readonly code: 'mapping-malformed'; readonly rule: string };

/** Where each field stands in a row: places from 0. */
export interface ResolvedLayout {
  readonly layout: RollLayout;
  readonly delimiter: string;
  readonly width: number;
  /**
   * Values stand between blanks: trimming every value of a large file is dear, so it is said here.
   */
  readonly padded: boolean;
  readonly places: ReadonlyMap<RollField, readonly number[]>;
}

/** Cells of a line that hold no delimiter in quotes; enough for headers and first rows. */
export const cellsOf = (line: string, delimiter: string): readonly string[] =>
  line
    .replace(/^\uFEFF/, '')
    .replace(/\r$/, '')
    .split(delimiter)
    .map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));

/** Whether some value of these lines has a blank at its begin or end. */
export const isPadded = (lines: readonly string[], delimiter: string): boolean =>
  lines.some((line) =>
    line
      .replace(/\r$/, '')
      .split(delimiter)
      .some((cell) => cell.startsWith(' ') || cell.endsWith(' ')),
  );

/**
 * Fits a layout to a file by its first line.
 *
 * Fails when the number of columns is another one or a named column is not in the header: a file
 * that is read by the wrong layout gives wrong people, not an error, so nothing is guessed here.
 */
export function resolveLayout(
  layout: RollLayout,
  firstLine: string,
): Result<ResolvedLayout, LayoutFailure> {
  const delimiter = usualDelimiter(layout.delimiters, firstLine);
  const cells = cellsOf(firstLine, delimiter);
  const { columns } = layout;
  if (columns !== null && (cells.length < columns.min || cells.length > columns.max)) {
    const wanted =
      columns.min === columns.max ? String(columns.min) : `${columns.min} to ${columns.max}`;
    return fail({ code: 'layout-columns', wanted, found: cells.length });
  }
  const places = new Map<RollField, readonly number[]>();
  for (const [field, source] of Object.entries(layout.fields)) {
    const found: number[] = [];
    for (const column of source) {
      const place = placeOf(column, cells);
      if (place === null) return fail({ code: 'layout-column-missing', column: String(column) });
      found.push(place);
    }
    places.set(field as RollField, found);
  }
  for (const field of ['FirstName', 'LastName'] as const) {
    if (!places.has(field)) return fail({ code: 'layout-field-missing', field });
  }
  return ok({ layout, delimiter, width: cells.length, padded: false, places });
}

const usualDelimiter = (delimiters: readonly string[], line: string): string =>
  delimiters.find((delimiter) => line.includes(delimiter)) ?? delimiters[0] ?? ',';

function placeOf(column: string | number, cells: readonly string[]): number | null {
  if (typeof column === 'number') return column <= cells.length ? column - 1 : null;
  for (const name of column.split('|')) {
    const place = cells.findIndex((cell) => cell.toLowerCase() === name.toLowerCase());
    if (place !== -1) return place;
  }
  return null;
}

const DELIMITERS = [',', '\t', '|', ';'];

/**
 * Reads a mapping file: `{"id","delimiter","header","encoding","fields":{"FirstName":"col"}}`.
 * A field's source is a column name, a number from 1, or a list of those.
 */
export function parseMapping(text: string): Result<RollLayout, LayoutFailure> {
  const malformed = (rule: string): Result<never, LayoutFailure> =>
    fail({ code: 'mapping-malformed', rule });
  const parsed = parseRecord(text);
  if (!parsed.ok) return malformed(parsed.failure);
  const { value } = parsed;
  if (typeof value['id'] !== 'string' || value['id'] === '') return malformed('id is a name');
  const delimiter = value['delimiter'] ?? ',';
  if (typeof delimiter !== 'string' || !DELIMITERS.includes(delimiter)) {
    return malformed('delimiter is a comma, tab, bar or semicolon');
  }
  const encoding = value['encoding'] ?? 'utf-8';
  if (encoding !== 'utf-8' && encoding !== 'latin-1')
    return malformed('encoding is utf-8 or latin-1');
  if (!isRecord(value['fields'])) return malformed('fields is an object');
  const fields: { [field in RollField]?: ColumnSource } = {};
  for (const [name, source] of Object.entries(value['fields'])) {
    const [field, more] = fieldsNamed(name);
    if (field === undefined || more !== undefined) return malformed(`fields.${name} is a field`);
    const columns = columnsOf(source);
    if (columns === null) return malformed(`fields.${name} names columns`);
    fields[field] = columns;
  }
  return ok({
    id: value['id'],
    jurisdiction: typeof value['jurisdiction'] === 'string' ? value['jurisdiction'] : null,
    delimiters: [delimiter],
    quoted: value['quoted'] !== false,
    header: value['header'] !== false,
    encoding,
    columns: null,
    fields,
    withheld: null,
  });
}

function columnsOf(source: unknown): ColumnSource | null {
  const list: readonly unknown[] = Array.isArray(source) ? source : [source];
  const fits = (column: unknown): column is string | number =>
    (typeof column === 'string' && column !== '') ||
    (typeof column === 'number' && Number.isInteger(column) && column >= 1);
  return list.length > 0 && list.every(fits) ? list : null;
}
