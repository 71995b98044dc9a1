import type { Kernels } from '../../core/base/index.ts';
import { signatureAt } from '../../core/forward/index.ts';
import type { MailMessage, ShownBody } from '../../core/mail/index.ts';
import { scanText } from '../../core/observables/index.ts';
import { domainOf, isPublic, isWithin } from './own-site.ts';

/** A mail that carries others, its own stretches of HTML, and what tells quotations. */
export interface OwnWords {
  readonly top: MailMessage;
  readonly carried: readonly MailMessage[];
  readonly pages: readonly ShownBody[];
  readonly isTheirs: (words: string) => boolean;
  /** Only where to pay: beside an attached mail a number is most often the reporter's. */
  readonly payOnly: boolean;
  readonly kernels: Kernels;
}

/** Contacts kept of one mail. */
const CONTACTS_MAX = 10;
/** A person's own words above a forward; what is longer is read so far. */
const WORDS_LENGTH_MAX = 100_000;

/**
 * What a mail's own words would have its reader turn to, or pay to: telephone numbers, wallets,
 * account numbers, e-mail addresses of others than those between whom the mails went.
 */
export function ownContacts({
  top,
  carried,
  pages,
  isTheirs,
  payOnly,
  kernels,
}: OwnWords): readonly string[] {
  const whole = `${top.subject ?? ''}\n${top.text}`.slice(0, WORDS_LENGTH_MAX);
  const words = MONEY.test(whole)
    ? withoutSignature(whole, signatureAt(whole))
    : withoutSignature(whole, placeOfSignature(whole, top.from?.name ?? '')).replace(
        OWN_NUMBER,
        '',
      );
  const linked = pages.map(({ text }) => dialled(text)).join('\n');
  const known = [top, ...carried].flatMap(({ from, to, replyTo }) => [
    ...(from === null ? [] : [from]),
    ...to,
    ...replyTo,
  ]);
  const homes = known.map(domainOf);
  const found = new Set<string>();
  const text = `${words}\n${linked}`;
  for (const { type, value, start, end } of scanText(text, kernels)) {
    const host = value.split('@')[1] ?? '';
    const isForeign =
      type === 'email' && !isPublic(host) && !homes.some((home) => isWithin(host, home));
    const counts = type === 'wallet' || (!payOnly && (type === 'phone' || isForeign));
    if (counts && !isTheirs(text.slice(start, end))) found.add(value);
  }
  for (const account of accountsIn(words)) if (!isTheirs(account)) found.add(account);
  return [...found].slice(0, CONTACTS_MAX);
}

/** Lines of a signature (RFC 3676 section 4.3 asks for four); more is a text behind a mark. */
const SIGNATURE_LINES_MAX = 8;

/**
 * Where a mail speaks of money, a number below a bare name or behind `call me` may be there to be
 * dialled before somebody pays: an attacker writes both.
 */
const MONEY =
  /\b(?:pay(?:s|ing|ments?|able|roll)?|bank(?:ing)?|accounts?|invoices?|wires?|transfers?|deposits?|refunds?|gift cards?|pag(?:o|ar|ue)s?|cuentas?|facturas?|transferencias?)\b/i;

/** Below `-- `, else below a line that is the writer's name; -1: nowhere. */
function placeOfSignature(text: string, author: string): number {
  const marked = signatureAt(text);
  return marked < 0 ? belowName(text, author) : marked;
}

/** A writer's own number stands in it; a line there that says to use it is no signature. */
function withoutSignature(text: string, at: number): string {
  if (at < 0) return text;
  const below = text.slice(at).trimEnd();
  const isLong = below.split('\n').length > SIGNATURE_LINES_MAX + 1;
  return isLong || ASKS.test(below) ? text : text.slice(0, at);
}

/** Where the last line begins that is the author's name, or its first word; -1: there is none. */
function belowName(text: string, author: string): number {
  const names = [author, author.split(/\s/, 1)[0] ?? ''].map((name) => name.trim().toLowerCase());
  let at = -1;
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    const line = text
      .slice(start, Math.min(end, start + 100))
      .trim()
      .toLowerCase();
    if (line.length > 2 && names.includes(line.replace(/^[-–— ]+|[,.]$/g, ''))) at = start;
    start = end + 1;
  }
  return at;
}

/** What a writer says to be their own: `call me at 202-555-0177`, `my number is ...`. */
const OWN_NUMBER =
  /\b(?:(?:call|reach|text|phone) me\b|my (?:cell|phone|mobile|home|work)?\s?(?:number|phone|cell|mobile)\b)[^\d\n.!?]{0,30}\+?[\d ().-]{7,20}/gi;

const ASKS =
  /\b(?:call|dial|text|ring|whatsapp|pay|transfer|send|reply|write|llam\w+|escrib\w+)\b/i;

/** What the links of a page dial or write to. */
function dialled(html: string): string {
  const targets: string[] = [];
  for (const [, target = ''] of html.matchAll(/["'](?:mailto|tel|sms):([^"'?<>]{3,320})/gi))
    targets.push(target);
  return targets.join('\n');
}

/**
 * ISO 13616-1: country, two check figures, up to 30 letters and figures, often in groups of four.
 */
const IBAN = /\b[A-Z]{2}\d\d(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?\b/gi;
/** A number that is called one of an account or a bank. */
const ACCOUNT =
  /\b(?:account|acct|a\/c|beneficiary|routing|aba|sort code|cuenta|clabe|konto)\b[^\d\n.!?]{0,30}(\d[\d -]{4,24}\d)\b/gi;

/** Who is paid or written to by a service that knows people by a name of their own. */
const PAID_TO =
  /\b(?:cash ?app|venmo|zelle|pay ?pal|telegram|signal|whatsapp)\b[^\n@$]{0,20}([$@][a-z][\w-]{2,30})/gi;

function accountsIn(words: string): readonly string[] {
  const ibans = [...words.matchAll(IBAN)].flatMap(([word]) => (isIban(word) ? [word] : []));
  const named = [ACCOUNT, PAID_TO].flatMap((form) =>
    Array.from(words.matchAll(form), ([, number = '']) => number),
  );
  return [...ibans, ...named];
}

/** ISO 7064 MOD 97-10. */
function isIban(word: string): boolean {
  const plain = word.replace(/[ -]/g, '').toUpperCase();
  if (plain.length < 15 || plain.length > 34) return false;
  let rest = 0;
  for (const char of plain.slice(4) + plain.slice(0, 4))
    for (const figure of String(Number.parseInt(char, 36)))
      rest = (rest * 10 + Number(figure)) % 97;
  return rest === 1;
}
