import type { Kernels } from '../base/index.ts';
import {
  createLineReader,
  createTargets,
  emptyNumber,
  type LineCounts,
  type LineReader,
  type LogRequest,
  type NetworkList,
  type PathInfo,
  readRecordNumber,
  SIZE_UNKNOWN,
  type Slot,
  type Targets,
} from '../web-log/index.ts';
import { type Clients, createClients } from './clients.ts';
import type { KnownNumbers } from './known-numbers.ts';
import { createProbeLedger, type ProbeLedger } from './probe-ledger.ts';
import { createSeries, type SeriesTable } from './series.ts';
import { createLookups, type Lookups, type Spool } from './spool.ts';
import { createTrafficHours, type TrafficHours } from './traffic-hours.ts';

export interface AccessLogOrder {
  readonly kernels: Pick<Kernels, 'latin1' | 'encode'>;
  readonly spool: Spool;
  /** The parameter that holds the record number, where the office names it; null: it is found. */
  readonly parameter: string | null;
  /** What tells answers with a record from others, beside what visitors show; null: nothing. */
  readonly known?: KnownNumbers | null;
  /** The office's own addresses, whose look-ups nobody took; null: none are named. */
  readonly own?: NetworkList | null;
}

export interface Piece {
  readonly name: string;
  readonly counts: LineCounts;
  /** Times that lie more than an hour before the line above. */
  clockJumps: number;
}

/** What the first reading keeps of a log: bounded by the named limits, whatever its size. */
export interface ReadLog {
  readonly pieces: readonly Piece[];
  readonly lookups: Lookups;
  readonly clients: Clients;
  readonly targets: Targets;
  readonly series: SeriesTable;
  readonly hours: TrafficHours;
  readonly probes: ProbeLedger;
  readonly known: KnownNumbers | null;
  /** The parameter that the office named; null: none. */
  readonly parameter: string | null;
  /** Look-ups of the office's own addresses: counted here and nowhere else. */
  readonly own: { readonly networks: NetworkList | null; lookups: number };
}

export interface AccessLogReader {
  /** Begins a piece of the log; give pieces in the order of their first times. */
  piece(name: string): Pick<LineReader, 'add' | 'end'>;
  readonly log: ReadLog;
}

/** A clock set back by more than this is named; less is what parallel workers do. */
const CLOCK_JUMP_SECONDS = 3_600;
/** Numbers of one request that are kept. */
const NUMBERS_MAX = 3;

/**
 * Reads a log of any size, a piece after the other, in bounded memory. Never throws on any bytes.
 */
export function createAccessLogReader(order: AccessLogOrder): AccessLogReader {
  const copy = (text: string): string => copied(order.kernels, text);
  const pieces: Piece[] = [];
  const log: ReadLog = {
    pieces,
    lookups: createLookups(order.spool),
    clients: createClients(copy),
    targets: createTargets(order.parameter, copy),
    series: createSeries(copy),
    hours: createTrafficHours(),
    probes: createProbeLedger(),
    known: order.known ?? null,
    parameter: order.parameter,
    own: { networks: order.own ?? null, lookups: 0 },
  };
  const take = createTaker(log);
  return {
    log,
    piece(name) {
      let before = 0;
      let unread = 0;
      const reader = createLineReader(order.kernels, (request) => {
        if (reader.counts.unread > unread) {
          log.hours.unread(request.second, reader.counts.unread - unread);
          unread = reader.counts.unread;
        }
        if (request.second < before - CLOCK_JUMP_SECONDS) piece.clockJumps += 1;
        before = request.second;
        take(request);
      });
      const piece: Piece = { name, counts: reader.counts, clockJumps: 0 };
      pieces.push(piece);
      return {
        add: reader.add,
        end() {
          reader.end();
          const left = reader.counts.unread - unread;
          if (left > 0 && before > 0) log.hours.unread(before, left);
        },
      };
    },
  };
}

/** A text of its own: a window into a block would keep the whole block in memory. */
function copied({ latin1 }: Pick<Kernels, 'latin1'>, text: string): string {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // JSON holds other letters; such texts were made by the parser and stand alone.
    if (code > 255) return text;
    bytes[at] = code;
  }
  return latin1(bytes, 0, bytes.length);
}

function createTaker({ lookups, clients, targets, series, hours, probes, own }: ReadLog) {
  const number = emptyNumber();
  let found = 0;

  const keep = (request: LogRequest, slot: Slot, value: number, row: number): void => {
    const { second, status } = request;
    if (own.networks?.has(request.address)) {
      own.lookups += found === 0 ? 1 : 0;
      found += 1;
      return;
    }
    if (found === 0) clients.countLookup(row, second, value);
    found += 1;
    const index = Number.isNaN(value)
      ? series.body(slot)
      : series.numbered(slot, number.prefix, number.padded, value);
    if (index < 0) return;
    const bytes = request.method === 'HEAD' ? 0 : Math.min(request.bytes, SIZE_UNKNOWN);
    lookups.add({ value, second, client: row, bytes, status, series: index });
  };
  const text = (request: LogRequest, slot: Slot, sent: string): void => {
    const plain = sent.includes('%') ? unescaped(sent) : sent;
    if (!readRecordNumber(plain, 0, plain.length, number)) return;
    if (number.digits < slot.digitsMin || isTime(number.value, request.second)) return;
    keep(request, slot, number.value, clients.row(request.address, request.agent));
  };
  const query = (request: LogRequest, info: PathInfo, from: number): void => {
    const { target } = request;
    for (let at = from; at < target.length && found < NUMBERS_MAX; ) {
      const ampersand = target.indexOf('&', at);
      const end = ampersand < 0 ? target.length : ampersand;
      const equals = target.indexOf('=', at);
      if (equals > at && equals < end) {
        const slot = targets.slot(info, target.slice(at, equals));
        if (slot !== null) text(request, slot, target.slice(equals + 1, end));
      }
      at = end + 1;
    }
  };

  return (request: LogRequest): void => {
    const probe = probes.look(request);
    const { target } = request;
    const start = target.startsWith('http') ? originForm(target) : 0;
    const mark = target.indexOf('?', start);
    const path = target.slice(start, mark < 0 ? target.length : mark);
    const info = targets.path(path);
    found = 0;
    if (info?.asset) {
      clients.countAsset(clients.row(request.address, request.agent));
    } else if (info !== null && !probe) {
      if (mark >= 0) query(request, info, mark + 1);
      if (info.segments.length > 0) {
        const segments = path.split('/');
        for (const { at, slot } of info.segments) text(request, slot, segments[at] ?? '');
      }
      if (found === 0 && info.body !== null && request.method === 'POST') {
        keep(request, info.body, Number.NaN, clients.row(request.address, request.agent));
      }
    }
    hours.line(request.second, found > 0);
  };
}

/** Where the path begins in `https://host/path`. */
function originForm(target: string): number {
  const scheme = target.indexOf('://');
  const slash = scheme < 0 ? -1 : target.indexOf('/', scheme + 3);
  return scheme > 5 || slash < 0 ? 0 : slash;
}

/** A number within two days of the request's own time, in seconds or milliseconds, is a clock. */
const isTime = (value: number, second: number): boolean =>
  Math.abs(value - second) < 172_800 || Math.abs(value / 1000 - second) < 172_800;

const unescaped = (text: string): string =>
  text.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
