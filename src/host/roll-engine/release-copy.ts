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
import { cellLike, cellValue, type RawRow, rawRows } from './rows.ts';
import { type WholeFile, writeWhole } from './write-whole.ts';

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
 * Writes a copy of a roll with marks in its spellings and canaries among its rows. Values stay:
 * only equivalent spellings differ, in cells that the layout names.
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
  const out = writeWhole(order.to, 0o644);
  try {
    const copied = await copyRows(order, createRowWriter(order, register, { out, kernels }));
    if (!copied.ok) {
      out.drop();
      return copied;
    }
    return ok({
      ...copied.value,
      register,
      canaryCommit: canaryCommit(register, kernels),
      markKeyCommit: markKeyCommit(keys, kernels),
      keep: out.keep,
      drop: out.drop,
    });
  } catch (cause) {
    out.drop();
    throw cause;
  }
}

type Written = Pick<CopyMade, 'sha256' | 'rowCount' | 'marked'>;

interface RowWriter {
  header(row: RawRow): void;
  /** A person's row, marked, and the canaries whose place is behind it. */
  row(row: RawRow): void;
  /** The canaries that are left, and all that is still held. */
  end(): Written;
}

async function copyRows(
  { from, layout: { layout, delimiter, width } }: CopyOrder,
  writer: RowWriter,
): Promise<Result<Written, RollFailure>> {
  const { quoted, encoding } = layout;
  let place = 0;
  for await (const row of rawRows(from, { delimiter, quoted, encoding })) {
    if (!row.ok) return row;
    place += 1;
    const found = row.value.cells.length;
    if (found !== width) return fail({ code: 'roll-row-ragged', row: place, wanted: width, found });
    if (place === 1 && layout.header) writer.header(row.value);
    else writer.row(row.value);
  }
  return ok(writer.end());
}

function createRowWriter(
  order: CopyOrder,
  register: SealedRegister,
  { out, kernels }: { readonly out: WholeFile; readonly kernels: Kernels },
): RowWriter {
  const { layout, delimiter } = order.layout;
  const { keys } = register;
  const hash = createHash('sha256');
  const gaps = canaryPlaces(order.canaries.length);
  let held: string[] = [];
  let [rowCount, marked] = [0, 0];
  const put = (cells: readonly string[], end: string): void =>
    void held.push(`${cells.join(delimiter)}${end || '\n'}`);
  const putCanary = (model: RawRow): void => {
    gaps.shift();
    held.push(canaryRow(order, register.canaries[rowCanary(order, gaps)]!, model));
    rowCount += 1;
  };
  const flush = (): void => {
    const bytes = Buffer.from(held.join(''), layout.encoding === 'utf-8' ? 'utf8' : 'latin1');
    hash.update(bytes);
    out.write(bytes);
    held = [];
  };
  let last: RawRow | null = null;
  return {
    header: ({ cells, end }) => put(cells, end),
    row(row) {
      last = row;
      const own = markedCells(row.cells, order.layout, { keys, kernels });
      if (own.some((cell, at) => cell !== row.cells[at])) marked += 1;
      put(own, row.end);
      rowCount += 1;
      while (gaps[0] !== undefined && rowCount > gaps[0]) putCanary(row);
      if (held.length >= FLUSH_ROWS) flush();
    },
    end() {
      while (gaps.length > 0 && last !== null) putCanary(last);
      flush();
      return { sha256: hash.digest('hex'), rowCount, marked };
    },
  };
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

/**
 * A canary as a row like its neighbour: party, county and codes of the row before it, nobody's
 * name.
 */
function canaryRow(
  { layout: { places, delimiter } }: CopyOrder,
  canary: Canary,
  model: RawRow,
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
