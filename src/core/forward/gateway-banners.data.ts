/**
 * Banners that mail gateways write on top of what comes from outside, in the words in which
 * products and their usual instructions have them. Written down by hand on 2026-11-23 from the
 * pages named; offices change the words, so each row is a form, not a text.
 *
 * A sentence is compared in lower case, without decoration, blanks as one. `opens` begins a banner;
 * `follows` is advice that stands in the same paragraph or the next, and is never taken alone.
 */
export interface GatewayBanner {
  readonly product: string;
  readonly opens: readonly RegExp[];
  /** Where its words are described. */
  readonly source: string;
}

const CALL =
  '(?:(?:caution|warning|attention|notice|alert|external(?: e-?mail| message| sender)?)[ :!-]{1,4})';
const MAIL = '(?:this |the )?(?:e-?mail|message|mail|sender)';
const OUTSIDE =
  "(?:outside(?: of)?(?: the| your| our| this)? ?[a-z0-9 .'-]{0,60}|an external (?:source|sender|e-?mail|address|party|domain)|external sources?)";

const sentence = (form: string): RegExp => new RegExp(`^${form}$`);

/** One row a product. */
export const GATEWAY_BANNERS: readonly GatewayBanner[] = [
  {
    product: 'Microsoft 365 or Exchange',
    opens: [
      sentence(
        `${CALL}{1,2}${MAIL} (?:was )?(?:originated|originates|came|comes|sent|is|received)(?: sent| received)? (?:from )?${OUTSIDE}`,
      ),
      sentence(
        `${CALL}{1,2}(?:this is an external e-?mail)?[a-z ]{0,20}(?:originating|originated|sent|from) (?:from )?${OUTSIDE}`,
      ),
      sentence("you don'?t often get e-?mail from [^ ]{1,254}(?: learn why this is important)?"),
      sentence(
        "some people who received this message don'?t often get e-?mail from [^ ]{1,254}(?: learn why this is important)?",
      ),
    ],
    source:
      'docs.tminus365.com/security/exchange/external-sender-warnings-shall-be-implemented; a6n.co.uk/2023/04/exchangeexo-external-mail-notifications.html; ithy.com/article/external-email-warning-i8v5inm1',
  },
  {
    product: 'Google Workspace',
    opens: [
      sentence(`${CALL}${MAIL} (?:was )?sent from ${OUTSIDE}`),
      sentence(`be careful with this message`),
    ],
    source: 'support.google.com/a/answer/7380041 (warnings for external recipients and senders)',
  },
  {
    product: 'Proofpoint',
    opens: [
      sentence('zjqcmqryfpfptbannerstart'),
      sentence('this message is from an (?:external|untrusted|unknown) sender'),
      sentence(
        'this message was sent from a sender with whom you have not previously corresponded',
      ),
      sentence('be careful with this message'),
    ],
    source: 'uit.stanford.edu/emailcalendar/spam/email-warning-tags',
  },
  {
    product: 'Mimecast',
    opens: [
      sentence(
        '(?:this )?(?:e-?mail|message) (?:has )?originat(?:ed|es)(?: from)? outside (?:of )?(?:your|our|the) organi[sz]ation',
      ),
      sentence('you have not previously corresponded with this sender'),
      sentence(
        'this message contains suspicious characteristics and has originated outside your organi[sz]ation',
      ),
    ],
    source:
      'mimecastsupport.zendesk.com/hc/en-us/articles/34000355038739-CyberGraph-2-0-Dynamic-Banners',
  },
];

/** Advice that stands behind such a sentence. */
export const BANNER_ADVICE: readonly RegExp[] = [
  sentence(
    "(?:please )?(?:do not|don'?t|never) (?:click|open|follow|respond|reply|download|enter|provide|share)[a-z ,/-]{0,160}",
  ),
  sentence(
    '(?:please )?(?:exercise|use|take) (?:extra |extreme )?(?:caution|care)[a-z ,/-]{0,160}',
  ),
  sentence(
    '(?:please )?(?:be cautious|be careful|be vigilant|think before you click)[a-z ,/-]{0,160}',
  ),
  sentence('look (?:carefully )?at the sender.?s address[a-z ,/-]{0,100}'),
  sentence(
    '(?:please )?(?:report|forward) (?:any )?(?:suspicious|phishing|this)[a-z @.,/-]{0,100}',
  ),
  sentence(
    '(?:report suspicious|report|report as|mark safe|learn more|learn why this is important)',
  ),
  sentence('this message came from outside your organi[sz]ation'),
  sentence('zjqcmqryfpfptbannerend'),
];

/** What gateways put before a subject, and mark so by brackets or a colon. */
export const SUBJECT_TAG =
  /^(?:\[(?:external|ext|external e-?mail|external sender|suspicious message|caution[: a-z-]{0,20})\]|(?:external|ext):)\s?/i;
