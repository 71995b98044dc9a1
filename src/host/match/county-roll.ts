import { statSync } from 'node:fs';
import { printable } from '../../core/display/index.ts';
import { stateOf } from '../../core/exposure/index.ts';
import type { ListedRelease } from '../../core/psi/index.ts';
import { heldCells } from '../../core/tally/index.ts';
import type { RollRecords } from '../psi/index.ts';
import {
  type IdentityKey,
  openPlainRoll,
  openReleases,
  openRollEngine,
  type RollEngine,
  type RollFile,
  readIdentities,
  readReleaseIdentities,
  rollFailureSentence,
} from '../roll-engine/index.ts';
import type { MatchOrder, StepSurroundings, StepTerminal } from './surroundings.ts';

/** What a county's lists hold, ready to be encoded. */
export interface CountyRoll extends RollRecords {
  readonly rows: number;
  /** Rows without the fields of the key: blanked by law, or never given. */
  readonly without: number;
  /** People in cells too small to tell which releases hold them. */
  readonly untold: number;
  /** How many that would be if no strata were told apart. */
  readonly untoldWithoutCells: number;
}

interface Wish {
  readonly key: IdentityKey;
  readonly cells: readonly string[];
}

/** One list, or a folder of releases with their manifests; null, said already, where refused. */
export async function readCountyRoll(
  asked: Pick<MatchOrder, 'file' | 'order'>,
  wish: Wish,
  { terminal, onInterrupt }: StepSurroundings,
): Promise<CountyRoll | null> {
  const engine = await openRollEngine();
  onInterrupt(engine.close);
  try {
    return isFolder(asked.file)
      ? await readReleases(engine, { folder: asked.file, wish, terminal })
      : await readList(engine, { asked, wish, terminal });
  } finally {
    engine.close();
  }
}

const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

const dimensionsOf = ({ cells }: Wish) => ({
  party: cells.includes('party'),
  email: cells.includes('email'),
  county: cells.includes('county'),
});

async function readList(
  engine: RollEngine,
  {
    asked: { file, order },
    wish,
    terminal,
  }: {
    readonly asked: Pick<MatchOrder, 'file' | 'order'>;
    readonly wish: Wish;
    readonly terminal: StepTerminal;
  },
): Promise<CountyRoll | null> {
  const opened = openPlainRoll(file, order.option('layout') ?? '');
  if (!opened.ok) return sayRoll(file, opened.failure, terminal);
  const dimensions = dimensionsOf(wish);
  const read = await readIdentities(engine, opened.value, { key: wish.key, dimensions });
  if (!read.ok) return sayRoll(file, read.failure.failure, terminal);
  return { ...read.value, releases: [], untold: 0, untoldWithoutCells: 0 };
}

async function readReleases(
  engine: RollEngine,
  {
    folder,
    wish,
    terminal,
  }: { readonly folder: string; readonly wish: Wish; readonly terminal: StepTerminal },
): Promise<CountyRoll | null> {
  const opened = openReleases(folder);
  if (!opened.ok) return sayRoll(opened.failure.file, opened.failure.failure, terminal);
  const states = new Set(opened.value.map(({ manifest }) => stateOf(manifest.jurisdiction)));
  if (states.size > 1) {
    const named = printable([...states].join(', '));
    terminal.say(
      `tocsin: ${printable(folder)}: releases of ${named}; a folder holds those of one state [match-states]`,
    );
    return null;
  }
  const dimensions = dimensionsOf(wish);
  const read = await readReleaseIdentities(engine, opened.value, { key: wish.key, dimensions });
  if (!read.ok) return sayRoll(read.failure.file, read.failure.failure, terminal);
  const { identities, strata, held, rows, without } = read.value;
  const { labels, untold } = heldCells(
    strata.map((stratum, at) => ({ stratum, releases: held[at]! })),
  );
  const plain = heldCells(held.map((releases) => ({ stratum: '||', releases })));
  return {
    identities,
    cells: labels,
    releases: opened.value.map(listed),
    rows,
    without,
    untold,
    untoldWithoutCells: plain.untold,
  };
}

const listed = ({ manifest }: RollFile): ListedRelease => ({
  id: manifest.releaseId,
  asOf: manifest.asOf,
  subset: manifest.rowFilter !== null,
  jurisdiction: manifest.jurisdiction,
});

function sayRoll(
  file: string,
  failure: Parameters<typeof rollFailureSentence>[0],
  terminal: StepTerminal,
): null {
  const sentence = printable(rollFailureSentence(failure));
  terminal.say(`tocsin: ${printable(file)}: ${sentence} [${failure.code}]`);
  return null;
}
