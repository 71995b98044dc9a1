import type { Kernels, Random } from '../base/index.ts';
import type { CanaryOrder } from './canary-staff.ts';
import { askedFile, planMatches, tallyFiles } from './county-tallies.ts';
import { sizeFacts } from './facts.ts';
import { logPieces } from './log-pieces.ts';
import { releasesOfA, releasesOfF } from './office-releases.ts';
import { type OfficeTruth, officeTruth } from './office-truth.ts';
import { planA } from './plan-a.ts';
import { planF } from './plan-f.ts';
import type { Resident } from './registration.ts';
import { jsonFile, type OfficeFile } from './release.ts';

export interface OfficeOrder extends CanaryOrder {
  readonly scale: number;
  /** Those who reported mails of the wave, by the state whose list has them. */
  readonly residents: { readonly [state in 'F' | 'A']: readonly Resident[] };
  /** Keys of residents whose name and home a mail shows: whom a hub can ask about. */
  readonly askedAbout: ReadonlySet<string>;
  /** Counties of state F whose part of the lists is written for them, those of the wave first. */
  readonly countyLists: number;
}

/** What the offices hold beside their mail, planned but not written. */
export interface Office {
  /** How the copy that was used spells the home of a resident; null for state A's portal. */
  readonly spelledHomes: ReadonlyMap<string, string>;
  readonly truth: OfficeTruth;
  files(): Iterable<OfficeFile>;
}

/** Plans lists, copies and the look-up page's log; files are made one by one when asked for. */
export function planOffice(order: OfficeOrder, random: Random, kernels: Kernels): Office {
  const f = planF({ ...order, residents: order.residents.F }, random.fork('F'), kernels);
  const a = planA({ ...order, residents: order.residents.A }, random.fork('A'));
  const matches = planMatches(f, order.askedAbout);
  const facts = sizeFacts(f, random.fork('facts'));
  const spelledHomes = new Map<string, string>();
  for (const row of f.copies[f.used]?.rows ?? []) {
    if (row.resident === null) continue;
    const { line, unit } = f.spelling(row);
    spelledHomes.set(row.resident, unit === '' ? line : `${line} ${unit}`);
  }
  return {
    spelledHomes,
    truth: officeTruth({ f, a, facts, matches: matches?.truth ?? null }),
    *files() {
      yield* releasesOfF(f, order.countyLists, kernels);
      yield* releasesOfA(a, kernels);
      yield jsonFile('facts.json', facts, kernels);
      if (matches !== null) {
        yield askedFile(matches, kernels);
        yield* tallyFiles(matches, kernels);
      }
      yield* logPieces(a.log.lines, kernels);
    },
  };
}
