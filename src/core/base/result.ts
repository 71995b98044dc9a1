/** What a caller must handle comes back as a value; `failure` is a closed union with a `code`. */
export type Result<Value, Failure> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: Failure };

export const ok = <Value>(value: Value): Result<Value, never> => ({ ok: true, value });

export const fail = <Failure>(failure: Failure): Result<never, Failure> => ({ ok: false, failure });

/** Something only a bug can cause. Nobody catches it but the process edge (exit code 3). */
export class Defect extends Error {
  override readonly name = 'Defect';
}

export function assert(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Defect(what);
}
