export {
  type CharsetHints,
  type CharsetHow,
  type DecodedText,
  decodeBodyText,
} from './body-text.ts';
export { type CharsetDoubt, charsetDoubt } from './charset-doubt.ts';
export { canonicalCharset, decodeCharset } from './decode.ts';
export { TEXT_BYTES_MAX, textBytes } from './text-bytes.ts';
export { type TextPositions, textPositions } from './text-position.ts';
