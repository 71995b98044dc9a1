export {
  ADDRESSES_MAX,
  addressInName,
  type Mailbox,
  parseMailboxes,
  scanMailboxes,
} from './address.ts';
export { type ContentHeader, parameterOf, parseContentHeader } from './content-type.ts';
export { decodeHeaderText, ENCODED_WORDS_MAX } from './encoded-word.ts';
export { parseMailDate, readMailDate } from './mail-date.ts';
export { usualMailbox } from './usual-mailbox.ts';
