export { type MailReader, mailReader } from './read-mail.ts';
