import { createHash, randomBytes } from 'node:crypto';
import { fail, type Kernels, ok, type Result } from '../../core/base/index.ts';
import {
  type Canary,
  canaryCommit,
  markKeyCommit,
  markText,
  type SealedRegister,
} from '../../core/exposure/index.ts';
import type { ResolvedLayout, RollField } from '../../core/roll/index.ts';
import type { RollFailure } from './failure.ts';
import { cellLike, cellValue, rawRows } from './rows.ts';
import { writeWhole } from './write-whole.ts';

export interface CopyOrder {
  readonly from: string;
  readonly layout: ResolvedLayout;
  readonly to: string;
  readonly releaseId: string;
  readonly biasKey: string | null;
  readonly canaries: readonly Canary[];
}

export interface CopyMade {
  readonly sha256: string;
  readonly rowCount: number;
  readonly marked: number;
  readonly register: SealedRegister;
  readonly canaryCommit: string;
  readonly markKeyCommit: string;
  /** Gives the copy its name; without it nothing is left. */
  keep(): void;
  drop(): void;
}

const FLUSH_ROWS = 5000;

/**
 * Writes a copy of a roll with marks in its spellings and canaries among its rows. Values stay: only
 * equivalent spellings differ, in cells that the layout names.
 */
export async function copyWithMarks(
  order: CopyOrder,
  kernels: Kernels,
): Promise<Result<CopyMade, RollFailure>> {
  const secret = (): string => randomBytes(32).toString('hex');
  const keys = { markKey: secret(), biasKey: order.biasKey };
  const register: SealedRegister = {
    releaseId: order.releaseId,
    keys,
    canaries: order.canaries,
    salt: secret(),
  };
  const { layout, delimiter } = order.layout;
  const out = writeWhole(order.to, 0o644);
  const hash = createHash('sha256');
  let held: string[] = [];
  const flush = (): void => {
    const bytes = Buffer.from(held.join(''), layout.encoding === 'utf-8' ? 'utf8' : 'latin1');
    hash.update(bytes);
    out.write(bytes);
    held = [];
  };
  let [rowCount, marked, place] = [0, 0, 0];
  let model: { readonly cells: readonly string[]; readonly end: string } | null = null;
  const gaps = canaryPlaces(order.canaries.length);
  try {
    for await (const row of rawRows(order.from, {
      delimiter,
      quoted: layout.quoted,
      encoding: layout.encoding,
    })) {
      if (!row.ok) {
        out.drop();
        return row;
      }
      place += 1;
      const { cells, end } = row.value;
      if (cells.length !== order.layout.width) {
        out.drop();
        return fail({
          code: 'roll-row-ragged',
          row: place,
          wanted: order.layout.width,
          found: cells.length,
        });
      }
      if (place === 1 && layout.header) {
        held.push(`${cells.join(delimiter)}${end || '\n'}`);
        continue;
      }
      model = row.value;
      const own = markedCells(cells, order.layout, { keys, kernels });
      if (own.some((cell, at) => cell !== cells[at])) marked += 1;
      held.push(`${own.join(delimiter)}${end || '\n'}`);
      rowCount += 1;
      while (gaps[0] !== undefined && rowCount > gaps[0]) {
        gaps.shift();
        held.push(canaryRow(order, register.canaries[rowCanary(order, gaps)]!, model));
        rowCount += 1;
      }
      if (held.length >= FLUSH_ROWS) flush();
    }
    while (gaps.shift() !== undefined && model !== null) {
      held.push(canaryRow(order, register.canaries[rowCanary(order, gaps)]!, model));
      rowCount += 1;
    }
    flush();
  } catch (cause) {
    out.drop();
    throw cause;
  }
  return ok({
    sha256: hash.digest('hex'),
    rowCount,
    marked,
    register,
    canaryCommit: canaryCommit(register, kernels),
    markKeyCommit: markKeyCommit(keys, kernels),
    keep: out.keep,
    drop: out.drop,
  });
}

/** Canaries go in the order of the register, the next one is told by how many gaps are left. */
const rowCanary = ({ canaries }: CopyOrder, gaps: readonly number[]): number =>
  canaries.length - gaps.length - 1;

/** Row counts after which a canary stands: drawn by chance among the first thousands of rows. */
function canaryPlaces(count: number): number[] {
  let place = 0;
  return Array.from({ length: count }, () => {
    place += 1 + (randomBytes(2).readUInt16LE() % 97);
    return place;
  });
}

interface Marking {
  readonly keys: SealedRegister['keys'];
  readonly kernels: Kernels;
}

function markedCells(
  cells: readonly string[],
  { places, delimiter }: ResolvedLayout,
  { keys, kernels }: Marking,
): readonly string[] {
  const id = (places.get('VoterId') ?? []).map((at) => cellValue(cells[at] ?? '').trim()).join(' ');
  if (id === '') return cells;
  const own = [...cells];
  for (const field of ['ResidenceAddress.Line', 'ResidenceAddress.Unit'] as const) {
    const columns = places.get(field) ?? [];
    // An address in many columns is spelled by the state: its parts are codes, not words.
    if (columns.length !== 1) continue;
    const [at] = columns;
    const value = cellValue(own[at!] ?? '');
    const marked = markText(value, id, keys, kernels);
    if (marked !== value) own[at!] = cellLike(marked, own[at!] ?? '', delimiter);
  }
  return own;
}

/** A canary as a row like its neighbour: party, county and codes of the row before it, nobody's name. */
function canaryRow(
  { layout: { places, delimiter } }: CopyOrder,
  canary: Canary,
  model: { readonly cells: readonly string[]; readonly end: string },
): string {
  const kept = new Set<RollField>([
    'Party',
    'County',
    'Precinct',
    'VoterStatus',
    'VoterClassification',
    'ResidenceAddress.State',
    'Gender',
    'RegistrationDate',
  ]);
  const keptPlaces = new Set([...places].flatMap(([field, own]) => (kept.has(field) ? own : [])));
  const cells = model.cells.map((cell, at) => (keptPlaces.has(at) ? cell : ''));
  const values: readonly (readonly [RollField, string])[] = [
    ['VoterId', idLike(cellValue(model.cells[places.get('VoterId')?.[0] ?? -1] ?? ''))],
    ['FirstName', canary.first],
    ['LastName', canary.last],
    ['ResidenceAddress.Line', canary.street],
    ['ResidenceAddress.City', canary.city],
    ['ResidenceAddress.ZipCode', canary.zip],
    ['ContactMethod.Email', canary.email],
  ];
  for (const [field, value] of values) {
    const at = places.get(field)?.[0];
    if (at !== undefined) cells[at] = cellLike(value, model.cells[at] ?? '', delimiter);
  }
  return `${cells.join(delimiter)}${model.end || '\n'}`;
}

/** An id of the same shape: letters stay, the digits are drawn by chance, so no two are alike. */
const idLike = (id: string): string => {
  const digits = BigInt(`0x${randomBytes(16).toString('hex')}`)
    .toString()
    .padStart(40, '7');
  let at = 0;
  return id.replace(/\d/g, () => digits[at++ % digits.length] ?? '7');
};
