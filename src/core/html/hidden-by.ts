import { colourOf, isSameColour, isTransparent } from './colour.ts';
import type { Declarations } from './declarations.ts';

/** Text this far outside is on no screen: pixels, or what comes to as much. */
const OFF_SCREEN_MIN = 500;

/** Smaller letters are a line at best. In pixels or points. */
const FONT_SIZE_HIDDEN_MAX = 1;

/**
 * How an element keeps its content from being shown. `size` and `colour` are those of its letters:
 * an element inside can have its own.
 */
export type Hiding = 'whole' | 'size' | 'colour';

/** Fainter content is not there to the eye. */
const OPACITY_HIDDEN_MAX = 0.05;

/**
 * How an element of which this is stated hides its content; null where it does not. `behind`: the
 * background that it stands on; null where that is not known.
 */
export function hiddenBy(stated: Declarations, behind: string | null = null): Hiding | null {
  if (stated.size === 0) return null;
  const of = (property: string): string => stated.get(property)?.value ?? '';
  if (of('display') === 'none' || of('mso-hide') === 'all') return 'whole';
  if (of('visibility') === 'hidden' || of('visibility') === 'collapse') return 'whole';
  if (isFaint(of('opacity')) || isZero(of('max-height')) || isCutAway(of)) return 'whole';
  const overflow = of('overflow');
  const isCut = overflow !== '' && /^(?:hidden|clip)/.test(overflow);
  if (isCut && [of('height'), of('width'), of('max-width')].some(isZero)) return 'whole';
  if (isOffScreen(of)) return 'whole';
  const [colour, own] = [of('color'), backgroundOf(stated)];
  // A background may be cut to the shape of transparent letters, which then show it.
  const isClear = own === undefined && isTransparent(colour);
  const hasShadow = of('text-shadow') !== '' && of('text-shadow') !== 'none';
  const background = (own === undefined ? behind : own) ?? '';
  if (isClear || (!hasShadow && isSameColour(colour, background))) return 'colour';
  return isTiny(of('font-size')) ? 'size' : null;
}

/**
 * The colour behind an element's words, as it states it; null for a picture, undefined for none.
 */
export function backgroundOf(stated: Declarations): string | null | undefined {
  let last: string | undefined;
  for (const [property, { value }] of stated) {
    if (!property.startsWith('background') || SHOWS_THROUGH.test(value)) continue;
    if (property === 'background-image') return null;
    last = value;
  }
  return last === undefined ? last : colourOf(last);
}

/** What leaves the background of the element around it. */
const SHOWS_THROUGH = /^(?:transparent|none|inherit|initial|unset|0|0 0|0px 0px|)$/;

const isFaint = (value: string): boolean =>
  value !== '' &&
  /^(?:0?\.\d{1,9}|0{1,9}(?:\.0{0,9})?)$/.test(value) &&
  Number(value) <= OPACITY_HIDDEN_MAX;

/** Cut to nothing or shrunk to a point (CSS Masking section 5, CSS Transforms section 12). */
function isCutAway(of: (property: string) => string): boolean {
  const clip = of('clip');
  if (clip !== '' && /^rect\((?:\s*,?\s*[01](?:px)?){4}\s*\)$/.test(clip))
    if (/^(?:absolute|fixed)$/.test(of('position'))) return true;
  const path = of('clip-path') || of('-webkit-clip-path');
  if (
    path !== '' &&
    /^(?:inset\(\s*(?:50|100)%|circle\(\s*0(?:px|%)?\s*[)a]|polygon\((?:\s*,?\s*0(?:px|%)?){2,20}\s*\))/.test(
      path,
    )
  )
    return true;
  const transform = of('transform') || of('-webkit-transform');
  return transform !== '' && /\bscale(?:3d|x|y)?\(\s*0(?:\.0\d{0,9})?\s*[,)]/.test(transform);
}

const isZero = (value: string): boolean =>
  value !== '' && /^0+(?:\.0+)?(?:px|pt|r?em|%)?$/.test(value);

function isTiny(value: string): boolean {
  if (value === '') return false;
  if (isZero(value)) return true;
  const size = /^(\d*\.?\d+)(?:px|pt)$/.exec(value)?.[1];
  return size !== undefined && Number(size) <= FONT_SIZE_HIDDEN_MAX;
}

function isOffScreen(of: (property: string) => string): boolean {
  if (isFarOut(of('text-indent')) || isFarOut(of('margin-left'))) return true;
  const position = of('position');
  if (position === '' || !/^(?:absolute|fixed|relative)$/.test(position)) return false;
  return [of('left'), of('right'), of('top'), of('bottom')].some(isFarOut);
}

function isFarOut(value: string): boolean {
  if (!value.startsWith('-')) return false;
  const far = /^-(\d{1,9}(?:\.\d{1,9})?)(px|pt|r?em|%)$/.exec(value);
  if (far === null) return false;
  const pixels = far[2]!.endsWith('em') ? 10 * Number(far[1]) : Number(far[1]);
  return pixels >= OFF_SCREEN_MIN;
}

/** A style without one of these hides nothing. */
const MAY_HIDE =
  /none|hidden|collapse|mso-hide|opacity|transparent|(?:rgb|hsl)a|clip|scale|(?:height|width|size)\s*:\s*[01.]|:\s*-\d{3}/i;

/** A quick look: false means that the style hides nothing, so that it need not be taken apart. */
export const mayHideWithin = (style: string): boolean =>
  MAY_HIDE.test(style) || (/background/i.test(style) && /(?:^|[^-])color/i.test(style));

/** Letters nearly white, which are not seen on a white page. */
export const MAY_BE_WHITE =
  /(?:^|[^-g])color["']?\s*[:=]\s*["']?\s*(?:#?f[0-9a-f]|white|snow|ivory|floralw|ghostw|mintc|azure|rgb\w?\(\s*2[45]|hsl)/i;
