/** USPS Publication 28, appendix C1: suffixes and directions that people write out or shorten. */
const SHORT: readonly (readonly [string, string])[] = [
  ['STREET', 'ST'],
  ['STR', 'ST'],
  ['AVENUE', 'AVE'],
  ['AV', 'AVE'],
  ['ROAD', 'RD'],
  ['DRIVE', 'DR'],
  ['LANE', 'LN'],
  ['COURT', 'CT'],
  ['CIRCLE', 'CIR'],
  ['BOULEVARD', 'BLVD'],
  ['PLACE', 'PL'],
  ['TERRACE', 'TER'],
  ['TRAIL', 'TRL'],
  ['PARKWAY', 'PKWY'],
  ['HIGHWAY', 'HWY'],
  ['SQUARE', 'SQ'],
  ['NORTH', 'N'],
  ['SOUTH', 'S'],
  ['EAST', 'E'],
  ['WEST', 'W'],
];

const shortened = SHORT.reduce(
  (sql, [long, short]) => `regexp_replace(${sql}, '\\b${long}\\b', '${short}', 'g')`,
  "regexp_replace(x, ' (?:APARTMENT|APT|UNIT|SUITE|STE|LOT|TRLR|SPC|RM|NO|#) ?#? ?[A-Z0-9]+$| #[A-Z0-9]+$', '')",
);

/**
 * The normal spelling of names and addresses, for reports and rolls alike: one definition, so the
 * two sides cannot disagree. `plain_*` and `*_word` are cheap and run over every row of a roll;
 * the others run over rows that a blocking key has picked.
 */
export const MACROS: readonly string[] = [
  `CREATE MACRO plain_name(x) AS upper(strip_accents(x))`,
  `CREATE MACRO plain_zip(x) AS left(x, 5)`,
  `CREATE MACRO name_key(x) AS upper(strip_accents(translate(coalesce(x, ''), ' .-''\u2019\`"', '')))`,
  `CREATE MACRO email_key(x) AS lower(trim(coalesce(x, '')))`,
  `CREATE MACRO zip_key(x) AS left(trim(coalesce(x, '')), 5)`,
  `CREATE MACRO line_text(x) AS upper(trim(coalesce(x, '')))`,
  // First word of the line is the house, the next that is no direction names the street.
  `CREATE MACRO house_word(x) AS split_part(x, ' ', 1)`,
  `CREATE MACRO street_word(x) AS CASE
     WHEN split_part(x, ' ', 2) IN ('N','S','E','W','NE','NW','SE','SW','NORTH','SOUTH','EAST','WEST')
       AND split_part(x, ' ', 3) <> '' THEN split_part(x, ' ', 3)
     ELSE split_part(x, ' ', 2) END`,
  `CREATE MACRO spaced(x) AS trim(regexp_replace(strip_accents(x), '[^A-Z0-9#]+', ' ', 'g'))`,
  `CREATE MACRO house_key(x) AS regexp_extract(x, '^([0-9]+)', 1)`,
  `CREATE MACRO unit_key(x) AS regexp_extract(x, ' (?:APARTMENT|APT|UNIT|SUITE|STE|LOT|TRLR|SPC|RM|NO|#) ?#? ?([A-Z0-9]+)$', 1)`,
  `CREATE MACRO street_short(x) AS ${shortened}`,
  `CREATE MACRO street_key(x) AS trim(regexp_replace(street_short(x), '^[0-9]+[A-Z]? ?', ''))`,
  `CREATE MACRO party_key(x) AS CASE upper(trim(coalesce(x, '')))
     WHEN 'D' THEN 'DEM' WHEN 'DEMOCRATIC' THEN 'DEM' WHEN 'DEMOCRAT' THEN 'DEM'
     WHEN 'R' THEN 'REP' WHEN 'REPUBLICAN' THEN 'REP'
     WHEN '' THEN 'none' ELSE left(upper(trim(x)), 12) END`,
];
