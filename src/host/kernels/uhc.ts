import { utf16Slice } from './native-bytes.ts';

/**
 * Unified Hangul Code (windows-949; the `euc-kr` of WHATWG Encoding section 14.1.1): KS X 1001, and
 * around it the 8,822 syllables that it lacks, in Unicode's order. Node's own `euc-kr` is KS X 1001
 * alone: the rest follows from it, and no table has to be loaded. A lead byte without a fitting
 * trail is U+FFFD, and its trail is read anew.
 */
export function decodeUhc(bytes: Uint8Array): string {
  units ??= allUnits();
  const out = new Uint16Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const lead = bytes[at]!;
    const isLead = lead > 0x80 && lead < 0xff && at + 1 < bytes.length;
    const unit = isLead ? units[(lead - LEAD_MIN) * ROW + bytes[at + 1]!]! : 0;
    out[length++] = lead < 0x80 ? lead : unit || MALFORMED;
    if (unit > 0) at += 1;
  }
  return utf16Slice(out, 0, length);
}

const LEAD_MIN = 0x81;
const LEAD_MAX = 0xfe;
const ROW = 256;
const MALFORMED = 0xfffd;

/** UTF-16 units by lead and trail byte, 0 for none; made for the first text that needs them. */
let units: Uint16Array | null = null;

function allUnits(): Uint16Array {
  const table = new Uint16Array((LEAD_MAX - LEAD_MIN + 1) * ROW);
  const lacking = keepKsX1001(table);
  let next = 0;
  for (let lead = LEAD_MIN; next < lacking.length; lead += 1)
    for (let trail = 0x41; trail <= 0xfe && next < lacking.length; trail += 1)
      if (isBeside(lead, trail)) table[(lead - LEAD_MIN) * ROW + trail] = lacking[next++]!;
  return table;
}

/** Whether a pair stands outside the square of KS X 1001. */
const isBeside = (lead: number, trail: number): boolean =>
  trail <= 0x5a ||
  (trail >= 0x61 && trail <= 0x7a) ||
  (trail > 0x80 && (lead < 0xa1 || trail < 0xa1));

/** Fills in the 94 rows of 94 that Node knows; gives the syllables that are not among them. */
function keepKsX1001(table: Uint16Array): readonly number[] {
  const pairs: number[] = [];
  for (let lead = 0xa1; lead <= LEAD_MAX; lead += 1)
    for (let trail = 0xa1; trail <= 0xfe; trail += 1) pairs.push(lead, trail);
  const text = new TextDecoder('euc-kr').decode(Uint8Array.from(pairs));
  const known = new Set<number>();
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    // Neither what is unassigned nor the rows for characters of one's own.
    if (unit === MALFORMED || (unit >= 0xe000 && unit <= 0xf8ff)) continue;
    known.add(unit);
    table[(pairs[2 * i]! - LEAD_MIN) * ROW + pairs[2 * i + 1]!] = unit;
  }
  // Two signs that came to KS X 1001 in 1998.
  table[(0xa2 - LEAD_MIN) * ROW + 0xe6] = 0x20ac;
  table[(0xa2 - LEAD_MIN) * ROW + 0xe7] = 0xae;
  const lacking: number[] = [];
  for (let unit = 0xac00; unit <= 0xd7a3; unit += 1) if (!known.has(unit)) lacking.push(unit);
  return lacking;
}
