import type { StrataDimensions } from '../../core/exposure/index.ts';
import type { ResolvedLayout, RollField } from '../../core/roll/index.ts';
import { literal } from './engine.ts';

/** A table function call that reads the file as it is: every value a text, every row whole. */
export function scanOf(path: string, { layout, delimiter, width }: ResolvedLayout): string {
  const columns = Array.from({ length: width }, (_, at) => `'c${at}': 'VARCHAR'`).join(', ');
  const quote = layout.quoted ? '"' : '';
  return `read_csv(${literal(path)}, auto_detect = false, header = ${layout.header},
    delim = ${literal(delimiter)}, quote = ${literal(quote)}, escape = ${literal(quote)},
    columns = {${columns}}, strict_mode = true, null_padding = false, ignore_errors = false,
    encoding = ${literal(layout.encoding)})`;
}

/** The column of a field as SQL; an empty text where the layout has none. */
export function columnOf({ places }: ResolvedLayout, field: RollField): string {
  const columns = places.get(field);
  if (columns === undefined) return "''";
  const [only] = columns;
  if (columns.length === 1) return `coalesce(c${only}, '')`;
  return `concat_ws(' ', ${columns.map((at) => `nullif(trim(c${at}), '')`).join(', ')})`;
}

/** The cheap keys of a roll row, which blocking and counting rest on. */
export function keyColumns(layout: ResolvedLayout): string {
  const column = (field: RollField): string => columnOf(layout, field);
  const line = `line_text(${column('ResidenceAddress.Line')})`;
  return `name_key(${column('FirstName')}) AS first, name_key(${column('LastName')}) AS last,
    ${line} AS line, zip_key(${column('ResidenceAddress.ZipCode')}) AS zip,
    name_key(${column('ResidenceAddress.City')}) AS city,
    email_key(${column('ContactMethod.Email')}) AS email`;
}

/** The stratum of a row (core/exposure), with the dimensions that are wanted. */
export function stratumOf(
  layout: ResolvedLayout,
  { party, email, county }: StrataDimensions = { party: true, email: true, county: true },
): string {
  const column = (field: RollField): string => columnOf(layout, field);
  return [
    party ? `party_key(${column('Party')})` : "''",
    email ? `(trim(${column('ContactMethod.Email')}) <> '')::INTEGER` : "''",
    county ? `left(upper(trim(${column('County')})), 40)` : "''",
  ].join(" || '|' || ");
}

/** Who a row is: the voter id, else the names and the year or day of birth. */
export function personOf(layout: ResolvedLayout, jurisdiction: string): string {
  const id = columnOf(layout, 'VoterId');
  const born = layout.places.has('DateOfBirth') ? 'DateOfBirth' : 'YearOfBirth';
  const fallback = `concat_ws('/', name_key(${columnOf(layout, 'FirstName')}), name_key(${columnOf(layout, 'LastName')}),
    trim(${columnOf(layout, born)}), zip_key(${columnOf(layout, 'ResidenceAddress.ZipCode')}))`;
  return `${literal(jurisdiction)} || '/' || coalesce(nullif(trim(${id}), ''), ${fallback})`;
}
