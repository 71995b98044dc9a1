export {
  type CharsetHow,
  decodeBodyText,
} from './body-text.ts';
export { charsetDoubt } from './charset-doubt.ts';
export { canonicalCharset, decodeCharset } from './decode.ts';
export { TEXT_BYTES_MAX, textBytes } from './text-bytes.ts';
export { textPositions } from './text-position.ts';
