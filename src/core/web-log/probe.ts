/** What a probing request tries. `scanner`: marks that a scanning tool leaves in what it sends. */
export type ProbeKind =
  | 'injection'
  | 'traversal'
  | 'script-injection'
  | 'template-injection'
  | 'scanner';

/**
 * Signs and words one of which every pattern below needs, so most requests are done after one look.
 */
const SUSPECT = /['"<${(;\\%\]]|\.\.|acunetix|\/etc\/|--|union|1=1/i;

const PATTERNS: readonly (readonly [ProbeKind, RegExp])[] = [
  [
    'scanner',
    /acunetix|\[\$|netsparker|nessus|nikto|sqlmap|wvs_test|burpcollaborator|oastify|interact\.sh/,
  ],
  [
    'traversal',
    /\.\.[\\/]|[\\/]etc[\\/](?:passwd|shadow|hosts)|win\.ini|boot\.ini|web\.config|[\\/]proc[\\/]self|\.git[\\/]|\.env\b/,
  ],
  [
    'script-injection',
    /<\s?\/?script|<\s?(?:svg|img|iframe|body)\b|javascript:|onerror\s?=|onload\s?=/,
  ],
  ['template-injection', /\$\{jndi|\{\{\s?\d+\s?[*+]|\$\{\d+\s?[*+]|<%=/],
  [
    'injection',
    /\bunion\s{1,9}(?:all\s{1,9})?select\b|\bselect\b[^&]{1,80}\bfrom\b|\binsert\s{1,9}into\b|\bdrop\s{1,9}table\b|\bwaitfor\s{1,9}delay\b|\b(?:pg_)?sleep\s?\(|\bbenchmark\s?\(|information_schema|xp_cmdshell|\bextractvalue\s?\(|\bupdatexml\s?\(|['")]\s?(?:or|and)\s{1,9}['"(]?\s?[\w'"]{1,20}\s?(?:=|like|<|>)|\b(?:or|and)\s{1,9}\d{1,9}\s?=\s?\d|['"]\s?;|['")]\s{0,3}(?:--|#|\/\*)|\border\s{1,9}by\s{1,9}\d|(?:%27|')\s?\|\|/,
  ],
];

/** Characters of a request that are searched; probes are shorter, padding is longer. */
const SEARCHED_MAX = 4_096;

/**
 * What a request's path and query try, or null for an ordinary one. Percent-encoding is taken off
 * up to twice. A lone apostrophe is a name (O'Brien), no probe.
 */
export function probeOf(target: string): ProbeKind | null {
  if (!SUSPECT.test(target)) return null;
  const sent = target.length > SEARCHED_MAX ? target.slice(0, SEARCHED_MAX) : target;
  const text = unescaped(unescaped(sent)).toLowerCase();
  return PATTERNS.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}

const unescaped = (text: string): string =>
  text.includes('%') || text.includes('+')
    ? text
        .replace(/\+/g, ' ')
        .replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
          String.fromCharCode(Number.parseInt(hex, 16)),
        )
    : text;
