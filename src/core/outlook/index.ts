export { isCompoundFile } from './compound-file.ts';
export { decompressRtf } from './compressed-rtf.ts';
export type { MapiFile, MapiItem } from './mapi-item.ts';
export { isMsg, readMsg } from './msg.ts';
export { type ReadOptions, readReportedMail } from './reported-mail.ts';
export { type RtfBody, readRtfBody } from './rtf-body.ts';
export { isTnef, readTnef } from './tnef.ts';
