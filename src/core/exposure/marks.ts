import type { Kernels, Sha256 } from '../base/index.ts';
import { logSumExp } from '../statistics/index.ts';

/** Secrets of one released copy. `markKey` and `biasKey` are 64 hex digits. */
export interface MarkKeys {
  readonly markKey: string;
  /**
   * Shared by the copies of one list. Bits are then biased alike in all of them, which lets
   * `collusionScore` find requesters who mixed their copies; null: even bits.
   */
  readonly biasKey: string | null;
}

/** The spellings of a place that mean the same: bit 0 first. */
interface Slot {
  readonly name: string;
  readonly pattern: RegExp;
  readonly spellings: readonly (readonly [string, string])[];
}

const WORDS: readonly (readonly [string, string])[] = [
  ['ST', 'STREET'],
  ['AVE', 'AVENUE'],
  ['RD', 'ROAD'],
  ['DR', 'DRIVE'],
  ['LN', 'LANE'],
  ['CT', 'COURT'],
  ['CIR', 'CIRCLE'],
  ['BLVD', 'BOULEVARD'],
  ['PL', 'PLACE'],
  ['TER', 'TERRACE'],
  ['TRL', 'TRAIL'],
];

/**
 * Where a copy may be spelled in two ways without changing a value. The word of
 * the street must stand last, or before the unit: "ST JOHNS CT" has one such place, not two.
 */
const SLOTS: readonly Slot[] = [
  {
    name: 'street',
    pattern:
      /(?<= )(ST|STREET|AVE|AVENUE|RD|ROAD|DR|DRIVE|LN|LANE|CT|COURT|CIR|CIRCLE|BLVD|BOULEVARD|PL|PLACE|TER|TERRACE|TRL|TRAIL)(?= (?:APT|#) ?\w{1,8}$|$)/i,
    spellings: WORDS,
  },
  { name: 'unit', pattern: /(?<=^| )(APT|#)(?= ?\w{1,8}$)/i, spellings: [['APT', '#']] },
];

/**
 * A number in [0, 1) out of a key and a place: the first 48 bits of a nested SHA-256 (as in HMAC).
 */
function keyed(key: string, place: string, kernels: Kernels): number {
  const inner = kernels.sha256(kernels.encode(`tocsin mark|${key}|${place}`));
  const outer = kernels.sha256(kernels.encode(`tocsin mark|${key}|${inner}`));
  return Number.parseInt(outer.slice(0, 12), 16) / 2 ** 48;
}

/**
 * Tardos' bias of a place: sin^2 of an angle that is uniform between arcsin of sqrt .02 and .98.
 */
export function biasAt(place: string, { biasKey }: MarkKeys, kernels: Kernels): number {
  if (biasKey === null) return 0.5;
  const [low, high] = [Math.asin(Math.sqrt(0.02)), Math.asin(Math.sqrt(0.98))];
  return Math.sin(low + keyed(biasKey, place, kernels) * (high - low)) ** 2;
}

const placeOf = (voterId: string, slot: Slot): string => `${voterId}|${slot.name}`;

const bitAt = (place: string, keys: MarkKeys, kernels: Kernels): 0 | 1 =>
  keyed(keys.markKey, place, kernels) < biasAt(place, keys, kernels) ? 1 : 0;

/** A text of an address, spelled as this copy spells it for this voter. */
export function markText(text: string, voterId: string, keys: MarkKeys, kernels: Kernels): string {
  let marked = text;
  for (const slot of SLOTS) {
    const found = slot.pattern.exec(marked);
    const pair = found === null ? null : pairOf(slot, found[0]);
    if (found === null || pair === null) continue;
    const word = pair[bitAt(placeOf(voterId, slot), keys, kernels)];
    if (word.toUpperCase() === found[0].toUpperCase()) continue;
    const end = found.index + found[0].length;
    marked = `${marked.slice(0, found.index)}${likeCase(word, found[0])}${marked.slice(end)}`;
  }
  return marked;
}

const pairOf = ({ spellings }: Slot, word: string): readonly [string, string] | null =>
  spellings.find((pair) => pair.includes(word.toUpperCase())) ?? null;

const likeCase = (word: string, model: string): string =>
  model === model.toUpperCase() ? word : `${word.slice(0, 1)}${word.slice(1).toLowerCase()}`;

/** One mark that a report shows. */
export interface LegibleMark {
  readonly place: string;
  readonly bit: 0 | 1;
}

/** The marks that stand in a shown street; none where standard spelling has erased the choice. */
export function legibleMarks(street: string, voterId: string): readonly LegibleMark[] {
  return SLOTS.flatMap((slot) => {
    const word = slot.pattern.exec(street.trim())?.[0];
    const pair = word === undefined ? null : pairOf(slot, word);
    if (word === undefined || pair === null) return [];
    return [
      { place: placeOf(voterId, slot), bit: pair[0] === word.toUpperCase() ? 0 : 1 } as const,
    ];
  });
}

/** Read errors of a mark, averaged over: none of them is known beforehand. */
const READ_ERRORS = [0.01, 0.03, 0.08, 0.2];

/**
 * log likelihood of the marks if they came from this copy (mean over read errors) and if they came
 * from anywhere else (each bit at its bias).
 */
export function markEvidence(
  marks: readonly LegibleMark[],
  keys: MarkKeys,
  kernels: Kernels,
): { readonly ifThis: number; readonly ifOther: number } {
  let [agreeing, disagreeing, other] = [0, 0, 0];
  for (const { place, bit } of marks) {
    if (bitAt(place, keys, kernels) === bit) agreeing += 1;
    else disagreeing += 1;
    const bias = biasAt(place, keys, kernels);
    other += Math.log(bit === 1 ? bias : 1 - bias);
  }
  return { ifThis: agreementEvidence(agreeing, disagreeing), ifOther: other };
}

/**
 * log of the mean likelihood, over read errors, of so many marks that agree with a copy and that do
 * not.
 */
export const agreementEvidence = (agreeing: number, disagreeing: number): number =>
  logSumExp(READ_ERRORS.map((e) => agreeing * Math.log1p(-e) + disagreeing * Math.log(e))) -
  Math.log(READ_ERRORS.length);

/**
 * Tardos' symmetric score (Skoric et al. 2008) of one copy: high for a requester whose copy went
 * into a mixture. `mixedCopies` says how high an innocent copy scores; meaningless without a bias
 * key.
 */
export function collusionScore(
  marks: readonly LegibleMark[],
  keys: MarkKeys,
  kernels: Kernels,
): number {
  return marks.reduce(
    (sum, { place, bit }) =>
      sum + tardosTerm(bit, bitAt(place, keys, kernels), biasAt(place, keys, kernels)),
    0,
  );
}

/**
 * What one mark adds to `collusionScore`: `bias` in (0, 1) is the chance that a copy shows bit 1
 * there. Its mean over copies of innocents is 0, its variance 1 (Skoric et al. 2008).
 */
export function tardosTerm(shown: 0 | 1, own: 0 | 1, bias: number): number {
  const gain = Math.sqrt((1 - bias) / bias);
  if (shown === 1) return own === 1 ? gain : -1 / gain;
  return own === 1 ? -gain : 1 / gain;
}

/** What the manifest holds of a key: nobody can swap it later, nobody can read it now. */
export const markKeyCommit = ({ markKey, biasKey }: MarkKeys, kernels: Kernels): Sha256 =>
  kernels.sha256(kernels.encode(`tocsin mark key|${markKey}|${biasKey ?? ''}`));
