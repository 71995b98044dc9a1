import { attributeOf } from './tag.ts';

/**
 * Whether a tag's attributes keep its content from being shown: `yes`, or by a zero font `size`,
 * which an element inside can undo; null where they do not.
 */
export function hidingOf(attributes: string): 'yes' | 'size' | null {
  const hasStyle = attributes.includes('style') || attributes.includes('STYLE');
  if (attributes.includes('hidden') && attributeOf(attributes, 'hidden') !== null) return 'yes';
  const style = hasStyle ? attributeOf(attributes, 'style') : null;
  return style === null ? null : hidingStyle(style);
}

/** The same for declarations of a style: `display:none; color:red`. */
export function hidingStyle(style: string): 'yes' | 'size' | null {
  if (HIDES.test(style)) return 'yes';
  return ZERO_SIZE.test(style) ? 'size' : null;
}

const HIDES =
  /(?:^|[;\s])(?:display\s?:\s?none|visibility\s?:\s?(?:hidden|collapse)|mso-hide\s?:\s?all|(?:opacity|max-height)\s?:\s?0(?:px)?\s?(?:;|!|$))/i;
const ZERO_SIZE = /(?:^|[;\s])font-size\s?:\s?0(?:px|pt|em|%)?\s?(?:;|!|$)/i;

/** Whether a page's source can hide words at all: without one of these nothing is hidden. */
export const mayHide = (html: string): boolean => MAY_HIDE.test(html);

const MAY_HIDE =
  /hidden|collapse|display\s?:\s?none|mso-hide|opacity|max-height|font-size\s?:\s?0/i;
