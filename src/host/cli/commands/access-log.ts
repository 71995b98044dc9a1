import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import {
  type AccessLogFindings,
  accessLogJson,
  accessLogText,
  ENUMERATION,
  type KnownNumbers,
  parseKnownNumbers,
} from '../../../core/access-log/index.ts';
import { systemCode } from '../../../core/base/index.ts';
import { printable } from '../../../core/display/index.ts';
import { readNetworkList } from '../../../core/web-log/index.ts';
import { nodeKernels } from '../../kernels/index.ts';
import {
  createDiskSpool,
  type DiskSpool,
  openPieces,
  type PieceFailure,
  type PiecesToRead,
  pieceLimit,
  readPieces,
} from '../../log-files/index.ts';
import type { Command, Order, Outcome, Surroundings } from '../command.ts';
import { createProgress } from '../progress.ts';
import type { Terminal } from '../terminal.ts';

export const accessLog: Command = {
  usage:
    'PATH... [--parameter NAME] [--known-ids FILE] [--own NETWORKS] [--notice-list FILE] [--json]',
  about: [
    'Reads the logs of a look-up page and says whether record numbers were tried one after the other,',
    'how many records were returned at least and at most, when, from where, by what tool.',
    'Apache, nginx, IIS and JSON lines, plain or gzip, rotated pieces in any order.',
    'No record number is printed: --notice-list writes them to a file of the office, and nowhere else.',
    'Exit code 1: something could not be read, or nothing can be said; it is named.',
  ],
  options: {
    parameter: { value: 'NAME', says: 'the parameter with the record number; else it is found' },
    'known-ids': {
      value: 'FILE',
      says: 'lines NUMBER,valid or NUMBER,invalid: tells which pages hold a record',
    },
    own: {
      value: 'NETWORKS',
      says: 'your own addresses, split by commas (10.20.0.0/16,2001:db8::/32): look-ups from there are left out',
    },
    'notice-list': { value: 'FILE', says: 'write the record numbers for notice to this new file' },
    json: { value: null, says: 'print one JSON document' },
  },
  run: (order, surroundings) => {
    if (order.arguments.length === 0) {
      return Promise.resolve({ wrongUse: 'name the log: one file or folder, or more' });
    }
    return readAndAnswer(order, surroundings);
  },
};

async function readAndAnswer(
  order: Order,
  { terminal, onInterrupt }: Surroundings,
): Promise<Outcome> {
  const named = order.option('own');
  const own = named === null ? null : readNetworkList(named);
  if (named !== null && own === null) {
    return { wrongUse: `--own: ${printable(named)} is no list of addresses or networks` };
  }
  const notice = order.option('notice-list');
  const list = notice === null ? null : openList(notice);
  if (list !== null && typeof list === 'string') {
    return { wrongUse: `--notice-list: ${printable(notice ?? '')} cannot be made (${list})` };
  }
  const known = readKnown(order.option('known-ids'), terminal);
  if (known === undefined) {
    if (typeof list === 'number') dropList(list, notice);
    return 2;
  }
  const spool = createDiskSpool();
  onInterrupt(spool.close);
  try {
    const { found, failures } = await readLog({ order, known, own }, spool, terminal);
    const limits = [...failures.map(pieceLimit), ...found.limits];
    const whole: AccessLogFindings = { ...found, limits };
    await terminal.write(order.given('json') ? accessLogJson(whole) : accessLogText(whole));
    for (const { at, text, code } of limits) {
      terminal.say(`tocsin: ${printable(at)}: ${printable(text)} [${code}]`);
    }
    const unsaid = found.refusals.find(({ question }) => question === ENUMERATION);
    if (unsaid !== undefined) terminal.say(`tocsin: ${unsaid.reason} [${unsaid.code}]`);
    if (list !== null) writeList(list, found, terminal);
    return isWhole(found, failures) ? 0 : 1;
  } finally {
    spool.close();
    if (typeof list === 'number') closeSync(list);
  }
}

/** A gap is a fact about the log, not a loss in reading it. */
const isWhole = (found: AccessLogFindings, failures: readonly PieceFailure[]): boolean =>
  found.refusals.every(({ question }) => question !== ENUMERATION) &&
  failures.every(({ code }) => code === 'log-piece-again') &&
  found.limits.every(({ code }) => code === 'log-gap' || code === 'log-clock');

async function readLog(
  { order, known, own }: { readonly order: Order } & Pick<PiecesToRead, 'known' | 'own'>,
  spool: DiskSpool,
  terminal: Terminal,
): Promise<{ readonly found: AccessLogFindings; readonly failures: readonly PieceFailure[] }> {
  const progress = createProgress(terminal, () => performance.now());
  const { pieces, failures } = await openPieces(order.arguments, nodeKernels);
  try {
    const read = await readPieces({
      pieces,
      kernels: nodeKernels,
      spool,
      parameter: order.option('parameter'),
      known,
      own,
      onProgress: progress.update,
    });
    return { found: read.found, failures: [...failures, ...read.failures] };
  } finally {
    progress.finish();
  }
}

/** Null where none are named; undefined where the file is none, which is said. */
function readKnown(path: string | null, terminal: Terminal): KnownNumbers | null | undefined {
  if (path === null) return null;
  const say = (reason: string, code: string): undefined => {
    terminal.say(`tocsin: ${printable(path)}: ${reason} [${code}]`);
  };
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    return say(`cannot be read (${systemCode(cause)})`, 'known-numbers-unreadable');
  }
  const read = parseKnownNumbers(text);
  if (read.ok) return read.value;
  return say(`line ${read.failure.line} is not NUMBER,valid or NUMBER,invalid`, read.failure.code);
}

function dropList(descriptor: number, path: string | null): void {
  closeSync(descriptor);
  if (path !== null) rmSync(path, { force: true });
}

/** Only the owner may read the list, and no list is ever written over. */
function openList(path: string): number | string {
  try {
    return openSync(path, 'wx', 0o600);
  } catch (cause) {
    return systemCode(cause);
  }
}

/** Records in one write. */
const BATCH = 10_000;

function writeList(descriptor: number, found: AccessLogFindings, terminal: Terminal): void {
  let lines = ['record,returned'];
  let records = 0;
  for (const { record, returned } of found.notice()) {
    lines.push(`${record},${returned}`);
    records += 1;
    if (lines.length < BATCH) continue;
    writeSync(descriptor, `${lines.join('\n')}\n`);
    lines = [];
  }
  if (lines.length > 0) writeSync(descriptor, `${lines.join('\n')}\n`);
  terminal.say(
    `tocsin: ${records} record numbers for notice are in the list; keep it in the office`,
  );
}
