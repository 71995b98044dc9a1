export { createDiskSpool, type DiskSpool } from './disk-spool.ts';
export { type LogPiece, openPieces, type PieceFailure, readPiece } from './log-piece.ts';
