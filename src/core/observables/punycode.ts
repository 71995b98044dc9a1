/** A label is 63 octets on the wire (RFC 1035 section 2.3.4); longer ones are not decoded. */
const LABEL_LENGTH_MAX = 63;

const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;

/** RFC 3492 section 6.1. */
function adapt(delta: number, points: number, first: boolean): number {
  let rest = first ? Math.floor(delta / DAMP) : delta >> 1;
  rest += Math.floor(rest / points);
  let k = 0;
  while (rest > ((BASE - T_MIN) * T_MAX) >> 1) {
    rest = Math.floor(rest / (BASE - T_MIN));
    k += BASE;
  }
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW));
}

const threshold = (k: number, bias: number): number =>
  k <= bias ? T_MIN : k >= bias + T_MAX ? T_MAX : k - bias;

function digitOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30 + 26;
  if (code >= 0x41 && code <= 0x5a) return code - 0x41;
  if (code >= 0x61 && code <= 0x7a) return code - 0x61;
  return -1;
}

/** The label behind `xn--` (RFC 3492 section 6.2); null where it is not valid Punycode. */
export function decodePunycode(encoded: string): string | null {
  if (encoded.length > LABEL_LENGTH_MAX) return null;
  const dash = encoded.lastIndexOf('-');
  const points = dash < 0 ? [] : Array.from(encoded.slice(0, dash), (c) => c.charCodeAt(0));
  if (points.some((point) => point > 0x7f)) return null;
  let [n, i, bias] = [128, 0, 72];
  for (let at = dash < 0 ? 0 : dash + 1; at < encoded.length; ) {
    const before = i;
    for (let weight = 1, k = BASE; ; k += BASE) {
      const digit = at < encoded.length ? digitOf(encoded.charCodeAt(at)) : -1;
      at += 1;
      if (digit < 0) return null;
      i += digit * weight;
      if (i > 0x7fff_ffff) return null;
      const t = threshold(k, bias);
      if (digit < t) break;
      weight *= BASE - t;
    }
    bias = adapt(i - before, points.length + 1, before === 0);
    n += Math.floor(i / (points.length + 1));
    i %= points.length + 1;
    if (n > 0x10ffff || (n >= 0xd800 && n <= 0xdfff)) return null;
    points.splice(i, 0, n);
    i += 1;
  }
  return String.fromCodePoint(...points);
}

/**
 * The Punycode of a label (RFC 3492 section 6.3), without `xn--`; null for one that is too long.
 */
export function encodePunycode(label: string): string | null {
  const points = Array.from(label, (c) => c.codePointAt(0) ?? 0);
  if (points.length > LABEL_LENGTH_MAX) return null;
  let out = points
    .filter((point) => point < 0x80)
    .map((point) => String.fromCharCode(point))
    .join('');
  const basic = out.length;
  if (basic > 0) out += '-';
  let [n, delta, bias] = [128, 0, 72];
  for (let handled = basic; handled < points.length; ) {
    const next = Math.min(...points.filter((point) => point >= n));
    delta += (next - n) * (handled + 1);
    n = next;
    for (const point of points) {
      if (point < n) delta += 1;
      if (point !== n) continue;
      out += variableLength(delta, bias);
      bias = adapt(delta, handled + 1, handled === basic);
      delta = 0;
      handled += 1;
    }
    delta += 1;
    n += 1;
  }
  return out.length > LABEL_LENGTH_MAX ? null : out;
}

function variableLength(delta: number, bias: number): string {
  let out = '';
  let rest = delta;
  for (let k = BASE; ; k += BASE) {
    const t = threshold(k, bias);
    if (rest < t) return out + digit(rest);
    out += digit(t + ((rest - t) % (BASE - t)));
    rest = Math.floor((rest - t) / (BASE - t));
  }
}

const digit = (value: number): string =>
  String.fromCharCode(value < 26 ? value + 0x61 : value + 22);
