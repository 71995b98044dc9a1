import { past } from './tag.ts';

/** One `property: value` of a style, lower case and trimmed. */
interface Declared {
  readonly value: string;
  readonly important: boolean;
}

/** What is stated of an element, by property; of two statements the one that counts. */
export type Declarations = Map<string, Declared>;

/** A real style attribute has under 40; the rest of a longer one is not read. */
const DECLARATIONS_MAX = 100;

/** Those that can keep text from a reader's eyes. Others are not kept. */
const READ: ReadonlySet<string> = new Set([
  ...['display', 'visibility', 'opacity', 'mso-hide', 'overflow', 'max-height', 'height', 'width'],
  ...['max-width', 'font-size', 'color', 'background', 'background-color', 'position', 'left'],
  ...['right', 'top', 'bottom', 'text-indent', 'margin-left', 'background-image', 'text-shadow'],
  ...['clip', 'clip-path', '-webkit-clip-path', 'transform', '-webkit-transform'],
]);

/** Reads the inside of a `style` attribute or of a rule's braces into `into`, later ones last. */
export function readDeclarations(css: string, into: Declarations): void {
  const plain = css.includes('/*') ? withoutComments(css) : css;
  for (const statement of plain.split(';', DECLARATIONS_MAX)) {
    const colon = statement.indexOf(':');
    if (colon < 0) continue;
    const property = statement.slice(0, colon).trim().toLowerCase();
    if (!READ.has(property)) continue;
    const said = statement
      .slice(colon + 1)
      .trim()
      .toLowerCase();
    const important = said.endsWith('important') && said.includes('!');
    const value = important ? said.slice(0, said.lastIndexOf('!')).trim() : said;
    declare(into, property, { value, important });
  }
}

/** CSS Cascade section 6: of equals the later counts, and an important one before any other. */
export function overrule(into: Declarations, by: Declarations): void {
  for (const [property, declared] of by) declare(into, property, declared);
}

function declare(into: Declarations, property: string, declared: Declared): void {
  if (into.get(property)?.important === true && !declared.important) return;
  into.delete(property);
  into.set(property, declared);
}

/** CSS Syntax section 4.3.2: a comment that is never closed reaches to the end. */
export function withoutComments(css: string): string {
  let plain = '';
  let from = 0;
  for (let open = css.indexOf('/*'); open >= 0; open = css.indexOf('/*', from)) {
    plain += `${css.slice(from, open)} `;
    from = past(css, '*/', open + 2);
  }
  return plain + css.slice(from);
}
