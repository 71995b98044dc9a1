import { type Declarations, overrule, readDeclarations, withoutComments } from './declarations.ts';
import { backgroundOf, hiddenBy, mayHideWithin } from './hidden-by.ts';
import { attributeOf, past } from './tag.ts';

/** Characters of style sheets that are read of one body; real mail has under 60,000. */
export const STYLE_LENGTH_MAX = 200_000;
/** Selectors that are kept of one body. */
export const SELECTORS_MAX = 2_000;
/** Classes of one element that are looked up. */
const CLASSES_MAX = 20;

/**
 * What the `<style>` blocks of a body state of `.class`, `tag.class`, `#id` and a `tag` that is
 * hidden or painted, the selectors that need no document tree. Rules within `@media` hold for some
 * screens only and are left out unless they are for every screen, as are blocks within comments,
 * which one mail program alone reads.
 */
export class StyleSheet {
  readonly #rules = new Map<string, Declarations>();
  #hasIds = false;
  #hasTags = false;
  #paints = false;

  /** A rule that is not looked up states a background: which elements have it is not known. */
  get paints(): boolean {
    return this.#paints;
  }

  get isEmpty(): boolean {
    return this.#rules.size === 0;
  }

  /** Adds a block's rules. Time is linear in `css`. */
  add(css: string): void {
    for (let at = 0; at < css.length; ) {
      const open = css.indexOf('{', at);
      if (open < 0) return;
      const head = css.slice(lastStatement(css, at, open), open).trim();
      if (head.startsWith('@')) {
        const end = endOfBlock(css, open);
        if (EVERY_SCREEN.test(head)) this.#addWithin(css.slice(open + 1, end - 1));
        at = end;
        continue;
      }
      const close = css.indexOf('}', open);
      const end = close < 0 ? css.length : close;
      this.#addRule(head, css.slice(open + 1, end));
      at = end + 1;
    }
  }

  /** Rules for every screen; a block inside such a block is none that mail has. */
  #addWithin(css: string): void {
    if (!css.includes('@')) this.add(css);
  }

  #addRule(head: string, body: string): void {
    const selectors = (head.includes(',') ? head.split(',') : [head]).map((one) => one.trim());
    // Nearly every sheet dresses `p` and `td`: only a tag that is hidden is worth asking for.
    const paints = /background/i.test(body);
    const tagsMatter = paints || mayHideWithin(body);
    const wanted = selectors.filter((one) => SIMPLE.test(one) && (tagsMatter || !TAG.test(one)));
    // A state (`:hover`) is not how the page is first shown.
    this.#paints ||= paints && selectors.some((one) => !SIMPLE.test(one) && !one.includes(':'));
    if (wanted.length === 0) return;
    const stated: Declarations = new Map();
    readDeclarations(body, stated);
    if (stated.size === 0) return;
    const hides =
      tagsMatter &&
      wanted.some((one) => TAG.test(one)) &&
      (hiddenBy(stated) !== null || backgroundOf(stated) !== undefined);
    for (const selector of wanted) this.#keep(selector, stated, hides);
  }

  #keep(selector: string, stated: Declarations, hides: boolean): void {
    const isTag = TAG.test(selector);
    if (isTag && !hides) return;
    this.#hasTags ||= isTag;
    const key = keyOf(selector);
    this.#hasIds ||= key.startsWith('#');
    const known = this.#rules.get(key);
    if (known !== undefined) overrule(known, stated);
    else if (this.#rules.size < SELECTORS_MAX) this.#rules.set(key, new Map(stated));
  }

  /** What the rules state of an element with these attributes; null where none speaks of it. */
  statedOf(tag: string, attributes: string): Declarations | null {
    const hasClass = attributes.includes('class') || attributes.includes('CLASS');
    const classes = hasClass ? attributeOf(attributes, 'class') : null;
    const id = this.#hasIds && ID.test(attributes) ? attributeOf(attributes, 'id') : null;
    let stated: Declarations | null = null;
    const add = (key: string): void => {
      const rule = this.#rules.get(key);
      if (rule === undefined) return;
      stated ??= new Map();
      overrule(stated, rule);
    };
    const name = tag.toLowerCase();
    if (this.#hasTags) add(name);
    const names = classes === null ? [] : classes.toLowerCase().split(/\s+/, CLASSES_MAX);
    for (const one of names) add(`.${one}`);
    for (const one of names) add(`${name}.${one}`);
    if (id !== null) add(`#${id.trim().toLowerCase()}`);
    return stated;
  }
}

const ID = /(?:^|[\s"'/])id\s*=/i;
const TAG = /^[a-z][a-z0-9]{0,20}$/i;
const SIMPLE = /^(?:[a-z][a-z0-9]{0,20}|(?:[a-z][a-z0-9]{0,20})?[.#][\w-]{1,100})$/i;

/** An id is looked up without its tag. Case counts nowhere, as in pages without a doctype. */
const keyOf = (selector: string): string =>
  selector.slice(Math.max(0, selector.indexOf('#'))).toLowerCase();

/** Behind the last `;` before a brace: `@import` and `@charset` end there. */
const lastStatement = (css: string, from: number, open: number): number =>
  css.slice(from, open).lastIndexOf(';') + 1 + from;

/** `@media screen`, `@media all`, without a condition of size or colours. */
const EVERY_SCREEN = /^@media\s+(?:only\s+)?(?:screen|all)(?:\s*,\s*(?:screen|all|print))*$/i;

/** Past the brace that closes the one at `open`. */
function endOfBlock(css: string, open: number): number {
  let depth = 0;
  for (let at = open; at < css.length; at++) {
    const code = css.charCodeAt(at);
    if (code === 0x7b) depth++;
    else if (code === 0x7d && --depth === 0) return at + 1;
  }
  return css.length;
}

/** What the style elements of a page say of what is hidden. */
export interface PageStyle {
  /** Null where it states nothing that is read. */
  readonly sheet: StyleSheet | null;
  /** Backgrounds are stated of elements that are not told apart. */
  readonly paints: boolean;
}

/** Of a page without a style sheet. */
export const NO_SHEET: PageStyle = { sheet: null, paints: false };

/** A sheet that is not in the mail. */
const LINKED_SHEET = /<link[^>]{1,500}\.css/i;

/** The sheet of a body, whichever place its blocks have. */
export function styleSheetOf(html: string): PageStyle {
  const sheet = new StyleSheet();
  const next = /<!--|<style\b/gi;
  const end = /<\/style/gi;
  let left = STYLE_LENGTH_MAX;
  for (let hit = next.exec(html); hit !== null && left > 0; hit = next.exec(html)) {
    if (hit[0] === '<!--') {
      next.lastIndex = past(html, '-->', hit.index + 2);
      continue;
    }
    const start = past(html, '>', hit.index);
    end.lastIndex = start;
    const close = end.exec(html)?.index ?? html.length;
    const css = html.slice(start, Math.min(close, start + left));
    left -= css.length;
    // Marks that hid a sheet from programs which know no styles.
    sheet.add(withoutComments(css).replace(/<!--|-->/g, ' '));
    next.lastIndex = close;
  }
  const isLinked = (html.includes('<link') || html.includes('<LINK')) && LINKED_SHEET.test(html);
  const paints = sheet.paints || isLinked;
  return sheet.isEmpty ? { sheet: null, paints } : { sheet, paints };
}
