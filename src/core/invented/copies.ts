import type { Kernels, Random } from '../base/index.ts';
import {
  type Canary,
  canaryCommit,
  markKeyCommit,
  markText,
  type SealedRegister,
} from '../exposure/index.ts';
import type { Spelling } from './list-files.ts';
import type { Registration } from './registration.ts';

/** A copy that somebody asked for: who, of which month's list. */
export interface CopyTold {
  readonly releaseId: string;
  readonly requester: string;
  readonly asOf: string;
}

/** The copy's rows, its spelling and the secrets that read it back. */
export interface MarkedCopy extends CopyTold {
  readonly register: SealedRegister;
  readonly rows: readonly Registration[];
  readonly spelling: Spelling;
  readonly canaryCommit: string;
  readonly markKeyCommit: string;
}

/** A canary, and whether its row must stand behind one that the wave reached; null: anywhere. */
export interface PlantedCanary {
  readonly canary: Canary;
  readonly reached: boolean | null;
}

/** The register of a copy: keys and salt out of the seed, so that a replay is the same again. */
export const registerOf = (
  releaseId: string,
  canaries: readonly Canary[],
  { random, biasKey }: { readonly random: Random; readonly biasKey: string },
): SealedRegister => ({
  releaseId,
  keys: { markKey: random.hex(64), biasKey },
  canaries,
  salt: random.hex(64),
});

/** Spells the marks of one copy; canaries keep the spelling of their register. */
export const spellingOf =
  ({ keys }: SealedRegister, kernels: Kernels): Spelling =>
  ({ id, line, unit, resident }) =>
    resident === CANARY
      ? { line, unit }
      : { line: markText(line, id, keys, kernels), unit: markText(unit, id, keys, kernels) };

/** In place of a resident's key. */
export const CANARY = 'canary';

/**
 * Marks and canaries as `tocsin roll release` plants them: values stay, a canary looks like its
 * neighbour.
 */
export function markedCopy(
  order: {
    readonly told: CopyTold;
    readonly list: readonly Registration[];
    readonly register: SealedRegister;
    readonly planted: readonly PlantedCanary[];
    readonly isReached: (row: Registration) => boolean;
  },
  random: Random,
  kernels: Kernels,
): MarkedCopy {
  const { told, list, register, planted, isReached } = order;
  const behind = new Map<Registration, Registration>();
  for (const { canary, reached } of planted) {
    const neighbour = neighbourFor(list, behind, random, (row) =>
      reached === null ? true : row.email !== '' && isReached(row) === reached,
    );
    behind.set(neighbour, canaryRow(canary, neighbour, random));
  }
  return {
    ...told,
    register,
    rows: list.flatMap((row) => {
      const canary = behind.get(row);
      return canary === undefined ? [row] : [row, canary];
    }),
    spelling: spellingOf(register, kernels),
    canaryCommit: canaryCommit(register, kernels),
    markKeyCommit: markKeyCommit(register.keys, kernels),
  };
}

/** Rows that are looked at for a neighbour that fits. */
const NEIGHBOURS_TRIED = 10_000;

function neighbourFor(
  list: readonly Registration[],
  taken: ReadonlyMap<Registration, unknown>,
  random: Random,
  fits: (row: Registration) => boolean,
): Registration {
  for (let tried = 0; tried < NEIGHBOURS_TRIED; tried++) {
    const row = random.pick(list);
    if (!taken.has(row) && fits(row)) return row;
  }
  return random.pick(list);
}

const canaryRow = (canary: Canary, neighbour: Registration, random: Random): Registration => ({
  ...neighbour,
  id: `19${random.text(7, '0123456789')}`,
  given: canary.first,
  family: canary.last,
  line: canary.street,
  unit: '',
  town: canary.city,
  zip: canary.zip,
  email: canary.email,
  resident: CANARY,
});
