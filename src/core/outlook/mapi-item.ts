import { isMailAddress, numberOf, PROPERTY, type PropertyBag, textOf } from './mapi-properties.ts';

/** A file that came with an item, or a message inside it. */
export interface MapiFile {
  readonly fileName: string | null;
  readonly contentType: string | null;
  /** `ole`: an OLE object as Outlook stores it. */
  readonly kind: 'file' | 'message' | 'ole';
  /** Exactly as stored; of a message inside a .msg, its properties are stored and not its bytes. */
  readonly bytes: Uint8Array;
  /** Of `bytes` in the stream; null where they do not lie there in one piece. */
  readonly offset: number | null;
  readonly item: MapiItem | null;
}

/** A message in Outlook's own form: .msg, or a TNEF stream. */
export interface MapiItem {
  readonly form: 'msg' | 'tnef';
  readonly properties: PropertyBag;
  readonly codePage: number;
  readonly recipients: readonly MapiRecipient[];
  readonly files: readonly MapiFile[];
  readonly defects: readonly { readonly code: string; readonly at: number }[];
  readonly cut: 'outlook-attachments' | 'outlook-depth' | null;
}

export interface MapiRecipient {
  readonly name: string;
  /** Empty where Outlook stored only a directory name (X.500). */
  readonly address: string;
  readonly kind: 'to' | 'cc' | 'bcc';
}

/** Attachments of one item; a mail with more was not written by a person. */
export const ATTACHMENTS_MAX = 1_000;
/** Items inside each other. */
export const ITEM_DEPTH_MAX = 16;
/** Recipients of one item; a mail with more is cut there. */
export const RECIPIENTS_MAX = 5_000;

const RECIPIENT = { smtp: 0x39fe, address: 0x3003, type: 0x0c15 } as const;

/** A row of an item's recipients; PidTagRecipientType is 1 for To, 2 for Cc, 3 for Bcc. */
export function recipientOf(row: PropertyBag): MapiRecipient {
  const stated = textOf(row, RECIPIENT.smtp) ?? textOf(row, RECIPIENT.address);
  const type = numberOf(row, RECIPIENT.type);
  return {
    name: textOf(row, PROPERTY.displayName) ?? '',
    address: isMailAddress(stated) ? stated : '',
    kind: type === 2 ? 'cc' : type === 3 ? 'bcc' : 'to',
  };
}
