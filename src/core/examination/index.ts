export { askingAlso, NOBODY_ASKED } from './asking.ts';
export type { Examined, ExaminedMessage } from './examine.ts';
export { closeExamineJson, messageExamineJson, openExamineJson } from './examine-json.ts';
export {
  examineClosing,
  examineHeading,
  limitText,
  messageLine,
  readingText,
} from './examine-text.ts';
