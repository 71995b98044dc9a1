import type { SlotType } from './slot-type.ts';
import { STREET_SUFFIX, TITLES } from './slot-type.ts';

/** One field inside a value: how many tokens it takes. */
export interface Field {
  readonly type: SlotType;
  readonly tokens: number;
}

const STATE_CODE = /^[A-Z]{2}$/;
const ZIP = /^\d{5}$/;
const CAPITAL = /^\p{Lu}[\p{L}'’-]*$/u;

/**
 * The fields of a value that is several columns side by side, by a small grammar; null where it is
 * one field: `street city`, `street, city, state zip`, `state zip`, `city, state zip`, `city ST
 * zip`, `title family`, `title given family`, `given family`.
 */
export function fieldsOf(tokens: readonly string[]): readonly Field[] | null {
  return streetFields(tokens) ?? placeFields(tokens) ?? nameFields(tokens);
}

const HOUSE_NUMBER = /^\d{1,6}[A-Za-z]?$/;
const STREET_WORDS_MAX = 6;
const CITY_WORDS_MAX = 3;
const UNIT = /^(?:apt|unit|suite|ste|lot|no|#)\.?$/i;

/** `12 Lantern Ter Bunnelby`: a street with the place behind it, as lines that a mailer joined. */
function streetFields(tokens: readonly string[]): readonly Field[] | null {
  if (!HOUSE_NUMBER.test(tokens[0] ?? '')) return null;
  const end = tokens.findIndex(
    (token, at) => at >= 2 && at <= STREET_WORDS_MAX && STREET_SUFFIX.test(token),
  );
  if (end < 0) return null;
  const unit = UNIT.test(tokens[end + 1] ?? '') ? 2 : 0;
  const comma = tokens[end + 1 + unit] === ',' ? 1 : 0;
  const street = end + 1 + unit + comma;
  const rest = tokens.slice(street);
  const isCity =
    rest.length > 0 && rest.length <= CITY_WORDS_MAX && rest.every((word) => CAPITAL.test(word));
  const place =
    placeFields(rest) ?? (isCity ? [{ type: 'city' as const, tokens: rest.length }] : null);
  return place === null ? null : [{ type: 'street-address', tokens: street }, ...place];
}

function placeFields(tokens: readonly string[]): readonly Field[] | null {
  const last = tokens.at(-1) ?? '';
  const zip = ZIP.test(last) ? 1 : 0;
  const comma = tokens.indexOf(',');
  const state = tokens.slice(comma + 1, tokens.length - zip);
  const isState =
    state.length >= 1 && state.length <= 3 && state.every((word) => CAPITAL.test(word));
  if (comma > 0) {
    const city = tokens.slice(0, comma);
    if (!isState || !city.every((word) => CAPITAL.test(word))) return null;
    const fields: Field[] = [
      { type: 'city', tokens: comma + 1 },
      { type: 'state', tokens: state.length },
    ];
    return zip === 1 ? [...fields, { type: 'postal-code', tokens: 1 }] : fields;
  }
  if (zip === 0 || !isState) return null;
  if (state.length > 1 && STATE_CODE.test(state.at(-1) ?? '')) {
    return [
      { type: 'city', tokens: state.length - 1 },
      { type: 'state', tokens: 1 },
      { type: 'postal-code', tokens: 1 },
    ];
  }
  if (state.length > 1 && STATE_CODE.test(state[0] ?? '')) return null;
  return [
    { type: 'state', tokens: state.length },
    { type: 'postal-code', tokens: 1 },
  ];
}

function nameFields(tokens: readonly string[]): readonly Field[] | null {
  const title = TITLES.has((tokens[0] ?? '').toLowerCase()) ? 1 : 0;
  const dot = title === 1 && tokens[1] === '.' ? 1 : 0;
  const names = tokens.slice(title + dot);
  if (names.length < 1 || names.length > 2 || !names.every((word) => CAPITAL.test(word)))
    return null;
  if (title === 0 && names.length === 1) return null;
  const fields = names.map((): Field => ({ type: 'person-name', tokens: 1 }));
  return title === 1 ? [{ type: 'person-name', tokens: title + dot }, ...fields] : fields;
}
