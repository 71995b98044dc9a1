import type { StrataDimensions } from '../../core/exposure/index.ts';
import type { ResolvedLayout, RollField } from '../../core/roll/index.ts';
import { literal } from './engine.ts';

/** Four times the longest line that is read; DuckDB's own default holds 32 MB a thread. */
const BUFFER_BYTES = 8_000_000;

/** A table function call that reads the file as it is: every value a text, every row whole. */
export function scanOf(path: string, { layout, delimiter, width }: ResolvedLayout): string {
  const columns = Array.from({ length: width }, (_, at) => `'c${at}': 'VARCHAR'`).join(', ');
  const quote = layout.quoted ? '"' : '';
  return `read_csv(${literal(path)}, auto_detect = false, header = ${layout.header},
    delim = ${literal(delimiter)}, quote = ${literal(quote)}, escape = ${literal(quote)},
    columns = {${columns}}, strict_mode = true, null_padding = false, ignore_errors = false,
    encoding = ${literal(layout.encoding)}, buffer_size = ${BUFFER_BYTES})`;
}

/** The column of a field as SQL; an empty text where the layout has none. */
export function columnOf({ places, padded }: ResolvedLayout, field: RollField): string {
  const columns = places.get(field);
  if (columns === undefined) return "''";
  const [only] = columns;
  if (columns.length === 1)
    return padded ? `trim(coalesce(c${only}, ''))` : `coalesce(c${only}, '')`;
  return `concat_ws(' ', ${columns.map((at) => `nullif(trim(c${at}), '')`).join(', ')})`;
}

const ALL_DIMENSIONS: StrataDimensions = { party: true, email: true, county: true };

/** What strata are made of, as it stands in the file: three columns to group by. */
export function stratumColumns(layout: ResolvedLayout): string {
  const column = (field: RollField): string => columnOf(layout, field);
  return `${column('Party')} AS party, ${column('ContactMethod.Email')} <> '' AS reached,
    ${column('County')} AS county`;
}

/** The stratum (core/exposure) out of those columns, with the dimensions that are wanted. */
export const stratumOf = ({ party, email, county }: StrataDimensions = ALL_DIMENSIONS): string =>
  [
    party ? 'party_key(party)' : "''",
    email ? 'reached::INTEGER' : "''",
    county ? 'left(upper(trim(county)), 40)' : "''",
  ].join(" || '|' || ");
