import type { HeaderField, Hop, MailMessage } from '../mail/index.ts';

/** Where in the message a fact stands: bytes of one header field. */
export interface HeaderPointer {
  readonly header: string;
  readonly offset: number;
  readonly length: number;
}

/** Where a field stands, for a reason to point at. */
export const pointerTo = (field: HeaderField): HeaderPointer => ({
  header: field.name,
  offset: field.offset,
  length: field.length,
});

/** The Received field of a hop. */
export const hopPointer = (hop: Hop): HeaderPointer => ({
  header: 'Received',
  offset: hop.offset,
  length: hop.length,
});

/** Names of fields have no case; `lower` has none. The lengths tell nearly all apart. */
export const isNamed = ({ name }: Pick<HeaderField, 'name'>, lower: string): boolean =>
  name.length === lower.length && name.toLowerCase() === lower;

/** The first field of a name in lower case, as mail programs show it. */
export function fieldNamed({ headers }: MailMessage, lower: string): HeaderField | null {
  for (const field of headers) if (isNamed(field, lower)) return field;
  return null;
}

/** The first field of any of the names that a pattern takes. */
export function fieldOf(message: MailMessage, name: RegExp): HeaderField | null {
  return message.headers.find((field) => name.test(field.name)) ?? null;
}
