/** Colours by name that hide text on itself in mail; others are compared by their name. */
const NAMED: ReadonlyMap<string, string> = new Map([
  ['white', 'ffffff'],
  ['black', '000000'],
  ['snow', 'fffafa'],
  ['ivory', 'fffff0'],
  ['floralwhite', 'fffaf0'],
  ['ghostwhite', 'f8f8ff'],
  ['mintcream', 'f5fffa'],
  ['azure', 'f0ffff'],
  ['whitesmoke', 'f5f5f5'],
]);

/**
 * Letters that differ less from their background, of 255 in red, in green and in blue, cannot be
 * seen: a contrast below 1.1 to 1, where 4.5 is asked of text that is to be read (WCAG 2.2 section
 * 1.4.3).
 */
const COLOUR_DIFFERENCE_MAX = 10;

/** Whether both are stated and are, to the eye, one opaque colour: no text can be seen. */
export function isSameColour(text: string, background: string): boolean {
  if (text === '' || background === '') return false;
  const [one, other] = [colourOf(text), colourOf(background)];
  return one !== null && other !== null && areAlike(one, other);
}

function areAlike(one: string, other: string): boolean {
  if (one === other) return true;
  if (!RGB.test(one) || !RGB.test(other)) return false;
  return [0, 2, 4].every(
    (at) => Math.abs(partOf(one, at) - partOf(other, at)) <= COLOUR_DIFFERENCE_MAX,
  );
}

const RGB = /^[0-9a-f]{6}$/;
const partOf = (rgb: string, at: number): number => Number.parseInt(rgb.slice(at, at + 2), 16);

/** A colour without any to speak of (CSS Color section 4): the text is there and cannot be seen. */
export const isTransparent = (text: string): boolean =>
  text !== '' &&
  (text === 'transparent' ||
    CLEAR.test(text) ||
    /^#(?:[0-9a-f]{3}0|[0-9a-f]{6}0[0-9a-f])$/.test(text));

/** A fourth part below a tenth. */
const CLEAR =
  /^(?:rgb|hsl)a?\((?:[^(),/]{1,20},[^(),/]{1,20},[^(),/]{1,20},|[^(),/]{1,40}\/)\s*(?:0(?:\.0\d{0,9})?|\.0\d{0,9}|0%)\s*\)$/;

/**
 * `rrggbb` or a name; null for what is no plain opaque colour: a picture, a gradient, `inherit`.
 */
export function colourOf(value: string): string | null {
  const hex = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/.exec(value)?.[1];
  if (hex !== undefined && (value.startsWith('#') || hex.length === 6))
    return hex.length === 6 ? hex : hex.replace(/./g, '$&$&');
  const rgb =
    /^rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*(?:[,/]\s*1(?:\.0+)?\s*)?\)$/.exec(value);
  if (rgb !== null) return rgbOf(rgb.slice(1).map(Number));
  const named = NAMED.get(value);
  if (named !== undefined) return named;
  if (value.startsWith('hsl')) return fromHsl(value);
  return /^[a-z]{3,24}$/.test(value) && !NO_COLOURS.has(value) ? value : null;
}

const rgbOf = (parts: readonly number[]): string =>
  parts.map((part) => Math.min(255, Math.round(part)).toString(16).padStart(2, '0')).join('');

/** CSS Color section 7.1. */
function fromHsl(value: string): string | null {
  const read =
    /^hsla?\(\s*(-?\d{1,4}(?:\.\d{1,4})?)(?:deg)?[\s,]+(\d{1,3})%[\s,]+(\d{1,3})%\s*(?:[,/]\s*1(?:\.0+)?\s*)?\)$/.exec(
      value,
    );
  if (read === null) return null;
  const [hue, saturation, lightness] = [
    Number(read[1]),
    Number(read[2]) / 100,
    Number(read[3]) / 100,
  ];
  const reach = saturation * Math.min(lightness, 1 - lightness);
  return rgbOf(
    [0, 8, 4].map((at) => {
      const turn = (((at + hue / 30) % 12) + 12) % 12;
      return 255 * (lightness - reach * Math.max(-1, Math.min(turn - 3, 9 - turn, 1)));
    }),
  );
}

const NO_COLOURS: ReadonlySet<string> = new Set([
  ...['inherit', 'initial', 'unset', 'revert', 'transparent', 'none', 'currentcolor', 'auto'],
]);
