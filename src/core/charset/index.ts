export {
  type CharsetHints,
  type CharsetHow,
  type DecodedText,
  decodeBodyText,
} from './body-text.ts';
export { canonicalCharset, decodeCharset } from './decode.ts';
