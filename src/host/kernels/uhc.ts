import { utf16Slice } from './native-bytes.ts';

/**
 * Unified Hangul Code (windows-949; the `euc-kr` of WHATWG Encoding section 14.1.1): KS X 1001, and
 * beside its square of pairs the 8,822 syllables that it lacks, in Unicode's order. Node's own
 * `euc-kr` is KS X 1001 alone: the rest follows from it, and no table has to be loaded. A lead byte
 * without a fitting trail is U+FFFD, and its trail is read anew.
 */
export function decodeUhc(bytes: Uint8Array): string {
  square ??= ksX1001();
  const out = new Uint16Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const lead = bytes[at]!;
    const unit = lead < 0x80 ? 0 : pair(square, lead, bytes[at + 1] ?? 0);
    out[length++] = lead < 0x80 ? lead : unit || MALFORMED;
    if (unit > 0) at += 1;
  }
  return utf16Slice(out, 0, length);
}

const MALFORMED = 0xfffd;
/** Lead and trail bytes of KS X 1001 go up from here. */
const SQUARE_MIN = 0xa1;
const SIDE = 94;
/** Its 2,350 syllables fill the rows from 0xB0 on; they too stand in Unicode's order. */
const SYLLABLES_AT = (0xb0 - SQUARE_MIN) * SIDE;
const SYLLABLES = 2_350;
const FIRST_SYLLABLE = 0xac00;
const LACKING = 11_172 - SYLLABLES;

/** Text of the square, row by row; made for the first text that needs it. */
let square: string | null = null;

function ksX1001(): string {
  const pairs = new Uint8Array(2 * SIDE * SIDE);
  for (let i = 0; i < SIDE * SIDE; i += 1) {
    pairs[2 * i] = SQUARE_MIN + Math.floor(i / SIDE);
    pairs[2 * i + 1] = SQUARE_MIN + (i % SIDE);
  }
  return new TextDecoder('euc-kr').decode(pairs);
}

/** The UTF-16 unit of two bytes; 0 where they are no pair. */
function pair(ks: string, lead: number, trail: number): number {
  if (lead === 0x80 || lead === 0xff || trail === 0xff) return 0;
  if (lead >= SQUARE_MIN && trail >= SQUARE_MIN) return inSquare(ks, lead, trail);
  const column = columnOf(trail);
  if (column < 0) return 0;
  // Rows above the square have 178 pairs, those beside it 84.
  const row = lead - 0x81;
  const place = row < 32 ? 178 * row + column : 178 * 32 + 84 * (row - 32) + column;
  return place < LACKING ? lackingSyllable(ks, place) : 0;
}

function inSquare(ks: string, lead: number, trail: number): number {
  const unit = ks.charCodeAt((lead - SQUARE_MIN) * SIDE + trail - SQUARE_MIN);
  // Two signs came in 1998; private rows are nobody's in mail.
  if (lead === 0xa2 && trail === 0xe6) return 0x20ac;
  if (lead === 0xa2 && trail === 0xe7) return 0xae;
  return unit === MALFORMED || (unit >= 0xe000 && unit <= 0xf8ff) ? 0 : unit;
}

/** Capitals, small letters, then everything from 0x81 on; -1: no trail byte. */
function columnOf(trail: number): number {
  if (trail > 0x80) return trail - 0x81 + 52;
  if (trail >= 0x61 && trail <= 0x7a) return trail - 0x61 + 26;
  return trail >= 0x41 && trail <= 0x5a ? trail - 0x41 : -1;
}

/**
 * The syllable at this place among those that KS X 1001 lacks: it follows `low` of those it has.
 */
function lackingSyllable(ks: string, place: number): number {
  let [low, high] = [0, SYLLABLES];
  while (low < high) {
    const middle = (low + high) >> 1;
    const before = ks.charCodeAt(SYLLABLES_AT + middle) - FIRST_SYLLABLE - middle;
    if (before <= place) low = middle + 1;
    else high = middle;
  }
  return FIRST_SYLLABLE + place + low;
}
