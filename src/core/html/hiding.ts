import { type Declarations, overrule, readDeclarations } from './declarations.ts';
import { backgroundOf, type Hiding, hiddenBy, MAY_BE_WHITE, mayHideWithin } from './hidden-by.ts';
import type { StyleSheet } from './style-sheet.ts';
import { attributeOf } from './tag.ts';

/** A style attribute is read to this length; real ones have under 1,000 characters. */
const STYLE_ATTRIBUTE_MAX = 10_000;

/** What a tag says of its looks: how it hides its content, and the background that it gives it. */
export interface Looks {
  readonly hiding: Hiding | null;
  /** Null for a picture or what cannot be told; undefined where it states none. */
  readonly background: string | null | undefined;
}

/**
 * How a tag keeps its content from being shown, and what it paints behind it.
 *
 * Decided from the element's own style and attributes, from the selectors of the body's style
 * sheets that `StyleSheet` keeps, and from the background `behind` it. Not decided: screens of one
 * size (`@media`), pictures behind text, scripts.
 */
export function looksOf(
  tag: string,
  attributes: string,
  sheet: StyleSheet | null,
  behind: string | null,
): Looks {
  const stated = statedOf(tag, attributes, sheet, behind);
  const isHidden = attributes.includes('hidden') && attributeOf(attributes, 'hidden') !== null;
  if (stated === null) return isHidden ? HIDDEN : PLAIN;
  const position = stated.get('position')?.value;
  const isApart = position === 'absolute' || position === 'fixed' || isDrawn(tag);
  const background = isApart ? null : backgroundOf(stated);
  const under = isApart ? null : behind;
  return { hiding: isHidden ? 'whole' : hiddenBy(stated, under), background };
}

const PLAIN: Looks = { hiding: null, background: undefined };
const HIDDEN: Looks = { hiding: 'whole', background: undefined };
/** Painted by the mail program itself. */
const isDrawn = (tag: string): boolean =>
  tag.length >= 5 && /^(?:button|input|select|textarea)$/i.test(tag);

/**
 * What is stated of an element: by its old attributes, the sheet and its own style, in this order.
 */
function statedOf(
  tag: string,
  attributes: string,
  sheet: StyleSheet | null,
  behind: string | null,
): Declarations | null {
  const old = oldStatements(tag, attributes);
  const ruled = sheet === null ? null : sheet.statedOf(tag, attributes);
  if (old !== null && ruled !== null) overrule(old, ruled);
  const stated = old ?? ruled;
  const hasStyle = attributes.includes('style') || attributes.includes('STYLE');
  const whole = hasStyle ? attributeOf(attributes, 'style') : null;
  if (whole === null) return stated;
  const style = whole.slice(0, STYLE_ATTRIBUTE_MAX);
  if (stated === null && !mayMatter(style, behind)) return null;
  const own: Declarations = new Map();
  readDeclarations(style, own);
  if (stated === null) return own;
  overrule(stated, own);
  return stated;
}

const mayMatter = (style: string, behind: string | null): boolean =>
  mayHideWithin(style) ||
  /background/i.test(style) ||
  (behind !== null && (behind.startsWith('f') ? MAY_BE_WHITE : /color/i).test(style));

const OLD_TAGS = 'body table tbody tr td th font marquee';
/** Elements that have them, in lower and in upper case. */
const MAY_HAVE_OLD: ReadonlySet<string> = new Set(
  `${OLD_TAGS} ${OLD_TAGS.toUpperCase()}`.split(' '),
);
const OLD_NAMES = /(?:^|[\s"'])(?:bgcolor|background|color)\s*=/i;

/** `bgcolor`, `background` and a font's `color` (HTML section 15.3); null where there is none. */
function oldStatements(tag: string, attributes: string): Declarations | null {
  if (!MAY_HAVE_OLD.has(tag) || !OLD_NAMES.test(attributes)) return null;
  const stated: Declarations = new Map();
  const say = (property: string, value: string | null): void => {
    if (value !== null && value.trim() !== '')
      stated.set(property, { value: value.trim().toLowerCase(), important: false });
  };
  say('background-color', attributeOf(attributes, 'bgcolor'));
  say('background-image', attributeOf(attributes, 'background'));
  if (/^font$/i.test(tag)) say('color', attributeOf(attributes, 'color'));
  return stated.size === 0 ? null : stated;
}

/** Whether an element inside shows its own letters again, by a size or colour of its own. */
export function undoes(
  weak: 'size' | 'colour',
  tag: string,
  attributes: string,
  sheet: StyleSheet | null,
): boolean {
  const own = weak === 'size' ? /font/i : /color|background/i;
  if (own.test(attributes)) return true;
  const stated = sheet === null ? null : sheet.statedOf(tag, attributes);
  if (stated === null) return false;
  return [...stated.keys()].some((property) => own.test(property));
}

/** Without one of these nothing is hidden by an element's style (`hidingOf`). */
const MAY_HIDE =
  /hidden|display\s*:\s*none|mso-hide|opacity|transparent|(?:rgb|hsl)a\(|clip|scale\w{0,2}\(\s*0|visibility\s*:\s*collapse|max-height|font-size\s*:\s*(?:0|1p|1\.0|\.)|(?:left|right|top|bottom|indent)\s*:\s*-\d{3}/i;

/** Text in the colour of its own background, stated side by side in one style or rule. */
const MAY_BE_COLOURED =
  /[^-]color\s*:[^"'<>{}]{1,200};\s*background|background(?:-color)?\s*:[^"'<>{}]{1,200};\s*color/i;

/** Whether a page's source can hide words at all: a quick look before it is read. */
export const mayHide = (html: string): boolean =>
  MAY_HIDE.test(html) || MAY_BE_WHITE.test(html) || MAY_BE_COLOURED.test(html);
