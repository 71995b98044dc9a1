import { NUMBER_MASK, readWords, type Words } from './words.ts';

/** Fingerprints of one text (FracMinHash over masked word shingles; CAMPAIGN.md section 3). */
export interface Sketch {
  /** Distinct, ascending. */
  readonly fingerprints: Uint32Array;
  /** Words of the key view: tells an empty or short text. */
  readonly words: number;
}

/** Words in a shingle. Measured: 2 and 4 are worse. */
export const SHINGLE_WORDS = 3;
/** Of the hash space, the part below this is kept: one half. */
const KEPT_BELOW = 0x80000000;
/** A text with fewer kept hashes keeps its smallest ones up to this many. */
const FINGERPRINTS_MIN = 12;

/** Below this a text has too few shingles to share. */
const SHORT_WORDS = 6;
/** Fingerprints of each word of a short text: one word alone is enough to be compared. */
const SALTS = 4;

/**
 * The text's sketch: FracMinHash (Irber 2022) with scale 2 over shingles of three words, every word
 * with a digit masked. The hash is fixed and unkeyed, so that two offices agree; a sketch of a text
 * that holds a name can be guessed, so it must not leave the office.
 */
export function sketchText(text: string): Sketch {
  return sketchOf(readWords(text));
}

export function sketchOf(words: Words): Sketch {
  if (words.count < SHORT_WORDS) return sketchOfShort(words);
  const shingles = Math.max(0, words.count - SHINGLE_WORDS + 1);
  const hashes = new Uint32Array(shingles);
  let a = keyHash(words, 0);
  let b = keyHash(words, 1);
  for (let i = 0; i < shingles; i++) {
    const c = keyHash(words, i + 2);
    hashes[i] = shingleHash(a, b, c);
    a = b;
    b = c;
  }
  const fingerprints = smallestOf(hashes);
  const enough = fingerprints.length >= SALTS || fingerprints.length === 0;
  return { fingerprints: enough ? fingerprints : salted(fingerprints), words: words.count };
}

/** A text that repeats itself has few shingles: each one several times over. */
const salted = (fingerprints: Uint32Array): Uint32Array =>
  Uint32Array.from({ length: fingerprints.length * SALTS }, (_, at) =>
    shingleHash(
      fingerprints[at % fingerprints.length] ?? 0,
      0,
      Math.floor(at / fingerprints.length),
    ),
  ).sort();

/**
 * A text of a few words: each word at its place, several times salted, so that it joins those of the
 * same length that agree in more than half of their words (as Drain groups log lines).
 */
function sketchOfShort(words: Words): Sketch {
  const hashes = new Uint32Array(words.count * SALTS);
  for (let i = 0; i < words.count; i++) {
    const place = i * SHORT_WORDS + words.count;
    for (let salt = 0; salt < SALTS; salt++) {
      hashes[i * SALTS + salt] = shingleHash(keyHash(words, i), place, salt);
    }
  }
  hashes.sort();
  return { fingerprints: hashes, words: words.count };
}

const keyHash = (words: Words, at: number): number =>
  words.digit[at] === 1 ? NUMBER_MASK : (words.hash[at] ?? 0);

/** Order matters; the finaliser is murmur3's fmix32. */
function shingleHash(a: number, b: number, c: number): number {
  let h = Math.imul(a, 0x9e3779b1);
  h = Math.imul((h << 13) | (h >>> 19), 5) ^ Math.imul(b, 0x85ebca77);
  h = Math.imul((h << 13) | (h >>> 19), 5) ^ Math.imul(c, 0xc2b2ae3d);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Distinct hashes below the mark, or the smallest few where the text is short. */
function smallestOf(hashes: Uint32Array): Uint32Array {
  hashes.sort();
  let kept = 0;
  let last = -1;
  for (let i = 0; i < hashes.length; i++) {
    const hash = hashes[i] ?? 0;
    if (hash === last) continue;
    if (hash >= KEPT_BELOW && kept >= FINGERPRINTS_MIN) break;
    hashes[kept++] = hash;
    last = hash;
  }
  return hashes.slice(0, kept);
}
