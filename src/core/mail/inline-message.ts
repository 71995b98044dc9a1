import type { Kernels } from '../base/index.ts';
import {
  answeredIn,
  type Circle,
  findInlineForwards,
  findShownQuote,
  gatewayBanner,
  type Holder,
  HtmlSide,
  handedOn,
  type InlineForward,
  isShownToOthers,
  mayShowQuote,
  OwnPart,
  showsForwarding,
} from '../forward/index.ts';
import type { Mailbox } from '../header/index.ts';
import { readHeaderBlock } from './header-block.ts';
import { viewHeader } from './header-view.ts';
import type { HeaderField, MailMessage } from './mail.ts';
import type { LimitLog } from './mail-limits.ts';
import type { ShownText } from './shown-text.ts';

/** The body of a message taken apart: its own words, and the messages that stand in it as text. */
export interface InlineReading {
  /** Without what was handed on; older correspondence that came with it stays in. */
  readonly ownText: string;
  readonly messages: readonly MailMessage[];
  /** The forwards of the body, and the paths of those, inner ones too, that are `messages`. */
  readonly forwards: readonly InlineForward[];
  readonly paths: ReadonlyMap<InlineForward, string>;
  /** Those at the top that the holder hands on. */
  readonly handedOn: ReadonlySet<InlineForward>;
  /** Some are handed on, and the mail does not tell whether it is itself what was reported. */
  readonly isEither: boolean;
  /** The whole text, in which the forwards' spans count. */
  readonly text: string;
}

/** Header fields that name older messages (RFC 5322 section 3.6.4; the last is Thunderbird's). */
const OLDER = /^(?:in-reply-to|references|x-forwarded-message-id)$/i;

/** Whether a header names an older message. */
export const namesOlder = (headers: readonly HeaderField[]): boolean =>
  headers.some((field) => OLDER.test(field.name) && field.value.includes('@'));

/** The message in whose body others may stand. */
export interface InlineHolder extends Holder {
  readonly path: string;
  /**
   * It was itself attached, with its own route: what was reported. Only what is surely a forward
   * of its own is an original beside it.
   */
  readonly isReported: boolean;
  /** Text without a header was written by whoever hands it in: nobody sent it. */
  readonly isBare?: boolean;
}

/**
 * Finds the messages that stand inline in a body, and what words are left to the one that holds
 * them. Never throws; forwards beyond `FORWARDS_MAX` stay part of the text.
 */
export function readInline(
  shown: ShownText,
  holder: InlineHolder,
  kernels: Kernels,
  limits: LimitLog,
): InlineReading {
  const { text, html } = shown;
  const textFromHtml = shown.textFrom === 'html';
  const forwards = findInlineForwards(
    { text, textFromHtml, html, subject: holder.subject, author: holder.from },
    kernels,
  );
  const found = forwards.length > 0 ? forwards : quoteShown(shown, holder, kernels);
  if (found.length === 0) return { ...NO_FORWARDS, ownText: text, text };
  const reader = new InlineReader(found, shown, holder, { kernels, limits });
  // An answer that is no report stays whole, with what it quotes.
  if (forwards.length === 0 && reader.handed.length === 0)
    return { ...NO_FORWARDS, ownText: text, text };
  const handed = new Set(reader.handed);
  return {
    ownText: withoutForwards(text, reader.handed),
    messages: reader.messages,
    forwards: found,
    paths: reader.paths,
    handedOn: handed,
    isEither: reader.isEither,
    text,
  };
}

/**
 * What a person asks others about by answering to them: a message that its sender will not see
 * again.
 */
function quoteShown(
  { text, html }: ShownText,
  holder: InlineHolder,
  kernels: Kernels,
): readonly InlineForward[] {
  const { subject, from, to, circle } = holder;
  if (circle === undefined || holder.isBare === true || holder.isReported) return NO_QUOTE;
  if (!mayShowQuote(text, subject)) return NO_QUOTE;
  // Most answers go where they should: that is seen without their words.
  const reached = circle();
  if (reached.isListed) return NO_QUOTE;
  const quote = findShownQuote({ text, html, subject, author: from }, kernels);
  if (quote === null || !isShownToOthers(quote.from, { from, to, circle: reached }))
    return NO_QUOTE;
  return [quote];
}

