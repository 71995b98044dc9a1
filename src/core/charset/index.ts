export { canonicalCharset, decodeCharset } from './decode.ts';
export { guessCharset } from './guess.ts';
