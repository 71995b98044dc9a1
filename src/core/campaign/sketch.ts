import { ascendingDistinct } from './ascending.ts';
import { readKeys } from './words.ts';

/** Fingerprints of one text (FracMinHash over masked word shingles). */
export interface Sketch {
  /** Distinct, ascending. */
  readonly fingerprints: Uint32Array;
  /** Words of the key view: tells an empty or short text. */
  readonly words: number;
}

/** Words in a shingle. Measured: 2 and 4 are worse. */
const SHINGLE_WORDS = 3;
/** Of the hash space, the part below this is kept: one half. */
const KEPT_BELOW = 0x80000000;
/** A text with fewer kept hashes keeps its smallest ones up to this many. */
const FINGERPRINTS_MIN = 12;

/** Below this a text has too few shingles to share. */
const SHORT_WORDS = 6;
/** Below this a slot or two leave hardly a shingle of three that all texts share: a line. */
const LINE_WORDS = 10;
/** Keeps what a line shares apart from what other texts share. */
const LINE_SALT = 0x11e;
/** Fingerprints of each word of a short text: one word alone is enough to be compared. */
const SALTS = 4;

/**
 * The text's sketch: FracMinHash (Irber 2022) with scale 2 over shingles of three words, every word
 * with a digit masked. The hash is fixed and unkeyed, so that two offices agree; a sketch of a text
 * that holds a name can be guessed, so it must not leave the office.
 */
export function sketchText(text: string): Sketch {
  const keys = readKeys(text);
  if (keys.length < SHORT_WORDS) return sketchOfShort(keys);
  if (keys.length < LINE_WORDS) return sketchOfLine(keys);
  const fingerprints = lowShingles(keys);
  const enough = fingerprints.length >= SALTS;
  return { fingerprints: enough ? fingerprints : salted(fingerprints), words: keys.length };
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
 * A text of a few words: each word at its place, several times salted, so that it joins those of
 * the same length that agree in more than half of their words (as Drain groups log lines).
 */
function sketchOfShort(keys: Uint32Array): Sketch {
  const hashes = new Uint32Array(keys.length * SALTS);
  for (let i = 0; i < keys.length; i++) {
    const place = i * SHORT_WORDS + keys.length;
    for (let salt = 0; salt < SALTS; salt++) {
      hashes[i * SALTS + salt] = shingleHash(keys[i] ?? 0, place, salt);
    }
  }
  hashes.sort();
  return { fingerprints: hashes, words: keys.length };
}

/**
 * A line: each word, and each two in a row. Of so few shingles of three one filled-in word spoils
 * three, and none may be left.
 */
function sketchOfLine(keys: Uint32Array): Sketch {
  const hashes = new Uint32Array(2 * keys.length - 1);
  for (let i = 0; i < keys.length; i++) {
    hashes[2 * i] = shingleHash(keys[i] ?? 0, 0, LINE_SALT);
    if (i > 0) hashes[2 * i - 1] = shingleHash(keys[i - 1] ?? 0, keys[i] ?? 0, LINE_SALT);
  }
  return { fingerprints: ascendingDistinct(hashes, hashes.length), words: keys.length };
}

/** Order matters; the finaliser is murmur3's fmix32. */
function shingleHash(a: number, b: number, c: number): number {
  let h = Math.imul(a, 0x9e3779b1);
  h = Math.imul((h << 13) | (h >>> 19), 5) ^ Math.imul(b, 0x85ebca77);
  h = Math.imul((h << 13) | (h >>> 19), 5) ^ Math.imul(c, 0xc2b2ae3d);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Distinct hashes of shingles below the mark, or the smallest few where the text is short. */
function lowShingles(keys: Uint32Array): Uint32Array {
  const hashes = roomFor(keys.length);
  let below = 0;
  let [first, second] = [keys[0] ?? 0, keys[1] ?? 0];
  for (let i = SHINGLE_WORDS - 1; i < keys.length; i++) {
    const third = keys[i] ?? 0;
    const hash = shingleHash(first, second, third);
    hashes[below] = hash;
    // Half of the hashes are above the mark: the next one takes their place.
    below += hash < KEPT_BELOW ? 1 : 0;
    first = second;
    second = third;
  }
  const kept = ascendingDistinct(hashes, below);
  return kept.length >= FINGERPRINTS_MIN ? kept : smallestShingles(keys);
}

let room = new Uint32Array(1 << 10);

/** An array of at least so many hashes, the same one for every text. */
function roomFor(hashes: number): Uint32Array {
  if (room.length < hashes) room = new Uint32Array(2 * hashes);
  return room;
}

function smallestShingles(keys: Uint32Array): Uint32Array {
  const hashes = Uint32Array.from({ length: keys.length - SHINGLE_WORDS + 1 }, (_, i) =>
    shingleHash(keys[i] ?? 0, keys[i + 1] ?? 0, keys[i + 2] ?? 0),
  );
  return ascendingDistinct(hashes, hashes.length).slice(0, FINGERPRINTS_MIN);
}
