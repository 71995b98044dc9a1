export type { MessageContent, ShownBody } from './content.ts';
export type {
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
export {
  createMboxSplitter,
  type MboxProfile,
  type MboxRange,
  type MboxSplitter,
} from './mbox.ts';
export { unquoteMboxrd } from './mbox-quoting.ts';
export { readMessage } from './read.ts';
export { type SniffedKind, sniffKind } from './sniff.ts';
export { transferEncoding } from './transfer.ts';
