/** Where the words of a text stood in the HTML that it was made of. */
export class SourcePlaces {
  readonly #html: string;
  /** Place in the text of each run of words, and in the source; both rise. */
  readonly #texts: number[] = [];
  readonly #sources: number[] = [];

  constructor(html: string) {
    this.#html = html;
  }

  /** Runs come in order; a second one at the same place of the text is white space. */
  add(text: number, source: number): void {
    if (this.#texts.at(-1) === text) return;
    this.#texts.push(text);
    this.#sources.push(source);
  }

  /** Before the tags that open the first run at or behind `at`; the end where there is none. */
  cut(at: number): number {
    let [low, high] = [0, this.#texts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#texts[middle]! < at) low = middle + 1;
      else high = middle;
    }
    const source = this.#sources[low];
    return source === undefined ? this.#html.length : this.#beforeOpeningTags(source);
  }

  /** Closing tags and pictures belong to what stands before. */
  #beforeOpeningTags(source: number): number {
    const html = this.#html;
    let at = source;
    for (let tags = 0; tags < TAGS_MAX; tags += 1) {
      let end = at;
      while (end > 0 && html.charCodeAt(end - 1) <= 0x20) end -= 1;
      if (html[end - 1] !== '>') break;
      const from = Math.max(0, end - TAG_LENGTH_MAX);
      const open = from + html.slice(from, end).lastIndexOf('<');
      if (open < from || !OPENS.test(html.slice(open, open + 8))) break;
      at = open;
    }
    return at;
  }
}

/** Clients nest a few elements around a line; deeper ones are padding. */
const TAGS_MAX = 50;
const TAG_LENGTH_MAX = 10_000;
/** A tag that opens an element which holds something. */
const OPENS = /^<(?!(?:img|hr|br|input|meta|link|area)\b)[a-z]/i;
