const LF = 0x0a;
const CR = 0x0d;
/** Header blocks have their first line ends in the first of these. */
const LOOK_BYTES = 65_536;

/**
 * `doubled`: CR CR LF, what a program leaves that turns each LF of a mail into CR LF once more;
 * `cr`: bare CR alone, as old Macintosh programs save text. No mail is sent in either.
 */
export type ChangedLineEnds = 'doubled' | 'cr';

/**
 * How the line ends of a mail were changed after it was sent, by its first two; null: they were
 * not.
 */
export function changedLineEnds(bytes: Uint8Array): ChangedLineEnds | null {
  const limit = Math.min(bytes.length, LOOK_BYTES);
  let first = 0;
  while (first < limit && bytes[first] !== LF && bytes[first] !== CR) first += 1;
  if (bytes[first] !== CR || bytes[first + 1] === LF) return null;
  if (bytes[first + 1] === CR && bytes[first + 2] === LF)
    return isDoubled(bytes, first + 3, limit) ? 'doubled' : null;
  for (let at = first; at < limit; at += 1) {
    if (bytes[at] === LF) return null;
    if (bytes[at] === CR && bytes[at + 1] === CR) return 'cr';
  }
  return null;
}

/** One odd line end is a defect of its line; two in a row are the way the mail was saved. */
function isDoubled(bytes: Uint8Array, from: number, limit: number): boolean {
  let at = from;
  while (at < limit && bytes[at] !== LF && bytes[at] !== CR) at += 1;
  return at >= limit || (bytes[at] === CR && bytes[at + 1] === CR && bytes[at + 2] === LF);
}
