import type { MailMessage, MailPart } from '../mail/index.ts';
import { type ItemPlace, type ItemReading, wordsOf } from './item-place.ts';
import { signedContent } from './signed-data.ts';

const SIGNED_TYPES = /^application\/(?:x-)?pkcs7-mime$/;

/**
 * The body of a mail that S/MIME signed as a whole: its words and parts are those of the mail that
 * carries it, as a winmail.dat's are, and stand first. Null for other leaves. The signature is not
 * checked; what is encrypted stays closed.
 */
export function signedEntity(
  part: MailPart,
  bytes: Uint8Array,
  open: ItemPlace['open'],
): ItemReading | null {
  const { path } = part;
  const entity = entityIn(part, bytes);
  if (entity === null) return null;
  const { messages, contents, limits } = open(entity, path);
  const [first, ...carried] = messages;
  const own = contents.find((content) => content.path === path);
  if (first === undefined || own === undefined) return null;
  // What stands inline in it is told with the mail, which shows its words.
  const isShown = (message: MailMessage): boolean =>
    isInline(message) && message.path.replace(INLINE, '') === path;
  const words = carried.some(isShown) ? wordsOf(own.bodies) : {};
  const message = { ...first, ...words, parts: first.parts.map(inSignature) };
  const leaves = own.leaves.map((leaf) => ({ ...leaf, part: inSignature(leaf.part) }));
  return {
    messages: [message, ...carried.filter((one) => !isShown(one))],
    contents: [{ ...own, leaves }, ...contents.filter((content) => content !== own)],
    limits,
  };
}

function entityIn({ contentType, fileName, encoding }: MailPart, bytes: Uint8Array) {
  // Outlook stores what was signed with its signature beside it, header and all, as one file.
  if (contentType === 'multipart/signed' && encoding === 'mapi') return bytes;
  const isWrapped = SIGNED_TYPES.test(contentType) || /\.p7m$/i.test(fileName ?? '');
  return isWrapped ? signedContent(bytes) : null;
}

/** Its bytes do not stand in the mail, but in what the signature wraps. */
const inSignature = (part: MailPart): MailPart => ({
  ...part,
  encoding: 'pkcs7',
  offset: 0,
  length: 0,
});

/** Messages that stand inline in a body have paths like `0.i`, `0.1.i2`. */
const INLINE = /\.i\d*$/;
export const isInline = ({ path }: Pick<MailMessage, 'path'>): boolean => INLINE.test(path);
