/**
 * Elements that end a word where they stand: blocks, cells, breaks, and what is drawn in the line.
 */
const NAMES: readonly string[] = [
  ...['address', 'article', 'aside', 'blockquote', 'body', 'caption', 'center', 'dd', 'details'],
  ...['dialog', 'dir', 'div', 'dl', 'dt', 'fieldset', 'figcaption', 'figure', 'footer', 'form'],
  ...['frameset', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'head', 'header', 'hgroup', 'html', 'legend'],
  ...['li', 'main', 'menu', 'nav', 'ol', 'optgroup', 'option', 'p', 'pre', 'search', 'section'],
  ...['summary', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'title', 'tr', 'ul'],
  ...['br', 'hr', 'img', 'input', 'button', 'select', 'textarea', 'iframe', 'object', 'embed'],
  ...['video', 'audio', 'canvas', 'svg', 'text', 'math', 'picture', 'meter', 'progress', 'area'],
];
const PARTS: ReadonlySet<string> = new Set(NAMES);

/** What sets an element apart from its neighbours, in whatever way, behind the word `style`. */
const APART = /display|padding|margin|float|position|width/i;
/** More markup between two words is no word's. */
const MARKUP_LENGTH_MAX = 10_000;
/** How far back the opening tag of an element is sought, and how often on one page. */
const ELEMENT_LENGTH_MAX = 2_000;
const ELEMENTS_SOUGHT_MAX = 2_000;

const MARKUP = /<!--.*?(?:-->|$)|<(\/?)([a-z][^\s>/]{0,40})([^>]*)/gis;

/**
 * Tells of the markup between two places of a page's source whether it parts the words around it,
 * as the page is shown: not so that of letters' looks (`ev<b>il</b>.example` is one word) and
 * comments, unless a style of their own sets elements apart.
 */
export function wordBreaks(html: string): (from: number, to: number) => boolean {
  let left = ELEMENTS_SOUGHT_MAX;
  /** Whether the element that ends at a place, or began there, was set apart. */
  const wasSetApart = (name: string, from: number): boolean => {
    left -= 1;
    if (left < 0) return false;
    const before = html.slice(Math.max(0, from - ELEMENT_LENGTH_MAX), from);
    const open = before.lastIndexOf(`<${name}`);
    return open >= 0 && isSetApart(before.slice(open, before.indexOf('>', open) + 1));
  };
  return (from, to) => {
    if (to - from > MARKUP_LENGTH_MAX) return true;
    let isBehindLink = false;
    for (const [, slash, tag = '', inside = ''] of html.slice(from, to).matchAll(MARKUP)) {
      const name = tag.toLowerCase();
      if (PARTS.has(name)) return true;
      if (slash === '/' ? wasSetApart(tag, from) : isSetApart(inside)) return true;
      // Menus set links apart by style sheets.
      if (name === 'a' && slash === '' && isBehindLink) return true;
      isBehindLink ||= name === 'a' && slash === '/';
    }
    return false;
  };
}

/** Two searches: one pattern for both would start again at each `style` of a tag made of them. */
function isSetApart(tag: string): boolean {
  const style = tag.search(/style/i);
  return style >= 0 && APART.test(tag.slice(style));
}

/** Whether a character can stand within an address. */
export const isOfWord = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 48 && code <= 57) ||
  (code >= 64 && code <= 90) ||
  (code >= 45 && code <= 47) ||
  code === 95 ||
  code > 127;
