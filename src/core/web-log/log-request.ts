/** Size of a response that the log does not tell (IIS logs none unless told to). */
export const SIZE_UNKNOWN = 0xffff_ffff;

/**
 * One request as a log line tells it. One object is filled again for every line: keep no reference
 * to it, and copy its texts before keeping them (they are windows into the block that was read).
 */
export interface LogRequest {
  /** Seconds since 1970-01-01T00:00Z. */
  second: number;
  /** Client's address as written. */
  address: string;
  method: string;
  /** Path and query as sent, still percent-encoded. */
  target: string;
  status: number;
  /** Bytes of the response; `SIZE_UNKNOWN` where the log does not say. */
  bytes: number;
  /** User agent; empty where none was sent or logged. */
  agent: string;
}

export const emptyRequest = (): LogRequest => ({
  second: 0,
  address: '',
  method: '',
  target: '',
  status: 0,
  bytes: SIZE_UNKNOWN,
  agent: '',
});
