/** What mail clients put around a forward or a quote in HTML; each mark holds one of `_-=`. */
const STRUCTURES: readonly string[] = [
  // Gmail; also written by Fastmail and by clients that imitate it.
  ...['gmail_quote', 'gmail_attr'],
  // Outlook on the web, Outlook for Mac, Outlook for Windows (a rule above bold labels).
  ...['="divRplyFwdMsg', '=divRplyFwdMsg', 'x_divRplyFwdMsg'],
  ...['="appendonsend', '=appendonsend', 'x_appendonsend'],
  ...['mail-editor-reference-message-container', 'olk_src_body_section'],
  ...['font-color: black', 'border-top:solid #E1E1E1', 'border-top:solid #B5C4DF'],
  // Thunderbird.
  ...['moz-forward-container', 'moz-email-headers-table', 'moz-cite-prefix'],
  // Apple Mail.
  ...['type="cite"', "type='cite'", 'type=cite', '="AppleMailSignature'],
  // Yahoo, Proton, Zoho, GMX, Open-Xchange, Tutanota, Hey, Spark, Roundcube.
  ...['yahoo_quote', '="ydp', 'protonmail_quote', 'zmail_extra', 'name="quote"', '="ox-'],
  ...['tutanota_quote', 'trix-content', 'spark_quote', 'id="reply-intro"', 'id="forwardbody1"'],
];

/** What may stand before each rest of a mark, that begins with the first of `_-=` in it. */
const HEADS: ReadonlyMap<string, readonly string[]> = (() => {
  const heads = new Map<string, string[]>();
  for (const mark of STRUCTURES) {
    const at = mark.search(/[_=-]/);
    const tail = mark.slice(at);
    heads.set(tail, [...(heads.get(tail) ?? []), mark.slice(0, at)]);
  }
  return heads;
})();

/** Three first characters are found at a third of the price of the marks' fifteen. */
const TAIL = new RegExp(
  [...HEADS.keys()].map((tail) => tail.replace(/[^\w\s]/g, '\\$&')).join('|'),
  'g',
);

/** Beyond this the page is text, and the markup of its forward stood before. */
const STRUCTURE_SCAN_MAX = 4_000_000;

/** Whether the HTML body bears the marks of a mail client's forward or quote. */
export function hasForwardStructure(html: string): boolean {
  const scanned = html.length > STRUCTURE_SCAN_MAX ? html.slice(0, STRUCTURE_SCAN_MAX) : html;
  for (const { 0: tail, index } of scanned.matchAll(TAIL)) {
    if (HEADS.get(tail)!.some((head) => scanned.endsWith(head, index))) return true;
  }
  return false;
}
