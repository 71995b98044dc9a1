/**
 * Stretches of a line that may name a person whatever words surround them, as `[start, end, ...]`:
 * e-mail addresses, user names in URLs, what reads like a phone number, numbers of five digits and
 * more. Patterns are bounded, so the cost is linear.
 */
export function guardedRanges(line: string, offset: number): readonly number[] {
  const ranges: number[] = [];
  for (const pattern of GUARDED) {
    for (const hit of line.matchAll(pattern)) {
      ranges.push(offset + hit.index, offset + hit.index + hit[0].length);
    }
  }
  return ranges;
}

const GUARDED: readonly RegExp[] = [
  /[^\s@<>"(),:;]{1,64}@[^\s@<>"(),:;]{1,255}/g,
  /:\/\/[^\s/@]{1,100}@/g,
  /\d[\d\s().-]{5,18}\d/g,
  /[\d\p{Nd}]{5,}/gu,
];
