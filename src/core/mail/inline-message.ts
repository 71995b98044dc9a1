import type { Kernels } from '../base/index.ts';
import { findInlineForwards, type InlineForward } from '../forward/index.ts';
import type { MailMessage } from './mail.ts';
import type { ShownText } from './shown-text.ts';

/** The body of a carrier taken apart: its own words, and the messages that stand in it as text. */
export interface InlineReading {
  readonly ownText: string;
  readonly messages: readonly MailMessage[];
}

export function readInline(
  shown: ShownText,
  place: { readonly path: string; readonly subject: string | null },
  kernels: Kernels,
): InlineReading {
  const { text, html } = shown;
  const forwards = findInlineForwards({ text, html, subject: place.subject });
  const messages: MailMessage[] = [];
  for (const [index, forward] of forwards.entries()) {
    addMessage(forward, `${place.path}.i${index === 0 ? '' : index + 1}`, text, messages, kernels);
  }
  return { ownText: withoutForwards(text, forwards), messages };
}

function addMessage(
  forward: InlineForward,
  path: string,
  text: string,
  out: MailMessage[],
  kernels: Kernels,
): void {
  const { bodySpan, nested, method } = forward;
  const body = text.slice(bodySpan.start, bodySpan.end);
  const inner = nested.map(({ headerSpan, bodySpan: span }) => ({
    headerSpan: { start: headerSpan.start - bodySpan.start, end: headerSpan.end - bodySpan.start },
    bodySpan: { start: span.start - bodySpan.start, end: span.end - bodySpan.start },
  }));
  const ownText = withoutForwards(body, inner);
  const bytes = kernels.encode(ownText);
  out.push({
    path,
    offset: null,
    length: bytes.length,
    sha256: kernels.sha256(bytes),
    role: nested.length > 0 ? 'carrier' : 'original',
    headers: [],
    from: forward.from,
    replyTo: [],
    to: forward.to,
    subject: forward.subject,
    dateText: forward.dateText,
    date: forward.date,
    messageId: null,
    parts: [],
    text: ownText,
    textFrom: method === 'inline-html' ? 'html' : 'plain',
    route: [],
    forward: { method, intact: false, lost: LOST },
    defects: [],
  });
  for (const [index, deeper] of nested.entries()) {
    addMessage(deeper, `${path}.i${index === 0 ? '' : index + 1}`, text, out, kernels);
  }
}

const LOST: readonly string[] = ['headers', 'route', 'authentication', 'attachments', 'html'];

type Spans = Pick<InlineForward, 'headerSpan' | 'bodySpan'>;

/** The reporter's words: what stands before, between and behind the forwards. */
function withoutForwards(text: string, forwards: readonly Spans[]): string {
  if (forwards.length === 0) return text;
  let own = '';
  let at = 0;
  for (const { headerSpan, bodySpan } of forwards) {
    own += text.slice(at, Math.max(at, headerSpan.start));
    at = Math.max(at, headerSpan.end, bodySpan.end);
  }
  return own + text.slice(at);
}
