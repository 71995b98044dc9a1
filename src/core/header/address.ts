import type { Kernels } from '../base/index.ts';
import { decodeHeaderText, EncodedWordFinder } from './encoded-word.ts';
import { usualMailbox } from './usual-mailbox.ts';

/** One address as a header shows it (RFC 5322 section 3.4), decoded for a person. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** More recipients than any provider takes in one message; the rest is not read. */
export const ADDRESSES_MAX = 5_000;

/** As `parseMailboxes`, without its short way: reads every form. */
export const scanMailboxes = (raw: Uint8Array, kernels: Kernels): readonly Mailbox[] =>
  new MailboxScanner(raw, kernels).scan();

/**
 * The mailboxes of an address header (RFC 5322 section 3.4), in order, groups flattened.
 *
 * Takes what mail really holds: obsolete routes, comments as names, `<>`, missing brackets, `;` as
 * separator, encoded words inside quotes, raw UTF-8. A text without any address comes back as a
 * name with an empty address: a From line that shows only words is a fact about it. Linear time; at
 * most `ADDRESSES_MAX`.
 */
export function parseMailboxes(raw: Uint8Array, kernels: Kernels): readonly Mailbox[] {
  const usual = usualMailbox(kernels.latin1(raw, 0, raw.length));
  return usual === null ? scanMailboxes(raw, kernels) : [usual];
}

/**
 * The address that a display name shows where it is another than the mailbox's own, else null.
 *
 * Mail clients show the name and hide the address, so `"info@bank.example" <x@evil.example>` reads
 * as the bank. A wide or small `＠` reads as one.
 */
export function addressInName(mailbox: Mailbox): string | null {
  const name = mailbox.name.replace(/[\uff20\ufe6b]/g, '@');
  const at = name.indexOf('@');
  if (at < 0) return null;
  const shown = /[^\s<>"'(),:;[\]@]{1,64}@[^\s<>"'(),:;[\]@]{1,255}/.exec(
    name.slice(Math.max(0, at - 64)),
  )?.[0];
  if (shown === undefined || !shown.includes('.', shown.indexOf('@'))) return null;
  return shown.toLowerCase() === mailbox.address.toLowerCase() ? null : shown;
}

type Piece =
  | { readonly kind: 'atom' | 'quoted' | 'word'; readonly start: number; readonly end: number }
  | { readonly kind: 'blank' };

class MailboxScanner {
  readonly #raw: Uint8Array;
  readonly #text: string;
  readonly #kernels: Kernels;
  readonly #words: EncodedWordFinder;
  readonly #found: Mailbox[] = [];
  #pieces: Piece[] = [];
  #comment: { readonly start: number; readonly end: number } | null = null;
  #angle: string | null = null;
  #at = 0;
  // Once a quote or comment is found to have no end, no later one of its kind is looked for:
  // otherwise a row of openers would be scanned to the end each.
  #quotesEnd = true;
  #commentsEnd = true;

  constructor(raw: Uint8Array, kernels: Kernels) {
    this.#raw = raw;
    this.#kernels = kernels;
    this.#text = kernels.latin1(raw, 0, raw.length);
    this.#words = new EncodedWordFinder(this.#text);
  }

  scan(): readonly Mailbox[] {
    while (this.#at < this.#text.length && this.#found.length < ADDRESSES_MAX) this.#step();
    this.#finish();
    return this.#found;
  }

  #step(): void {
    switch (this.#text[this.#at]) {
      case ' ':
      case '\t':
      case '\r':
      case '\n':
        this.#pieces.push({ kind: 'blank' });
        this.#at++;
        return;
      case ',':
      case ';':
        this.#finish();
        this.#at++;
        return;
      case ':':
        this.#colon();
        return;
      case '"':
        this.#quoted();
        return;
      case '(':
        this.#commentText();
        return;
      case '<':
        this.#angleAddress();
        return;
      default:
        this.#atom();
        return;
    }
  }