const NO_QUOTE: readonly InlineForward[] = [];

/** Fields by which an answer reaches others than its To line does. */
const OTHERS = /^(?:cc|bcc|reply-to|resent-to|mail-followup-to)$/i;
/** RFC 2919, RFC 2369, RFC 3834 section 5, and what lists wrote before. */
const OF_LIST =
  /^(?:list-.{1,20}|x-(?:mailing-list|mailman-version|loop)|mailing-list|errors-to)$/i;

/** Whom a mail reaches beside its To line, as its header says. */
export const circleOf = (headers: readonly HeaderField[]): Circle => ({
  others: headers
    .flatMap(({ name, value }) => (OTHERS.test(name) ? value.toLowerCase() : []))
    .join(' '),
  isListed: headers.some(
    ({ name, value }) =>
      OF_LIST.test(name) || (/^precedence$/i.test(name) && /bulk|list|junk/i.test(value)),
  ),
});

const NO_FORWARDS: Omit<InlineReading, 'ownText' | 'text'> = {
  messages: [],
  forwards: [],
  paths: new Map(),
  handedOn: new Set(),
  isEither: false,
};

class InlineReader {
  readonly messages: MailMessage[] = [];
  readonly paths = new Map<InlineForward, string>();
  readonly handed: readonly InlineForward[];
  readonly isEither: boolean;
  readonly #author: Mailbox | null;
  readonly #html: HtmlSide;
  readonly #kernels: Kernels;
  readonly #limits: LimitLog;

  constructor(
    forwards: readonly InlineForward[],
    shown: ShownText,
    holder: InlineHolder,
    { kernels, limits }: { readonly kernels: Kernels; readonly limits: LimitLog },
  ) {
    const { text, html } = shown;
    const read = shown.textFrom === 'html' ? text : '';
    this.#html = new HtmlSide(
      { text: read, html, subject: holder.subject, author: holder.from },
      forwards,
      kernels,
    );
    this.#kernels = kernels;
    this.#limits = limits;
    this.#author = holder.from;
    const own = new OwnPart(
      () => withoutForwards(text, forwards),
      () => this.#html.linksBefore(forwards[0]!),
    );
    this.handed = forwards.filter((forward) => {
      const how = handedOn(forward, holder, own);
      const isHandedOn = how === 'surely' || (how === 'likely' && !holder.isReported);
      return isHandedOn && this.#isShown(forward);
    });
    const originals = new Set(this.handed);
    this.isEither =
      this.handed.length > 0 &&
      holder.isBare !== true &&
      (holder.isReported || !showsAnyForwarding(this.handed, holder));
    for (const [at, forward] of forwards.entries())
      this.#add(forward, inlinePath(holder.path, at), originals.has(forward));
  }

  #add(forward: InlineForward, path: string, isHanded: boolean): void {
    const { ownText, nested, method } = forward;
    const bytes = this.#kernels.encode(ownText);
    const within = isHanded ? this.#handedOnBy(forward) : [];
    this.paths.set(forward, path);
    const role = !isHanded ? 'attached' : within.length > 0 ? 'carrier' : 'original';
    const isPasted = forward.pastedFields.length > 0;
    this.messages.push({
      path,
      offset: null,
      length: bytes.length,
      sha256: this.#kernels.sha256(bytes),
      role,
      ...(isPasted ? this.#pastedHeader(forward, path) : shownHeader(forward)),
      parts: [],
      text: ownText,
      textFrom: method === 'inline-html' ? 'html' : 'plain',
      forward: { method, intact: false, lost: isPasted ? LOST_BY_COPYING : LOST },
      defects: [],
      ...(isHanded && this.isEither ? EITHER : null),
      ...bannerOf(ownText),
    });
    for (const [at, inner] of nested.entries())
      this.#add(inner, inlinePath(path, at), within.includes(inner));
  }

  /** Copied header lines read as a header: the fields, route and results that they state. */
  #pastedHeader({ pastedFields }: InlineForward, path: string): InlineHeader {
    const bytes = this.#kernels.encode(`${pastedFields.join('\r\n')}\r\n\r\n`);
    const place = { bytes, start: 0, end: bytes.length, crLines: false, message: true };
    const block = readHeaderBlock({ ...place, isDelimiter: () => false }, this.#kernels);
    const limits = this.#limits;
    const source = { block, bytes, messageAt: 0, path, limits, charsets: [] };
    const { authors: _, defects: __, route, ...view } = viewHeader(source, this.#kernels);
    // Whoever copied them can have typed them: no hop of theirs is a record of the recipient's
    // server.
    return { ...view, route: route.get().map((hop) => ({ ...hop, trusted: false })) };
  }

  /**
   * Older correspondence inside an original came with it; a forward inside it is what was meant.
   */
  #handedOnBy(outer: InlineForward): readonly InlineForward[] {
    const answered = answeredIn(outer, this.#author);
    if (answered !== null && answered.length > 0)
      return answered.filter((one) => this.#isShown(one));
    const own = new OwnPart(
      () => outer.ownText,
      () => new Set(),
    );
    return outer.nested.filter(
      (inner) =>
        inner.kind === 'forward' && handedOn(inner, outer, own) !== 'no' && this.#isShown(inner),
    );
  }

  /** Words that nobody saw were not handed on by anybody. */
  #isShown(forward: InlineForward): boolean {
    return !this.#html.hides(forward);
  }
}

