import { isSameColour, isTransparent } from './colour.ts';
import type { Declarations } from './declarations.ts';

/** Text this far outside is on no screen: pixels, or what comes to as much. */
export const OFF_SCREEN_MIN = 500;

/** Smaller letters are a line at best. In pixels or points. */
export const FONT_SIZE_HIDDEN_MAX = 1;

/**
 * How an element keeps its content from being shown. `size` and `colour` are those of its letters:
 * an element inside can have its own.
 */
export type Hiding = 'whole' | 'size' | 'colour';

/** How an element of which this is stated hides its content; null where it does not. */
export function hiddenBy(stated: Declarations): Hiding | null {
  const of = (property: string): string => stated.get(property)?.value ?? '';
  if (of('display') === 'none' || of('mso-hide') === 'all') return 'whole';
  if (of('visibility') === 'hidden' || of('visibility') === 'collapse') return 'whole';
  if (isZero(of('opacity')) || isZero(of('max-height'))) return 'whole';
  const isCut = /^(?:hidden|clip)/.test(of('overflow'));
  if (isCut && [of('height'), of('width'), of('max-width')].some(isZero)) return 'whole';
  if (isOffScreen(of)) return 'whole';
  const [colour, background] = [of('color'), backgroundOf(stated)];
  // A background may be cut to the shape of transparent letters, which then show it.
  const isClear = background === '' && isTransparent(colour);
  if (isClear || isSameColour(colour, background)) return 'colour';
  return isTiny(of('font-size')) ? 'size' : null;
}

/** Whichever of the two was stated last. */
function backgroundOf(stated: Declarations): string {
  let last = '';
  for (const [property, { value }] of stated) if (property.startsWith('background')) last = value;
  return last;
}

const isZero = (value: string): boolean => /^0+(?:\.0+)?(?:px|pt|r?em|%)?$/.test(value);

function isTiny(value: string): boolean {
  if (isZero(value)) return true;
  const size = /^(\d*\.?\d+)(?:px|pt)$/.exec(value)?.[1];
  return size !== undefined && Number(size) <= FONT_SIZE_HIDDEN_MAX;
}

function isOffScreen(of: (property: string) => string): boolean {
  if (isFarOut(of('text-indent')) || isFarOut(of('margin-left'))) return true;
  if (!/^(?:absolute|fixed|relative)$/.test(of('position'))) return false;
  return [of('left'), of('right'), of('top'), of('bottom')].some(isFarOut);
}

function isFarOut(value: string): boolean {
  const far = /^-(\d{1,9}(?:\.\d{1,9})?)(px|pt|r?em|%)$/.exec(value);
  if (far === null) return false;
  const pixels = far[2]!.endsWith('em') ? 10 * Number(far[1]) : Number(far[1]);
  return pixels >= OFF_SCREEN_MIN;
}

/** A style without one of these hides nothing. */
const MAY_HIDE =
  /none|hidden|collapse|mso-hide|opacity|transparent|rgba|(?:height|width|size)\s*:\s*[01.]|:\s*-\d{3}/i;

/** A quick look: false means that the style hides nothing, so that it need not be taken apart. */
export const mayHideWithin = (style: string): boolean =>
  MAY_HIDE.test(style) || (/background/i.test(style) && /(?:^|[^-])color/i.test(style));
