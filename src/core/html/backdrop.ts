/** Elements with a background of their own that are open at once; more are padding. */
const OPEN_MAX = 100;

interface Painted {
  readonly name: string;
  /** A colour as `colourOf` gives it; null where it is a picture or not known. */
  readonly colour: string | null;
  /** Elements of this name that are open, itself the first. */
  depth: number;
}

/**
 * The background behind the words of a page at each place: that of the innermost open element which
 * states one. Elements are told apart by their names and counted, without a document tree.
 */
export class Backdrop {
  readonly #painted: Painted[] = [];
  readonly #page: string | null;

  /** `page`: the colour behind everything; null where it is not known. */
  constructor(page: string | null) {
    this.#page = page;
  }

  get colour(): string | null {
    const { length } = this.#painted;
    return length === 0 ? this.#page : this.#painted[length - 1]!.colour;
  }

  /** An element opens; `colour` is left out where it states none. */
  open(name: string, colour?: string | null): void {
    if (colour === undefined) {
      const one = this.#innermost(name);
      if (one >= 0) this.#painted[one]!.depth += 1;
    } else if (this.#painted.length < OPEN_MAX) this.#painted.push({ name, colour, depth: 1 });
  }

  /** Closing an element closes all that was opened inside it. */
  close(name: string): void {
    const at = this.#innermost(name);
    if (at >= 0 && --this.#painted[at]!.depth === 0) this.#painted.length = at;
  }

  #innermost(name: string): number {
    let at = this.#painted.length - 1;
    while (at >= 0 && this.#painted[at]!.name !== name) at -= 1;
    return at;
  }
}
