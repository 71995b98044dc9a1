import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { LookupLogs, OfficeRefusal } from '../../app/ports/index.ts';
import {
  type AccessLogFindings,
  assessAccessLog,
  createAccessLogReader,
  type KnownNumbers,
} from '../../core/access-log/index.ts';
import {
  fail,
  type Kernels,
  type Limit,
  ok,
  type Result,
  systemCode,
} from '../../core/base/index.ts';
import type { NetworkList } from '../../core/web-log/index.ts';
import { createDiskSpool } from './disk-spool.ts';
import { type LogPiece, openPieces, type PieceFailure, readPiece } from './log-piece.ts';

export interface LogOrder {
  /** A file, or a folder of rotated and packed pieces. */
  readonly path: string;
  readonly kernels: Kernels;
  /** Hears how many bytes of how many were read; null while nothing can be counted. */
  readonly onProgress: (step: string, done: number, total: number | null) => void;
  /** Hears what to close where the program is interrupted. */
  readonly onOpen: (close: () => void) => void;
}

/** Digests the pieces of a log; their bytes are what a finding about them rests on. */
export async function openLookupLogs({
  path,
  ...order
}: LogOrder): Promise<Result<LookupLogs, OfficeRefusal>> {
  const { pieces, failures } = await openPieces([path], order.kernels);
  const [first] = failures;
  if (pieces.length === 0) return fail(refused(path, first?.system ?? 'no file'));
  const digests: string[] = [];
  for (const piece of pieces) {
    try {
      digests.push(await digestOf(piece));
    } catch (cause) {
      return fail(refused(piece.path, systemCode(cause)));
    }
  }
  return ok({
    parameters: { pieces: digests },
    limits: failures.map(pieceLimit),
    read: async (work) => {
      const spool = createDiskSpool();
      order.onOpen(spool.close);
      try {
        const { found, failures: cut } = await readPieces({
          ...order,
          pieces,
          spool,
          parameter: null,
          known: null,
          own: null,
        });
        return work(found, [...failures, ...cut].map(pieceLimit));
      } finally {
        spool.close();
      }
    },
  });
}

const refused = (name: string, system: string): OfficeRefusal => ({
  code: 'log-piece-unreadable',
  name,
  reason: `the log cannot be read${system === '' ? '' : ` (${system})`}`,
});

async function digestOf({ path }: LogPiece): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(chunk as Uint8Array);
  }
  return hash.digest('hex');
}

export interface PiecesToRead extends Pick<LogOrder, 'kernels' | 'onProgress'> {
  readonly pieces: readonly LogPiece[];
  readonly spool: Parameters<typeof createAccessLogReader>[0]['spool'];
  /** The parameter that holds the record number; null: it is found. */
  readonly parameter: string | null;
  readonly known: KnownNumbers | null;
  /** The office's own addresses; null: none are named. */
  readonly own: NetworkList | null;
}

/**
 * Every line of every piece, in the order of their times; what was found, and where a piece was
 * cut.
 */
export async function readPieces({
  pieces,
  kernels,
  spool,
  parameter,
  known,
  own,
  onProgress,
}: PiecesToRead): Promise<{
  readonly found: AccessLogFindings;
  readonly failures: readonly PieceFailure[];
}> {
  const total = pieces.reduce((sum, { bytes }) => sum + bytes, 0);
  const reader = createAccessLogReader({ kernels, spool, parameter, known, own });
  const failures: PieceFailure[] = [];
  let done = 0;
  for (const piece of pieces) {
    const into = reader.piece(piece.path);
    const failure = await readPiece(piece, into.add, (count) => {
      done += count;
      onProgress('reading bytes', done, total);
    });
    into.end();
    if (failure !== null) failures.push(failure);
  }
  onProgress('asking who took what', 0, null);
  return { found: assessAccessLog(reader.log), failures };
}

const FAILURES: { readonly [code in PieceFailure['code']]: string } = {
  'log-piece-unreadable': 'cannot be read',
  'log-piece-damaged': 'the packed data are cut or damaged; what came before that is read',
  'log-piece-again': 'the same content as another piece; not counted twice',
};

export const pieceLimit = ({ path, code, system }: PieceFailure): Limit => ({
  code,
  at: path,
  text: `${FAILURES[code]}${system === '' ? '' : ` (${system})`}`,
});
