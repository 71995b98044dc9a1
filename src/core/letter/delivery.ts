import type { MailMessage } from '../mail/index.ts';

/** To whom a mail was delivered, and whether a person wrote it to them. */
export interface Delivery {
  /**
   * Lower-case addresses of the mailboxes that a mail server says it put the mail into. Only fields
   * above the newest Received field count: further down the sender may have written them.
   */
  readonly deliveredTo: readonly string[];
  /**
   * Whom the newest Received field names (RFC 5321 section 4.4, `for`); null where it names nobody.
   */
  readonly receivedFor: string | null;
  /**
   * False for mail of lists and programs, and for mail that a reader sent on under its old From
   * line.
   */
  readonly personal: boolean;
}

/** Written by the server that puts a mail into a mailbox: Gmail, Postfix, Exim. */
const DELIVERED_TO: ReadonlySet<string> = new Set([
  'delivered-to',
  'x-original-to',
  'envelope-to',
  'x-envelope-to',
]);

/** RFC 2919, RFC 2369, RFC 3834 section 5; `resent-` is RFC 5322 section 3.6.6. */
const OF_LIST_OR_SENT_ON =
  /^(?:list-(?:id|post|unsubscribe|help)|mailing-list|feedback-id|resent-(?:from|to|sender))$/;

const FOR = /\sfor\s+<?([^\s<>;@]{1,64}@[^\s<>;@]{1,253})/i;

const ADDRESS = /^<?([^\s<>@]+@[^\s<>@]+?)>?$/;

export function deliveryOf({ headers }: Pick<MailMessage, 'headers'>): Delivery {
  const deliveredTo = new Set<string>();
  let isAboveRoute = true;
  let receivedFor: string | null = null;
  let personal = true;
  for (const { name, value } of headers) {
    const key = name.toLowerCase();
    if (key === 'received' && isAboveRoute)
      receivedFor = FOR.exec(value)?.[1]?.toLowerCase() ?? null;
    if (key === 'received') isAboveRoute = false;
    if (isAboveRoute && DELIVERED_TO.has(key)) {
      const address = ADDRESS.exec(value.trim())?.[1];
      if (address !== undefined) deliveredTo.add(address.toLowerCase());
    }
    if (OF_LIST_OR_SENT_ON.test(key) || isOfProgram(key, value)) personal = false;
  }
  return { deliveredTo: [...deliveredTo], receivedFor, personal };
}

function isOfProgram(key: string, value: string): boolean {
  if (key === 'precedence') return /^\s*(?:bulk|list|junk|auto_reply)\b/i.test(value);
  return key === 'auto-submitted' && !/^\s*no\b/i.test(value);
}
