export {
  filesByMessage,
  inlineShares,
  type MessageContent,
  type MessageFiles,
  type ShownBody,
  withOpenedMarked,
  withOwnParts,
} from './content.ts';
export { circleOf, namesOlder, readInline } from './inline-message.ts';
export { type ChangedLineEnds, changedLineEnds } from './line-ends.ts';
export type {
  Brought,
  Forward,
  HeaderField,
  Hop,
  Mailbox,
  MailDefect,
  MailMessage,
  MailPart,
  MailReading,
  MessageRole,
} from './mail.ts';
export { cameAsText, holdsSigned, senderSubject, senderWords } from './mail.ts';
export { LimitLog, MailWork } from './mail-limits.ts';
export { eitherOf, inlineOnly, readMessage, roleOf } from './read.ts';
export { looksLikeMail, type SniffedKind, sniffKind } from './sniff.ts';
export { joinSoftBreaks } from './soft-breaks.ts';
export { transferEncoding } from './transfer.ts';
