import { attributeOf } from './tag.ts';

/**
 * Whether a tag's attributes keep its content from being shown: `yes`, or by a zero font `size`,
 * which an element inside can undo; null where they do not.
 *
 * Reads inline styles only: those in a style sheet need the whole cascade.
 */
export function hidingOf(attributes: string): 'yes' | 'size' | null {
  const hasStyle = attributes.includes('style') || attributes.includes('STYLE');
  if (attributes.includes('hidden') && attributeOf(attributes, 'hidden') !== null) return 'yes';
  const style = hasStyle ? attributeOf(attributes, 'style') : null;
  if (style === null) return null;
  if (HIDES.test(style)) return 'yes';
  return ZERO_SIZE.test(style) ? 'size' : null;
}

const HIDES =
  /(?:^|[;\s])(?:display\s?:\s?none|visibility\s?:\s?hidden|mso-hide\s?:\s?all|(?:opacity|max-height)\s?:\s?0(?:px)?\s?(?:;|!|$))/i;
const ZERO_SIZE = /(?:^|[;\s])font-size\s?:\s?0(?:px|pt|em|%)?\s?(?:;|!|$)/i;
