/** Runs of white space, and line breaks of any kind. */
const WHITE = /[ \t\r\n\f]+/g;

/**
 * Builds text from HTML's pieces with white space collapsed as browsers do (CSS Text section 4.1).
 *
 * Breaks and blanks wait until something follows them, so none stand at the end of a line.
 */
export class TextBuilder {
  readonly #chunks: string[] = [];
  #length = 0;
  #breaks = 0;
  #blank = '';

  /** Length of the text so far: the offset where the next words will stand, breaks aside. */
  get length(): number {
    return this.#length;
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

  /** `text` collapses; a no-break space becomes a blank that does not. */
  flow(text: string): void {
    let start = 0;
    let end = text.length;
    while (start < end && isWhite(text.charCodeAt(start))) start++;
    if (start > 0) this.blank(' ');
    if (start === end) return;
    while (isWhite(text.charCodeAt(end - 1))) end--;
    this.#settle();
    this.#push(this.#collapsed(start === 0 && end === text.length ? text : text.slice(start, end)));
    if (end < text.length) this.#blank = ' ';
  }

  toString(): string {
    return this.#chunks.join('');
  }

  #collapsed(text: string): string {
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > 0x20 && code !== 0xa0) continue;
      if (code !== 0x20 || isWhite(text.charCodeAt(i + 1)))
        return text.replace(WHITE, ' ').replaceAll('\u00a0', ' ').replaceAll('\0', '\ufffd');
    }
    return text;
  }

  #settle(): void {
    if (this.#breaks > 0) this.#push(this.#breaks > 1 ? '\n\n' : '\n');
    else if (this.#blank !== '') this.#push(this.#blank);
    this.#breaks = 0;
    this.#blank = '';
  }

  #push(chunk: string): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
  }
}

const isWhite = (code: number): boolean =>
  code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09 || code === 0x0c;
