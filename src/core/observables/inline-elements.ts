/** Elements that end a word where they stand: blocks, cells, breaks, and what is drawn in the line. */
const PARTS: ReadonlySet<string> = new Set([
  ...['address', 'article', 'aside', 'blockquote', 'body', 'caption', 'center', 'dd', 'details'],
  ...['dialog', 'dir', 'div', 'dl', 'dt', 'fieldset', 'figcaption', 'figure', 'footer', 'form'],
  ...['frameset', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'head', 'header', 'hgroup', 'html', 'legend'],
  ...['li', 'main', 'menu', 'nav', 'ol', 'optgroup', 'option', 'p', 'pre', 'search', 'section'],
  ...['summary', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'title', 'tr', 'ul'],
  ...['br', 'hr', 'img', 'input', 'button', 'select', 'textarea', 'iframe', 'object', 'embed'],
  ...['video', 'audio', 'canvas', 'svg', 'text', 'math', 'picture', 'meter', 'progress', 'area'],
]);

/** A style that sets an element apart from its neighbours, in whatever way. */
const SET_APART = /display|padding|margin|float|position|width/i;
/** A link directly behind a link is another word: menus set them apart by style sheets. */
const NEXT_LINK = /<a[\s>]/iy;

/** One tag of a page's source: `</b` has the name `/b`. */
export interface TagPlace {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Tells tag by tag whether it parts the words around it, as a page shows them: not so those of
 * letters' looks (`ev<b>il</b>.example` is one word), unless a style of their own sets them apart.
 */
export function wordBreaks(html: string): (tag: TagPlace) => boolean {
  let apart = '';
  return ({ name, start, end }) => {
    if (name === '/a') {
      NEXT_LINK.lastIndex = end;
      if (NEXT_LINK.test(html)) return true;
    }
    if (name === apart) {
      apart = '';
      return true;
    }
    if (name.charCodeAt(0) === SLASH) return PARTS.has(name.slice(1));
    if (PARTS.has(name)) return true;
    if (end - start < name.length + SET_APART_LENGTH_MIN) return false;
    const inside = html.slice(start, end);
    if (!/style/i.test(inside) || !SET_APART.test(inside)) return false;
    apart = `/${name}`;
    return true;
  };
}

const SLASH = 0x2f;
/** `< style=float:left>`. */
const SET_APART_LENGTH_MIN = 18;
