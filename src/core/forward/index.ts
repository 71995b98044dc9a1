export { readForwardDate } from './forward-date.ts';
export {
  answeredIn,
  type Holder,
  handedOn,
  OwnPart,
  showsForwarding,
  signatureAt,
} from './forwarding.ts';
export { type Banner, gatewayBanner, withoutSubjectTag } from './gateway-banner.ts';
export { type HtmlPlace, placesInHtml } from './html-places.ts';
export { HtmlSide } from './html-side.ts';
export { findInlineForwards, findShownQuote, type InlineForward } from './inline-forward.ts';
export { FORWARD_LABELS, LABEL_LENGTH_MAX } from './label.ts';
export { linkHosts } from './link-hosts.ts';
export { type Circle, isShownToOthers, mayShowQuote } from './shown-quote.ts';
export { leadingKind, subjectMatter } from './subject.ts';
export { isSummaryRow } from './summary-row.ts';
export { FORWARDS_MAX } from './text-forward.ts';
export { FORWARD_TEXT_MAX } from './text-line.ts';
