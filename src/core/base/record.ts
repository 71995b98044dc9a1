import { fail, ok, type Result } from './result.ts';

/** Whether a parsed JSON value is an object: not null, not a list. */
export const isRecord = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The object of a JSON file that a person wrote; a byte-order mark before it is passed over. The
 * failure is the rule that the text breaks.
 */
export function parseRecord(
  text: string,
): Result<{ readonly [key: string]: unknown }, 'is JSON' | 'is an object'> {
  try {
    const value: unknown = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
    return isRecord(value) ? ok(value) : fail('is an object');
  } catch {
    return fail('is JSON');
  }
}
