/**
 * The normal spelling of `core/roll/spelling` in SQL, for lists that the engine reads; a test
 * compares the two.
 */
export const MACROS: readonly string[] = [
  `CREATE MACRO name_key(x) AS upper(strip_accents(translate(coalesce(x, ''), ' .-''\u2019\`"', '')))`,
  `CREATE MACRO spaced(x) AS trim(regexp_replace(strip_accents(x), '[^A-Z0-9#]+', ' ', 'g'))`,
  `CREATE MACRO house_key(x) AS regexp_extract(x, '^([0-9]+)', 1)`,
  `CREATE MACRO party_key(x) AS CASE upper(trim(coalesce(x, '')))
     WHEN 'D' THEN 'DEM' WHEN 'DEMOCRATIC' THEN 'DEM' WHEN 'DEMOCRAT' THEN 'DEM'
     WHEN 'R' THEN 'REP' WHEN 'REPUBLICAN' THEN 'REP'
     WHEN '' THEN 'none' ELSE left(upper(trim(x)), 12) END`,
];
