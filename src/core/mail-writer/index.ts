export { type Addressee, type Letter, received, type Writer } from './clients.ts';
export { type Delivery, deliveryFields, type Receiver } from './delivery.ts';
export { FORM_SHARES, FORMS, type Form, type FormRow, houses } from './forms.ts';
export { gzipStored } from './gzip.ts';
export { writeHandOver } from './handover.ts';
export { type MboxEntry, storedMessage, storedText, writeMbox } from './mbox.ts';
export {
  base64Lines,
  CRLF,
  crlf,
  field,
  htmlLines,
  mailbox,
  mailDate,
  message,
  multipartBody,
  quotedPrintable,
} from './mime.ts';
export type { Comment, Original } from './original.ts';
export {
  COUNTYNET,
  FREEMAIL,
  FREEMAIL_FILTERED_SHARE,
  honestDelivery,
  PROVIDER_SHARES,
  type Provider,
  signatureField,
  submissionHop,
  UNIVERSITY,
} from './providers.ts';
export { textPart } from './text-part.ts';
export { writeZip } from './zip.ts';
