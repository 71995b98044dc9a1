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
export { readMessage } from './read.ts';
export { type SniffedKind, sniffKind } from './sniff.ts';
export { transferEncoding } from './transfer.ts';
