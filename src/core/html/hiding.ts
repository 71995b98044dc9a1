import { type Declarations, overrule, readDeclarations } from './declarations.ts';
import { type Hiding, hiddenBy, mayHideWithin } from './hidden-by.ts';
import type { StyleSheet } from './style-sheet.ts';
import { attributeOf } from './tag.ts';

/** A style attribute is read to this length; real ones have under 1,000 characters. */
export const STYLE_ATTRIBUTE_MAX = 10_000;

/**
 * How a tag keeps its content from being shown; null where it does not.
 *
 * Decided from the element's own style and from the simple selectors of the body's style sheets.
 * Not decided: what needs the document tree (descendant selectors, a background inherited), screens
 * of one size (`@media`), pictures behind text, scripts.
 */
export function hidingOf(tag: string, attributes: string, sheet: StyleSheet | null): Hiding | null {
  if (attributes.includes('hidden') && attributeOf(attributes, 'hidden') !== null) return 'whole';
  const stated = sheet === null ? null : sheet.statedOf(tag, attributes);
  const hasStyle = attributes.includes('style') || attributes.includes('STYLE');
  const whole = hasStyle ? attributeOf(attributes, 'style') : null;
  if (whole === null) return stated === null ? null : hiddenBy(stated);
  const style = whole.slice(0, STYLE_ATTRIBUTE_MAX);
  if (stated === null && !mayHideWithin(style)) return null;
  const own: Declarations = new Map();
  readDeclarations(style, own);
  if (stated === null) return hiddenBy(own);
  overrule(stated, own);
  return hiddenBy(stated);
}

/** Whether an element inside shows its own letters again, by a size or colour of its own. */
export function undoes(
  weak: 'size' | 'colour',
  tag: string,
  attributes: string,
  sheet: StyleSheet | null,
): boolean {
  const words = weak === 'size' ? ['font'] : ['color', 'background'];
  if (words.some((word) => attributes.includes(word))) return true;
  const stated = sheet === null ? null : sheet.statedOf(tag, attributes);
  if (stated === null) return false;
  return [...stated.keys()].some((property) => words.some((word) => property.startsWith(word)));
}

/** Without one of these nothing is hidden by an element's style (`hidingOf`). */
const MAY_HIDE =
  /hidden|display\s*:\s*none|mso-hide|opacity|transparent|visibility\s*:\s*collapse|max-height|font-size\s*:\s*(?:0|1p|1\.0|\.)|(?:left|right|top|bottom|indent)\s*:\s*-\d{3}/i;

/** Text in the colour of its own background, stated side by side in one style or rule. */
const MAY_BE_COLOURED =
  /[^-]color\s*:[^"'<>{}]{1,200};\s*background|background(?:-color)?\s*:[^"'<>{}]{1,200};\s*color/i;

/** Whether a page's source can hide words at all: a quick look before it is read. */
export const mayHide = (html: string): boolean => MAY_HIDE.test(html) || MAY_BE_COLOURED.test(html);
