/** Runs of white space, and line breaks of any kind. */
const WHITE = /[ \t\r\n\f]+/g;

const PAGE_CHUNKS = 1_024;

/**
 * Builds text from HTML's pieces with white space collapsed as browsers do (CSS Text section 4.1).
 *
 * Breaks and blanks wait until something follows them, so none stand at the end of a line.
 */
export class TextBuilder {
  readonly #chunks: string[] = [];
  /** Chunks joined early: millions of small strings would each be moved by the collector. */
  readonly #pages: string[] = [];
  readonly #marks: boolean;
  #length = 0;
  #pushedAt = 0;
  #breaks = 0;
  #blank = '';

  /** `marks`: places are read back from, so that chunks must stay apart. */
  constructor(marks: boolean) {
    this.#marks = marks;
  }

  /** Length of the text so far: the offset where the next words will stand, breaks aside. */
  get length(): number {
    return this.#length;
  }

  /** Where the words begin that were taken last. */
  get pushedAt(): number {
    return this.#pushedAt;
  }

  /** Whether those are blanks only. Asked for only where places are marked. */
  get pushedBlank(): boolean {
    return !/\S/.test(this.#chunks.at(-1) ?? '');
  }

  /** A place to read back from with `since`. */
  get mark(): number {
    return this.#chunks.length;
  }

  since(mark: number): string {
    return this.#chunks.slice(mark).join('');
  }

  /** Ends the line; 2 leaves an empty one. */
  block(breaks: number): void {
    if (this.#length > 0 && breaks > this.#breaks) this.#breaks = breaks;
    this.#blank = '';
  }

  /** `<br>`: each one counts, but no more than one empty line is kept. */
  lineBreak(): void {
    if (this.#length > 0 && this.#breaks < 2) this.#breaks++;
    this.#blank = '';
  }

  blank(blank: ' ' | '\t'): void {
    if (this.#breaks === 0 && this.#length > 0 && this.#blank !== '\t') this.#blank = blank;
  }

  verbatim(text: string): void {
    this.#settle();
    this.#push(text.replace(/\r\n?/g, '\n'));
  }

  /** `page` from `from` to `to` collapses; a no-break space becomes a blank that does not. */
  flow(page: string, from: number, to: number): void {
    let start = from;
    let end = to;
    while (start < end && isWhite(page.charCodeAt(start))) start++;
    if (start > from) this.blank(' ');
    if (start === end) return;
    while (isWhite(page.charCodeAt(end - 1))) end--;
    this.#settle();
    this.#push(collapsed(page, start, end));
    if (end < to) this.#blank = ' ';
  }

  /**
   * The same for a text of its own. Apart from `flow`: strings of many kinds (slices, joined ones)
   * would make the engine forget what it knows of the page.
   */
  words(text: string): void {
    const plain = text.replace(WHITE, ' ');
    const start = plain.startsWith(' ') ? 1 : 0;
    const end = plain.length - (plain.length > 1 && plain.endsWith(' ') ? 1 : 0);
    if (start > 0) this.blank(' ');
    if (start === end) return;
    this.#settle();
    this.#push(shown(plain.slice(start, end)));
    if (end < plain.length) this.#blank = ' ';
  }

  toString(): string {
    this.#turnPage();
    return this.#pages.join('');
  }

  #turnPage(): void {
    this.#pages.push(this.#chunks.join(''));
    this.#chunks.length = 0;
  }

  #settle(): void {
    if (this.#breaks > 0) this.#push(this.#breaks > 1 ? '\n\n' : '\n');
    else if (this.#blank !== '') this.#push(this.#blank);
    this.#breaks = 0;
    this.#blank = '';
  }

  #push(chunk: string): void {
    this.#chunks.push(chunk);
    this.#pushedAt = this.#length;
    this.#length += chunk.length;
    if (this.#chunks.length === PAGE_CHUNKS && !this.#marks) this.#turnPage();
  }
}

/** A page has no-break spaces for blanks, and NUL is no character (HTML section 13.2.5.1). */
const shown = (words: string): string => words.replaceAll('\u00a0', ' ').replaceAll('\0', '\ufffd');

function collapsed(page: string, start: number, end: number): string {
  let plain = '';
  let done = start;
  for (let i = start; i < end; i++) {
    const code = page.charCodeAt(i);
    if (code > 0x20 && code !== 0xa0) continue;
    // The last character is no white space: what follows a blank lies within the piece.
    if (code === 0x20 && !isWhite(page.charCodeAt(i + 1))) continue;
    if (!isWhite(code)) return shown(page.slice(start, end).replace(WHITE, ' '));
    plain += code === 0x20 ? page.slice(done, i + 1) : `${page.slice(done, i)} `;
    while (isWhite(page.charCodeAt(i + 1))) i++;
    done = i + 1;
  }
  return plain + page.slice(done, end);
}

const isWhite = (code: number): boolean =>
  code <= 0x20 &&
  (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09 || code === 0x0c);
