import { cameAsText, type MailMessage } from '../mail/index.ts';
import type { OfficeAddresses } from './office.ts';

/** A message as a letter shows it in its own text. */
type Quoted = Pick<MailMessage, 'path' | 'role' | 'forward' | 'from'>;

/**
 * Whether a message that came with a letter to the office stands in the letter's text and is by
 * somebody else: what the writer received, most likely, though nothing shows that they hand it on.
 * What the office wrote itself is no such message. `letter`: the mail's place; `author`: lower
 * case.
 */
export function isToldOf(
  { path, role, forward, from }: Quoted,
  { letter, author }: { readonly letter: string; readonly author: string },
  office: OfficeAddresses,
): boolean {
  if (role !== 'attached' || forward === null || !cameAsText(forward)) return false;
  if (!path.startsWith(`${letter}.i`) || /\.i\d*\./.test(path.slice(letter.length))) return false;
  const address = from?.address.toLowerCase() ?? '';
  return from !== null && address !== author && (address === '' || !office.holds(address));
}
