import type { SlotType } from './slot-type.ts';
import { TITLES } from './slot-type.ts';

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
 * one field: `state zip`, `city, state zip`, `title family`, `title given family`, `given family`.
 */
export function fieldsOf(tokens: readonly string[]): readonly Field[] | null {
  return placeFields(tokens) ?? nameFields(tokens);
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
