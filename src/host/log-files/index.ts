export { createDiskSpool, type DiskSpool } from './disk-spool.ts';
export { openPieces, type PieceFailure, readPiece } from './log-piece.ts';
