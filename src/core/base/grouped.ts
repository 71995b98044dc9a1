/** A whole number, `12345` as `12,345`: the same on every machine, whatever its language. */
export const grouped = (value: number): string => String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');
