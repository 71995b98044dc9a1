/** Colours by name that hide text on itself in mail; others are compared by their name. */
const NAMED: ReadonlyMap<string, string> = new Map([
  ['white', 'ffffff'],
  ['black', '000000'],
  ['snow', 'fffafa'],
  ['ivory', 'fffff0'],
  ['whitesmoke', 'f5f5f5'],
]);

/** Whether both are stated and are one opaque colour (CSS Color section 4): no text can be seen. */
export function isSameColour(text: string, background: string): boolean {
  if (text === '' || background === '') return false;
  const [one, other] = [colourOf(text), colourOf(background)];
  return one !== null && one === other;
}

/** A colour without any (CSS Color section 4): the text is there and cannot be seen. */
export const isTransparent = (text: string): boolean =>
  text === 'transparent' || /^rgba\([^()]{1,40}[,/]\s*0(?:\.0+)?%?\s*\)$/.test(text);

/** `rrggbb` or a name; null for what is no plain opaque colour: a picture, a gradient, `inherit`. */
function colourOf(value: string): string | null {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/.exec(value)?.[1];
  if (hex !== undefined) return hex.length === 6 ? hex : hex.replace(/./g, '$&$&');
  const rgb = /^rgb\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*\)$/.exec(value);
  if (rgb !== null)
    return rgb
      .slice(1)
      .map((part) => Math.min(255, Number(part)).toString(16).padStart(2, '0'))
      .join('');
  const named = NAMED.get(value);
  if (named !== undefined) return named;
  return /^[a-z]{3,24}$/.test(value) && !NO_COLOURS.has(value) ? value : null;
}

const NO_COLOURS: ReadonlySet<string> = new Set([
  ...['inherit', 'initial', 'unset', 'revert', 'transparent', 'none', 'currentcolor', 'auto'],
]);
