/**
 * UTF-7 (RFC 2152): ASCII with runs of base64-coded UTF-16 between `+` and `-`.
 *
 * Bytes above 0x7F are malformed and come out as U+FFFD, as do units that a run cuts short.
 */
export function decodeUtf7(ascii: string): string {
  let text = '';
  let at = 0;
  for (;;) {
    const plus = ascii.indexOf('+', at);
    text += plain(plus < 0 ? ascii.slice(at) : ascii.slice(at, plus));
    if (plus < 0) return text;
    const end = endOfRun(ascii, plus + 1);
    text += end === plus + 1 && ascii[end] === '-' ? '+' : utf16Of(ascii, plus + 1, end);
    at = ascii[end] === '-' ? end + 1 : end;
  }
}

const plain = (text: string): string => text.replace(/[\u0080-\u00ff]/g, '\ufffd');

function endOfRun(ascii: string, start: number): number {
  let end = start;
  while (end < ascii.length && base64Value(ascii.charCodeAt(end)) >= 0) end++;
  return end;
}

/** RFC 2152 section 5: the last one to five bits of a run are padding. */
function utf16Of(ascii: string, start: number, end: number): string {
  const pieces: string[] = [];
  let bits = 0;
  let value = 0;
  for (let i = start; i < end; i++) {
    value = ((value << 6) | base64Value(ascii.charCodeAt(i))) & 0x3fffff;
    bits += 6;
    if (bits >= 16) {
      bits -= 16;
      pieces.push(String.fromCharCode((value >> bits) & 0xffff));
    }
  }
  if (bits >= 6) pieces.push('\ufffd');
  return pieces.join('');
}

function base64Value(code: number): number {
  if (code >= 65 && code <= 90) return code - 65;
  if (code >= 97 && code <= 122) return code - 71;
  if (code >= 48 && code <= 57) return code + 4;
  if (code === 43) return 62;
  return code === 47 ? 63 : -1;
}