/** What the header lines of a client's forward say; no field of the message itself is left. */
const shownHeader = (forward: InlineForward): InlineHeader => ({
  headers: [],
  from: forward.from,
  replyTo: forward.replyTo,
  to: forward.to,
  subject: forward.subject,
  dateText: forward.dateText,
  date: forward.date,
  ...(forward.interval === null ? null : { dateInterval: forward.interval }),
  messageId: null,
  route: [],
});

type InlineHeader = Pick<
  MailMessage,
  | 'headers'
  | 'from'
  | 'replyTo'
  | 'to'
  | 'subject'
  | 'dateText'
  | 'date'
  | 'dateInterval'
  | 'messageId'
  | 'route'
>;

/** Gateways of the recipient write on top of what they let in; the forward brings it along. */
function bannerOf(text: string): Pick<MailMessage, 'banner'> | null {
  const banner = gatewayBanner(text);
  return banner === null ? null : { banner };
}

/** Several messages side by side, each announced, are a collection that somebody made. */
const showsAnyForwarding = (handed: readonly InlineForward[], holder: Holder): boolean =>
  handed.some((forward) => showsForwarding(forward, holder)) ||
  (handed.length > 1 && handed.every(({ announced }) => announced !== null));

const EITHER = { either: true } as const;

const inlinePath = (holder: string, at: number): string => `${holder}.i${at === 0 ? '' : at + 1}`;

/** Exact bytes, and with them every signature. */
const LOST_BY_COPYING: readonly string[] = ['authentication', 'attachments', 'html'];
const LOST: readonly string[] = ['headers', 'route', 'authentication', 'attachments', 'html'];

/** What stands before, between and behind the forwards. */
function withoutForwards(text: string, forwards: readonly InlineForward[]): string {
  // Found in the HTML body only: the text body is all the holder's.
  if (forwards.length === 0 || forwards[0]?.spansIn === 'html') return text;
  let own = '';
  let at = 0;
  for (const { headerSpan, bodySpan } of forwards) {
    own += text.slice(at, Math.max(at, headerSpan.start));
    at = Math.max(at, headerSpan.end, bodySpan.end);
  }
  return own + text.slice(at);
}
