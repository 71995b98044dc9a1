import { type CharsetHow, namesNoCharset } from './body-text.ts';
import { canonicalCharset } from './decode.ts';

/**
 * What a reader should know of a decoded part beside the charset's name: `guessed` where the part
 * itself does not tell, `overruled` where what it says was set aside.
 */
export type CharsetDoubt = 'guessed' | 'overruled';

/** Null: read as the part says, or in the one way that its bytes allow. */
export function charsetDoubt(part: {
  readonly charset: string | null;
  readonly charsetHow: CharsetHow | null;
  readonly charsetDeclared: string | null;
}): CharsetDoubt | null {
  const { charset, charsetHow: how, charsetDeclared } = part;
  if (charset === null || how === null || how === 'label') return null;
  const guessed = how === 'guess' || how === 'fallback' || how === 'elsewhere';
  if (charsetDeclared === null || namesNoCharset(charsetDeclared)) {
    return guessed ? 'guessed' : null;
  }
  // `utf-16` leaves the order of its bytes to the mark.
  return charset.startsWith(canonicalCharset(charsetDeclared)) ? null : 'overruled';
}
