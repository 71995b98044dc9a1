import type { Mailbox } from './address.ts';

const ADDRESS = '([A-Za-z0-9._+-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)';
/** On at most `FIELD_LENGTH_MAX` characters, and linear in them. */
const FIELD_LENGTH_MAX = 320;
const USUAL = new RegExp(
  `^[ \\t]*(?:(?:"([A-Za-z0-9][A-Za-z0-9 ,.'_-]*)"|([A-Za-z0-9][A-Za-z0-9 '_-]*))?[ \\t]*<${ADDRESS}>|${ADDRESS})[ \\t]*$`,
);

/**
 * Reads the form that nine of ten address fields have: one mailbox in ASCII, `Name <a@b>`,
 * `"Name" <a@b>` or `a@b`. Null where anything differs; then the scanner has its turn. Both agree
 * on what this one takes; a property test holds them to it.
 */
export function usualMailbox(text: string): Mailbox | null {
  const found = text.length > FIELD_LENGTH_MAX ? null : USUAL.exec(text);
  if (found === null) return null;
  const name = (found[1] ?? found[2] ?? '').trim();
  return name.includes('  ') ? null : { name, address: (found[3] ?? found[4])! };
}
