/** Fingerprints of one text (FracMinHash over masked word shingles; CAMPAIGN.md section 3). */
export interface Sketch {
  /** Distinct, ascending. */
  readonly fingerprints: Uint32Array;
  /** Words of the key view: tells an empty or short text. */
  readonly words: number;
}
