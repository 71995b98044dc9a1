/** Attributes whose value is one address. */
const ADDRESSES: ReadonlySet<string> = new Set([
  ...['href', 'xlink:href', 'src', 'action', 'formaction', 'background', 'poster', 'data', 'cite'],
  'longdesc',
]);

/** Pictures of one `srcset`; real ones name under ten sizes. */
const CANDIDATES_MAX = 50;
/** Addresses of one `style` attribute or of the pings of one link. */
const TARGETS_MAX = 50;

/** The addresses that one attribute names, in their order. Addresses within the page are none. */
export function targetsIn(element: string, name: string, said: string): readonly string[] {
  if (ADDRESSES.has(name)) {
    const value = said.trim();
    return value === '' || value.startsWith('#') ? NONE : [value];
  }
  if (name === 'srcset' || name === 'imagesrcset') return candidates(said);
  if (name === 'ping') return said.trim() === '' ? NONE : said.trim().split(/\s+/, TARGETS_MAX);
  if (name === 'style')
    return /url\(/i.test(said) ? styleTargets(said).map((one) => one.target) : NONE;
  if (element !== 'meta' || name !== 'content') return NONE;
  const target = REFRESH.exec(said.trim().slice(0, 8192))?.[1];
  return target === undefined ? NONE : [target];
}

const NONE: readonly string[] = [];
const REFRESH = /^\s*\d{0,9}\s*[;,]\s*url\s*=\s*['"]?(.*?)['"]?$/is;

/** Every picture of a `srcset` (HTML section 4.8.4.2.1), sizes left out. */
function candidates(value: string): readonly string[] {
  const found: string[] = [];
  for (const { 1: word = '' } of value.matchAll(CANDIDATE)) {
    if (found.length >= CANDIDATES_MAX) break;
    const target = word.replace(/,+$/, '');
    if (target !== '') found.push(target);
  }
  return found;
}

/** An address, and its sizes up to the comma; one that ends with a comma has none. */
const CANDIDATE = /[\s,]*([^\s,]\S*)(?:(?<!,)[^,]*)?/gy;

/** An address that a style loads, and where it stands in it. */
export interface StyleTarget {
  readonly target: string;
  /** In UTF-16 units of the style. */
  readonly start: number;
  readonly end: number;
}

const URL = /url\(\s*(?:"([^"]{1,8192})|'([^']{1,8192})|([^'"()\s]{1,8192}))/iy;
const IMPORT = /@import\s{1,9}(?:"([^"]{1,8192})|'([^']{1,8192}))/iy;

/**
 * What a style sheet or a `style` attribute loads: `url(...)` and `@import "..."` (CSS Values 4.5).
 */
export function styleTargets(css: string): readonly StyleTarget[] {
  const found: StyleTarget[] = [];
  // Native searches for one character: a sheet is long and names few addresses.
  for (let at = css.indexOf('@'); at >= 0; at = css.indexOf('@', at + 1))
    addTarget(css, at, IMPORT, found);
  for (let at = css.indexOf('('); at >= 0; at = css.indexOf('(', at + 1))
    addTarget(css, at - 3, URL, found);
  return found;
}

function addTarget(css: string, at: number, pattern: RegExp, found: StyleTarget[]): void {
  if (at < 0 || found.length >= TARGETS_MAX) return;
  pattern.lastIndex = at;
  const hit = pattern.exec(css);
  if (hit === null) return;
  const raw = hit[1] ?? hit[2] ?? hit[3] ?? '';
  const target = raw.trim();
  const end = pattern.lastIndex;
  if (target !== '' && !target.startsWith('#'))
    found.push({ target, start: end - raw.length, end });
}
