import { hidingStyle } from './hiding.ts';
import { attributeOf } from './tag.ts';

/** Rules kept of one page, and characters read of one sheet: newsletters have some 200 and 50 KB. */
const RULES_MAX = 1_000;
const SHEET_LENGTH_MAX = 500_000;

/**
 * What a page's style sheets hide, as far as single selectors tell: an element's name, its classes,
 * its id (`.pre`, `div.WordSection1`, `#x`).
 *
 * Rules within `@media` and the like are left out: they hide from some screens what others show.
 * Of a chain of selectors (`table .pre`) nothing is kept, and the order of rules is not weighed.
 */
export class HidingSheet {
  readonly #rules = new Map<string, 'yes' | 'size'>();

  get hides(): boolean {
    return this.#rules.size > 0;
  }

  read(sheet: string): void {
    const text = sheet.slice(0, SHEET_LENGTH_MAX).replace(COMMENTS, ' ');
    let [depth, from] = [0, 0];
    let selectors = '';
    for (const { 0: mark, index } of text.matchAll(/[{}]/g)) {
      if (mark === '{') {
        if (depth === 0) selectors = text.slice(from, index);
        depth += 1;
      } else {
        depth = Math.max(0, depth - 1);
        // The rule's own braces: what an at-rule holds stands deeper.
        if (depth === 0) this.#add(selectors, text.slice(from, index));
      }
      from = index + 1;
    }
  }

  #add(selectors: string, declarations: string): void {
    const hiding = hidingStyle(declarations.slice(0, 2_000));
    if (hiding === null || selectors.includes('@')) return;
    const bare = selectors.replace(/<!--|-->/g, ' ');
    for (const selector of bare.slice(0, 2_000).split(',')) {
      const name = selector.trim().toLowerCase();
      if (this.#rules.size >= RULES_MAX) return;
      if (name !== '' && SINGLE.test(name)) this.#rules.set(name, hiding);
    }
  }

  hidingOf(element: string, attributes: string): 'yes' | 'size' | null {
    const style = attributes.includes('style=') ? attributeOf(attributes, 'style') : null;
    // What the element itself says of being shown overrules the sheet.
    if (style !== null && /(?:display|visibility|max-height|font-size|opacity)\s?:/i.test(style))
      return null;
    const name = element.toLowerCase();
    const id = attributeOf(attributes, 'id')?.toLowerCase();
    const classes = (attributeOf(attributes, 'class') ?? '').toLowerCase().split(/\s+/, 20);
    const marks = [...classes.map((word) => `.${word}`), ...(id === undefined ? [] : [`#${id}`])];
    for (const selector of [name, ...marks, ...marks.map((mark) => name + mark)]) {
      const hiding = this.#rules.get(selector);
      if (hiding !== undefined) return hiding;
    }
    return null;
  }
}

const COMMENTS = /\/\*[^*]*(?:\*(?!\/)[^*]*)*(?:\*\/|$)/g;
const SINGLE = /^[a-z0-9]*(?:[.#][\w-]{1,80})?$/;
