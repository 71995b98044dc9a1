/** Places selected by Benjamini & Hochberg (1995) at false discovery rate `q`. */
export function benjaminiHochberg(pValues: readonly number[], q: number): ReadonlySet<number> {
  const order = pValues.map((p, at) => ({ p, at })).sort((x, y) => x.p - y.p);
  let selected = 0;
  for (const [rank, { p }] of order.entries()) {
    if (p <= ((rank + 1) * q) / order.length) selected = rank + 1;
  }
  return new Set(order.slice(0, selected).map(({ at }) => at));
}

/**
 * The same over e-values (Wang & Ramdas 2022): valid under any dependence, and when one looks
 * daily. `logE` are natural logarithms.
 */
export function eBenjaminiHochberg(logE: readonly number[], q: number): ReadonlySet<number> {
  const order = logE.map((e, at) => ({ e, at })).sort((x, y) => y.e - x.e);
  let selected = 0;
  for (const [rank, { e }] of order.entries()) {
    if (e >= Math.log(order.length / (q * (rank + 1)))) selected = rank + 1;
  }
  return new Set(order.slice(0, selected).map(({ at }) => at));
}
