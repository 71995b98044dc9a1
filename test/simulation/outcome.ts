/** One row of the table that `npm run test:statistics` prints. */
export interface Outcome {
  readonly what: string;
  readonly figure: string;
  readonly bound: string;
  readonly holds: boolean;
}

/** A share against a bound, with three standard errors of simulation allowed. */
export function shareRow(
  what: string,
  { hits, rounds }: { readonly hits: number; readonly rounds: number },
  { atLeast = 0, atMost = 1 }: { readonly atLeast?: number; readonly atMost?: number },
): Outcome {
  const share = hits / rounds;
  const slack = (p: number): number => 3 * Math.sqrt((p * (1 - p)) / rounds);
  const bound = [atLeast > 0 ? `>= ${atLeast}` : '', atMost < 1 ? `<= ${atMost}` : ''];
  return {
    what,
    figure: `${share.toFixed(4)} of ${rounds}`,
    bound: bound.filter((part) => part !== '').join(', '),
    holds: share >= atLeast - slack(atLeast) && share <= atMost + slack(atMost),
  };
}
