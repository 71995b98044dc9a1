const SHAPE = /^\d{4}-\d\d-\d\d$/;

/**
 * A day that the calendar has, as YYYY-MM-DD (RFC 3339 `full-date`). `Date.parse` alone lets 30
 * February pass.
 */
export function isDay(text: unknown): text is string {
  if (typeof text !== 'string' || !SHAPE.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
