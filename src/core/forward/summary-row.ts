/**
 * Whether a line is a row of the summary that Gmail's "Show original" has above the source of a
 * mail, in any language: what the reader's own provider is said to have checked. Copied as text it
 * is the word of whoever copied it, and no header field.
 */
export const isSummaryRow = (line: string): boolean => SUMMARY_ROW.test(line);

const SUMMARY_ROW =
  /^(?:SPF|DKIM|DMARC):[ \t]*(?:\r?$|'?(?:PASS|FAIL|SOFTFAIL|NEUTRAL|NONE|TEMPERROR|PERMERROR)\b)/;
