/** Character references (HTML section 13.2.5.72): named, decimal and hexadecimal. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#(\d{1,7}|[xX][0-9a-fA-F]{1,6});?|([a-zA-Z][a-zA-Z0-9]{1,31});?)/g,
    (whole: string, number: string | undefined, name: string | undefined) =>
      number === undefined ? (NAMED[name ?? ''] ?? whole) : numbered(number),
  );
}

function numbered(digits: string): string {
  const hex = digits[0] === 'x' || digits[0] === 'X';
  const code = hex ? Number.parseInt(digits.slice(1), 16) : Number(digits);
  if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return '\ufffd';
  return String.fromCodePoint(code);
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
};
