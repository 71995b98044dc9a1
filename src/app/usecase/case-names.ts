import type { Kernels, Sha256 } from '../../core/base/index.ts';
import type { CustodyEntry, Exhibit } from '../../core/evidence/index.ts';
import { type JudgeNames, NO_NAMES, parseJudgeNames } from '../../core/forensics/index.ts';
import type { Clock, EvidenceStore, ExhibitVault, Progress } from '../ports/index.ts';

/** The names by which a case is read, and the exhibit that holds them; null: by none. */
export interface CaseNames {
  readonly digest: Sha256 | null;
  readonly names: JudgeNames;
}

export const WITHOUT_NAMES: CaseNames = { digest: null, names: NO_NAMES };

interface NamesPorts {
  readonly vault: Pick<ExhibitVault, 'keep' | 'read'>;
  readonly store: Pick<EvidenceStore, 'deposit' | 'exhibits'>;
  readonly clock: Clock;
  readonly kernels: Kernels;
  readonly progress: Pick<Progress, 'note'>;
}

/**
 * The names of an order, kept as an exhibit; without an order those that the case was given last,
 * so that a run which does not repeat them finds what the one before it found.
 *
 * `given`: the bytes of a names file; empty names take earlier ones back. A names file that merely
 * lies among the evidence is never judged by: it is the word of whoever handed it in.
 */
export async function namesForCase(
  ports: NamesPorts,
  given: { readonly bytes: Uint8Array; readonly givenBy: string } | null,
): Promise<CaseNames> {
  const { store, progress } = ports;
  const exhibits: (Exhibit & { readonly custody: readonly CustodyEntry[] })[] = [];
  for await (const exhibit of store.exhibits()) exhibits.push(exhibit);
  const standing = namesInForce(exhibits);
  if (given === null) {
    if (standing === null) return WITHOUT_NAMES;
    progress.note(`Judged by the names that the case was given before (${standing.slice(0, 12)}).`);
    return readNames(ports, standing);
  }
  const { digest, bytes } = await ports.vault.keep(once(given.bytes));
  if (digest !== standing) {
    const kind = exhibits.find((exhibit) => exhibit.digest === digest)?.kind ?? 'office-names';
    const custody: CustodyEntry = {
      exhibit: digest,
      givenBy: given.givenBy,
      receivedAt: ports.clock.now(),
      receivedHow: 'office',
      name: 'names of the office (--names)',
    };
    await store.deposit([{ exhibit: { digest, bytes, kind }, custody }]);
  }
  return readNames(ports, digest);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** The names that the office gave last; null where it gave none. */
export function namesInForce(
  exhibits: Iterable<{ readonly digest: Sha256; readonly custody: readonly CustodyEntry[] }>,
): Sha256 | null {
  let last: CustodyEntry | null = null;
  for (const { custody } of exhibits)
    for (const entry of custody)
      if (entry.receivedHow === 'office' && (last === null || entry.receivedAt >= last.receivedAt))
        last = entry;
  return last?.exhibit ?? null;
}

/** Names that an exhibit holds; none where its bytes are no such file. */
export async function readNames(
  { vault, kernels }: { readonly vault: Pick<ExhibitVault, 'read'>; readonly kernels: Kernels },
  digest: Sha256,
): Promise<CaseNames> {
  const bytes = await vault.read(digest);
  try {
    const names = parseJudgeNames(JSON.parse(kernels.utf8(bytes, 0, bytes.length)));
    return { digest, names: names ?? NO_NAMES };
  } catch (cause) {
    if (cause instanceof SyntaxError) return { digest, names: NO_NAMES };
    throw cause;
  }
}

/** Inputs of a finding that rests on an exhibit as it is read by names. */
export const inputsBy = (
  exhibits: readonly Sha256[],
  { digest }: Pick<CaseNames, 'digest'>,
): readonly Sha256[] => (digest === null ? exhibits : [...exhibits, digest]);

/** Whether inputs, of which names would be at the place given, rest on these names. */
export const isBy = (inputs: readonly string[], place: number, names: Sha256 | null): boolean =>
  (inputs[place] ?? null) === names;
