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
