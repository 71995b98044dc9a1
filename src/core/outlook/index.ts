export { decompressRtf } from './compressed-rtf.ts';
export { readReportedMail } from './reported-mail.ts';
export { readRtfBody } from './rtf-body.ts';
export { readTnef } from './tnef.ts';
