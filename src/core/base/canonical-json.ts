import { assert } from './result.ts';

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/**
 * JSON with one spelling per value: RFC 8785 (JSON Canonicalization Scheme).
 *
 * Members are sorted by UTF-16 code units, members that are `undefined` are left out, numbers are
 * written as ECMAScript does. NaN and infinities are defects.
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') return scalar(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(member)}`);
  }
  return `{${members.join(',')}}`;
}

const isList = (value: object): value is readonly Json[] => Array.isArray(value);

function scalar(value: null | boolean | number | string): string {
  assert(
    typeof value !== 'number' || Number.isFinite(value),
    'canonical JSON has no NaN or infinity',
  );
  return JSON.stringify(value);
}
