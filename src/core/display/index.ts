export { gravestFirst } from './limit-gravity.ts';
export { defang, displayPieces, printable } from './safe-text.ts';
export { columnsOf, fitted, wrapped } from './wrap.ts';
