export { createDiskSpool, type DiskSpool } from './disk-spool.ts';
export { openPieces, type PieceFailure } from './log-piece.ts';
export { openLookupLogs, type PiecesToRead, pieceLimit, readPieces } from './lookup-logs.ts';