  /** A name before a colon opens a group (RFC 5322 section 3.4); its members follow. */
  #colon(): void {
    const opensGroup = this.#angle === null && !this.#pieces.some((piece) => this.#hasAt(piece));
    if (opensGroup) this.#pieces = [];
    else this.#pieces.push({ kind: 'atom', start: this.#at, end: this.#at + 1 });
    this.#at++;
  }

  #quoted(): void {
    const end = this.#quotesEnd ? endOfQuote(this.#text, this.#at + 1) : -1;
    if (end < 0) {
      this.#quotesEnd = false;
      this.#at++;
      return;
    }
    this.#pieces.push({ kind: 'quoted', start: this.#at + 1, end });
    this.#at = end + 1;
  }

  #commentText(): void {
    const end = this.#commentsEnd ? endOfComment(this.#text, this.#at + 1) : -1;
    if (end < 0) {
      this.#commentsEnd = false;
      this.#pieces.push({ kind: 'atom', start: this.#at, end: this.#at + 1 });
      this.#at++;
      return;
    }
    this.#comment = { start: this.#at + 1, end };
    this.#at = end + 1;
  }

  /** `<a@x.example>`; of brackets in brackets (RFC 7103 section 7.1.1) the innermost hold it. */
  #angleAddress(): void {
    if (this.#angle !== null) this.#finish();
    const text = this.#text;
    let start = this.#at + 1;
    while (text[start] === '<') start++;
    let inner = -1;
    let innermost = -1;
    let end = start;
    while (end < text.length && text[end] !== '>') {
      if (text[end] === '<') inner = end;
      else if (text[end] === '@') innermost = inner;
      const quote = text[end] === '"' && this.#quotesEnd ? endOfQuote(text, end + 1) : -1;
      end = quote < 0 ? end + 1 : quote + 1;
    }
    if (innermost >= 0) {
      this.#pieces.push({ kind: 'blank' }, { kind: 'atom', start, end: innermost });
      start = innermost + 1;
    }
    this.#angle = this.#address(start, end);
    while (text[end + 1] === '>') end++;
    this.#at = end + 1;
  }

  #atom(): void {
    const word = this.#text.startsWith('=?', this.#at) ? this.#words.at(this.#at) : null;
    if (word !== null) {
      this.#pieces.push({ kind: 'word', start: this.#at, end: word.end });
      this.#at = word.end;
      return;
    }
    const start = this.#at++;
    while (this.#at < this.#text.length && !isSpecial(this.#text.charCodeAt(this.#at))) this.#at++;
    this.#pieces.push({ kind: 'atom', start, end: this.#at });
  }

  #finish(): void {
    const pieces = this.#pieces;
    const angle = this.#angle;
    const comment = this.#comment;
    [this.#pieces, this.#angle, this.#comment] = [[], null, null];
    if (angle !== null) {
      const name = this.#name(pieces) || this.#commentName(comment);
      this.#found.push({ name, address: angle });
      return;
    }
    const [first, last] = bareAddress(pieces, (piece) => this.#spelling(piece));
    const name = this.#name([...pieces.slice(0, first), ...pieces.slice(last)]);
    const address = first === last ? '' : this.#joinAddress(pieces.slice(first, last));
    if (name === '' && address === '') return;
    this.#found.push({ name: name || this.#commentName(comment), address });
  }

  #hasAt(piece: Piece): boolean {
    return piece.kind === 'atom' && this.#spelling(piece).includes('@');
  }

  #spelling(piece: Piece): string {
    return piece.kind === 'blank' ? '' : this.#text.slice(piece.start, piece.end);
  }

  #joinAddress(pieces: readonly Piece[]): string {
    const spelled = pieces.map((piece) => {
      if (piece.kind === 'blank') return '';
      const text = this.#decode(piece.start, piece.end);
      return piece.kind === 'quoted' ? `"${text}"` : text;
    });
    return withoutTail(spelled.join(''));
  }

  #commentName(comment: { readonly start: number; readonly end: number } | null): string {
    return comment === null ? '' : unquote(this.#decode(comment.start, comment.end));
  }

  /** Encoded words side by side are decoded together: characters may be cut between them. */
  #name(pieces: readonly Piece[]): string {
    let name = '';
    for (let i = 0; i < pieces.length; i++) {
      const piece = pieces[i]!;
      if (piece.kind === 'blank') name += ' ';
      else if (piece.kind === 'quoted') name += this.#quotedText(piece);
      else {
        let last = piece;
        for (let j = i + 1; j < pieces.length; j++) {
          const next = pieces[j]!;
          if (next.kind === 'blank') continue;
          if (next.kind === 'quoted' || last.kind !== 'word' || next.kind !== 'word') break;
          [last, i] = [next, j];
        }
        name += this.#decode(piece.start, last.end);
      }
    }
    return name.replace(/\s+/g, ' ').trim();
  }

  /** Blanks inside the quotes are part of the name. */
  #quotedText(piece: { readonly start: number; readonly end: number }): string {
    const text = unquote(this.#decode(piece.start, piece.end));
    const lead = isBlankAt(this.#text, piece.start) ? ' ' : '';
    return lead + text + (isBlankAt(this.#text, piece.end - 1) ? ' ' : '');
  }

  #address(start: number, end: number): string {
    const written = this.#decode(start, end).trim();
    // RFC 5322 section 4.4: an obsolete route `@a,@b:` stands before the address.
    const colon = written.startsWith('@') ? written.indexOf(':') : -1;
    const address = written.slice(colon + 1).replace(/^mailto:/i, '');
    return address.startsWith('"') ? address : withoutComments(address).replace(/\s+/g, '');
  }

  #decode(start: number, end: number): string {
    const written = this.#text.slice(start, end);
    if (PLAIN.test(written) && !written.includes('=?')) return written.trim();
    return decodeHeaderText(this.#raw.subarray(start, end), this.#kernels);
  }
}

/** One line of ASCII, which says what it means. */
const PLAIN = /^[\t -~]*$/;

/**
 * Range of the pieces that spell the last address outside brackets: pieces that touch, and across
 * blanks those that a dot or an at sign ties together (RFC 5322 section 4.4).
 */
function bareAddress(
  pieces: readonly Piece[],
  spelling: (piece: Piece) => string,
): readonly [number, number] {
  const texts = pieces.map(spelling);
  let last = texts.length - 1;
  while (last >= 0 && !(pieces[last]!.kind === 'atom' && texts[last]!.includes('@'))) last--;
  if (last < 0) return [0, 0];
  const tied = (left: number, right: number): boolean =>
    right - left === 1 || /[.@]$/.test(texts[left]!) || /^[.@]/.test(texts[right]!);
  let first = last;
  for (let i = first - 1; i >= 0; i--) {
    if (texts[i] === '') continue;
    if (!tied(i, first)) break;
    first = i;
  }
  for (let i = last + 1; i < texts.length; i++) {
    if (texts[i] === '') continue;
    if (!tied(last, i)) break;
    last = i;
  }
  return [first, last + 1];
}

/** Without the dot of a sentence and brackets that nothing opened. */
function withoutTail(address: string): string {
  let end = address.length;
  while (address[end - 1] === '>') end--;
  return address.slice(0, address[end - 1] === '.' ? end - 1 : end);
}

const isBlankAt = (text: string, at: number): boolean => text[at] === ' ' || text[at] === '\t';

/** Comments may stand inside an address too (RFC 5322 appendix A.5). */
function withoutComments(text: string): string {
  let plain = '';
  let done = 0;
  for (let open = text.indexOf('('); open >= 0; open = text.indexOf('(', done)) {
    const close = endOfComment(text, open + 1);
    if (close < 0) break;
    plain += text.slice(done, open);
    done = close + 1;
  }
  return plain + text.slice(done);
}

function isSpecial(code: number): boolean {
  switch (code) {
    case 0x20:
    case 0x09:
    case 0x0d:
    case 0x0a:
    case 0x22:
    case 0x28:
    case 0x2c:
    case 0x3a:
    case 0x3b:
    case 0x3c:
      return true;
    default:
      return false;
  }
}

function endOfQuote(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i;
  }
  return -1;
}

/** Comments nest (RFC 5322 section 3.2.2). */
function endOfComment(text: string, from: number): number {
  let depth = 1;
  for (let i = from; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '(') depth++;
    else if (text[i] === ')' && --depth === 0) return i;
  }
  return -1;
}

/** RFC 5322 section 3.2.1: a backslash makes the next character plain. */
const unquote = (text: string): string => text.replace(/\\(.)/gs, '$1');
