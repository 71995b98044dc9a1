import { type Kernels, latin1Bytes } from '../base/index.ts';

/** Header blocks end sooner than this in real mail (largest in 7,000 mails: 20 kB). */
const MBOX_HEADER_LOOK_MAX = 65_536;

/** What the lines after a separator say for its being one. */
export interface HeaderEvidence {
  /** The next line is a header field (or a `>From ` line, which some relays add). */
  readonly headerLine: boolean;
  /** `strong`: From with Message-ID or Received; `weak`: From with Date. */
  readonly sender: 'strong' | 'weak' | 'none';
  /** A delivered mail whole: From, Date and Message-ID, with Received or Return-Path. */
  readonly delivered: boolean;
  /** Fields that only the program that keeps the file writes. */
  readonly storeMarks: readonly string[];
}

/** What a message's own header says about where it ends. */
export interface EndClaims {
  /** Content-Length with the place where the body starts, from the message's first byte. */
  readonly bodyStart: number | null;
  readonly contentLength: number | null;
  /** `--boundary--` of the outermost multipart. */
  readonly closing: Uint8Array | null;
}

const STORE_MARKS = ['x-mozilla-status', 'x-gm-thrid', 'x-gmail-labels'] as const;
const FIELD_LINE = /^(?:>From |[\x21-\x39\x3b-\x7e]+[ \t]*:)/;
/** First look; real evidence nearly always stands here, and a short string is cheap. */
const FIRST_LOOK = 4096;

function headerText(bytes: Uint8Array, start: number, end: number, kernels: Kernels) {
  const text = kernels.latin1(bytes, start, end);
  const blank = /\n\r?\n/.exec(text);
  return { text: blank === null ? text : text.slice(0, blank.index + 1), whole: blank };
}

/**
 * Reads the lines at `start`; null where a decision needs bytes past `end` that may still come.
 *
 * At most `MBOX_HEADER_LOOK_MAX` bytes are looked at.
 */
export function headerEvidence(
  place: { bytes: Uint8Array; start: number; end: number; ended: boolean },
  kernels: Kernels,
): HeaderEvidence | null {
  const { bytes, start, ended } = place;
  for (const look of [FIRST_LOOK, MBOX_HEADER_LOOK_MAX]) {
    const end = Math.min(place.end, start + look);
    const { text, whole } = headerText(bytes, start, end, kernels);
    if (whole !== null || look === MBOX_HEADER_LOOK_MAX || (ended && end === place.end)) {
      const enough = whole !== null || end === start + MBOX_HEADER_LOOK_MAX || ended;
      return enough ? evidenceIn(text) : null;
    }
  }
  return null;
}

function evidenceIn(header: string): HeaderEvidence {
  const lower = `\n${header.toLowerCase()}`;
  const has = (name: string): boolean => lower.includes(`\n${name}:`);
  const proof = has('message-id') || has('received');
  const sender = !has('from') ? 'none' : proof ? 'strong' : has('date') ? 'weak' : 'none';
  return {
    headerLine: FIELD_LINE.test(header),
    sender,
    delivered: ['from', 'date', 'message-id'].every(has) && (has('received') || has('return-path')),
    storeMarks: STORE_MARKS.filter(has),
  };
}

export function endClaims(
  place: { bytes: Uint8Array; start: number; end: number },
  kernels: Kernels,
): EndClaims {
  const { bytes, start } = place;
  const end = Math.min(place.end, start + MBOX_HEADER_LOOK_MAX);
  const { text, whole } = headerText(bytes, start, end, kernels);
  const length = /^content-length:[ \t]*(\d{1,12})[ \t]*\r?$/im.exec(text)?.[1];
  const boundary = declaredBoundary(text);
  return {
    bodyStart: whole === null ? null : whole.index + whole[0].length,
    contentLength: length === undefined ? null : Number(length),
    closing: boundary === null ? null : latin1Bytes(`\n--${boundary}--`),
  };
}

function declaredBoundary(header: string): string | null {
  const at = /^content-type:[ \t\r\n]*multipart\//im.exec(header)?.index ?? -1;
  if (at < 0) return null;
  const tail = header.slice(at);
  const field = tail.slice(0, /\n(?![ \t])/.exec(tail)?.index ?? tail.length);
  const found = /boundary[ \t]*=[ \t]*(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))/i.exec(field);
  return found?.[1] ?? found?.[2] ?? null;
}
