import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { assert, systemCode } from '../../../core/base/index.ts';
import { printable } from '../../../core/display/index.ts';
import { type ReplayFile, type ReplayOrder, writeReplay } from '../../../core/replay/index.ts';
import { nodeKernels } from '../../kernels/index.ts';
import type { Command, Order, Outcome, Surroundings } from '../command.ts';
import { createProgress } from '../progress.ts';

const CASE = 'october-2020';

/** Four million mails sent. Beyond it a person meant something else. */
const SCALE_MAX = 100;
/** Counties of the larger state. */
const COUNTIES = 60;
/** Files between two looks at the terminal and the signals. */
const BREATH_FILES = 50;

export const replay: Command = {
  usage: `${CASE} --seed N --out DIR [--scale X] [--county-lists N]`,
  about: [
    'Writes synthetic evidence of the founding case: reported mail with invented voters and reserved',
    'names, and truth.json, which says what is true of it. The same seed gives the same bytes.',
    'DIR/evidence is the mail of the offices; DIR/office their voter lists with copies and sealed',
    'registers, facts, the log of a look-up page, and what sixty counties counted.',
  ],
  options: {
    seed: { value: 'N', says: 'a whole number; every byte depends on it' },
    out: { value: 'DIR', says: 'an empty folder, or one that does not exist yet' },
    'county-lists': {
      value: 'N',
      says: `counties that get their part of the lists, to practise matching: 0 to ${COUNTIES} (default 8)`,
    },
    scale: { value: 'X', says: `size; 1 is the founding case, at most ${SCALE_MAX} (default 1)` },
  },
  run: async (order, surroundings) => {
    const wanted = readWanted(order);
    if ('wrongUse' in wanted) return wanted;
    const refusal = makeEmpty(wanted.out);
    return refusal === null ? write(wanted, surroundings) : { wrongUse: refusal };
  },
};

interface Wanted extends ReplayOrder {
  readonly out: string;
}

function readWanted(order: Order): Wanted | { readonly wrongUse: string } {
  const [name, extra] = order.arguments;
  const [seed, out, scaleText] = [order.option('seed'), order.option('out'), order.option('scale')];
  if (name !== CASE || extra !== undefined) return { wrongUse: `the case to replay is ${CASE}` };
  if (seed === null || !/^\d{1,15}$/.test(seed)) return { wrongUse: '--seed needs a whole number' };
  if (out === null) return { wrongUse: '--out needs the folder to write to' };
  const scale = scaleText === null ? 1 : Number(scaleText);
  if (!(scale > 0 && scale <= SCALE_MAX)) {
    return { wrongUse: `--scale needs a number above 0, at most ${SCALE_MAX}` };
  }
  const lists = order.option('county-lists');
  if (lists === null) return { seed, out, scale };
  const countyLists = /^\d{1,2}$/.test(lists) ? Number(lists) : Number.NaN;
  return countyLists <= COUNTIES
    ? { seed, out, scale, countyLists }
    : { wrongUse: `--county-lists needs a number from 0 to ${COUNTIES}` };
}

/** Why the folder cannot be written to; null where it stands empty. */
function makeEmpty(folder: string): string | null {
  try {
    mkdirSync(folder, { recursive: true });
    return readdirSync(folder).length === 0 ? null : `${printable(folder)} is not empty`;
  } catch (cause) {
    return `${printable(folder)} cannot be made: ${systemCode(cause)}`;
  }
}

async function write(wanted: Wanted, { terminal }: Surroundings): Promise<Outcome> {
  const progress = createProgress(terminal, () => performance.now());
  const made = new Set<string>();
  let files = 0;
  let bytes = 0;
  try {
    for (const file of writeReplay(wanted, nodeKernels)) {
      writeUnder(wanted.out, file, made);
      files += 1;
      bytes += file.bytes.length;
      progress.update('writing', files, null);
      if (files % BREATH_FILES === 0) await breathe();
    }
  } catch (cause) {
    terminal.say(`tocsin: ${printable(wanted.out)} cannot be written: ${systemCode(cause)}`);
    return 1;
  } finally {
    progress.finish();
  }
  const size = (bytes / 1e6).toFixed(1);
  await terminal.write(`${files} files, ${size} MB, in ${printable(wanted.out)}\n`);
  return 0;
}

function writeUnder(folder: string, { path, bytes }: ReplayFile, made: Set<string>): void {
  assert(!isAbsolute(path) && !path.split('/').includes('..'), 'a replay file leaves its folder');
  const place = join(folder, path);
  const parent = dirname(place);
  if (!made.has(parent)) mkdirSync(parent, { recursive: true });
  made.add(parent);
  writeFileSync(place, bytes, { flag: 'wx' });
}
