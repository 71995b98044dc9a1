/** Which fingerprints several clusters use that did not bring them: footers and set phrases. */
export interface Users {
  /** One more message of `cluster` holds the fingerprint. */
  note(fingerprint: number, cluster: number): void;
  /** Whether two clusters or more use it, beside the one that brought it. */
  areSeveral(fingerprint: number): boolean;
}

/** Fingerprints noted: set phrases are few; a flood of them would be no set phrases. */
const NOTED_MAX = 200_000;
const SEVERAL = -1;

export function createUsers(): Users {
  const users = new Map<number, number>();
  return {
    note: (fingerprint, cluster) => {
      const known = users.get(fingerprint);
      if (known === undefined) {
        if (users.size < NOTED_MAX) users.set(fingerprint, cluster);
      } else if (known !== cluster) users.set(fingerprint, SEVERAL);
    },
    areSeveral: (fingerprint) => users.get(fingerprint) === SEVERAL,
  };
}
