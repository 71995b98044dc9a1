export { decodeReferences } from './character-reference.ts';
export { mayHide } from './hiding.ts';
export {
  type HtmlReading,
  htmlLinks,
  htmlToText,
  readHiding,
  readHtml,
  type TextRange,
} from './html-text.ts';
