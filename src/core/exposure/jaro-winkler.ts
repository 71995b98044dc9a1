/** Names longer than this are compared by their beginning: cost is the product of the lengths. */
const COMPARED_MAX = 64;

/**
 * Jaro-Winkler similarity, 0 to 1 (Winkler 1990): prefix scale .1, prefix at most 4, the prefix
 * counted only from a Jaro similarity of .7 on, as Winkler's own program does.
 */
export function jaroWinkler(left: string, right: string): number {
  if (left === right) return left === '' ? 0 : 1;
  const a = left.slice(0, COMPARED_MAX);
  const b = right.slice(0, COMPARED_MAX);
  const jaro = jaroOf(a, b);
  if (jaro < 0.7) return jaro;
  let prefix = 0;
  while (prefix < 4 && prefix < a.length && a[prefix] === b[prefix]) prefix += 1;
  return jaro + prefix * 0.1 * (1 - jaro);
}

/**
 * The same where it is at least `least`, else 0. Most pairs are far apart, and letters that the two
 * do not share tell so for a tenth of the cost: Jaro's matches are letters of both.
 */
export function jaroWinklerFrom(left: string, right: string, least: number): number {
  if (left === right) return left === '' ? 0 : 1;
  const prefix = left[0] === right[0] ? 4 : 0;
  // jw = jaro + prefix / 10 (1 - jaro) >= least, and jaro <= (m / |a| + m / |b| + 1) / 3.
  const jaro = (least - prefix * 0.1) / (1 - prefix * 0.1);
  const matches = Math.min(lettersOf(left, right), lettersOf(right, left));
  if (matches / left.length + matches / right.length + 1 < 3 * jaro - 1e-9) return 0;
  const value = jaroWinkler(left, right);
  return value >= least ? value : 0;
}

/** Letters of `a` that stand in `b`; signs that share five low bits count as one. */
function lettersOf(a: string, b: string): number {
  let held = 0;
  for (let at = 0; at < b.length; at++) held |= 1 << (b.charCodeAt(at) & 31);
  let count = 0;
  for (let at = 0; at < a.length; at++) count += (held >>> (a.charCodeAt(at) & 31)) & 1;
  return count;
}

function jaroOf(a: string, b: string): number {
  if (a.length === 0 || b.length === 0) return 0;
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const used = new Uint8Array(b.length);
  const matched: string[] = [];
  for (let at = 0; at < a.length; at++) {
    const until = Math.min(b.length - 1, at + reach);
    for (let other = Math.max(0, at - reach); other <= until; other++) {
      if (used[other] === 1 || a[at] !== b[other]) continue;
      used[other] = 1;
      matched.push(a[at]!);
      break;
    }
  }
  if (matched.length === 0) return 0;
  let place = 0;
  let moved = 0;
  for (let other = 0; other < b.length; other++) {
    if (used[other] === 1 && b[other] !== matched[place++]) moved += 1;
  }
  const m = matched.length;
  return (m / a.length + m / b.length + (m - moved / 2) / m) / 3;
}
