/**
 * The system's or a library's name for what went wrong (`ENOENT`, `Z_DATA_ERROR`), for a failure to
 * carry. An error without one is a defect, and is thrown on.
 */
export function systemCode(cause: unknown): string {
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  throw cause;
}
