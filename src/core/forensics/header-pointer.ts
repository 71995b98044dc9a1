import type { HeaderField, Hop, MailMessage } from '../mail/index.ts';

/** Where in the message a fact stands: bytes of one header field. */
export interface HeaderPointer {
  readonly header: string;
  readonly offset: number;
  readonly length: number;
}

export const pointerTo = (field: HeaderField): HeaderPointer => ({
  header: field.name,
  offset: field.offset,
  length: field.length,
});

export const hopPointer = (hop: Hop): HeaderPointer => ({
  header: 'Received',
  offset: hop.offset,
  length: hop.length,
});

/** The first field of a name, as mail programs show it. */
export function fieldOf(message: MailMessage, name: RegExp): HeaderField | null {
  return message.headers.find((field) => name.test(field.name)) ?? null;
}
