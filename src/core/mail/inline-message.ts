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
  const textFromHtml = shown.textFrom === 'html';
  const input = { text, textFromHtml, html, subject: place.subject };
  const forwards = findInlineForwards(input, kernels);
  const messages: MailMessage[] = [];
  for (const [index, forward] of forwards.entries()) {
    addMessage(forward, `${place.path}.i${index === 0 ? '' : index + 1}`, messages, kernels);
  }
  return { ownText: withoutForwards(text, forwards), messages };
}

function addMessage(
  forward: InlineForward,
  path: string,
  out: MailMessage[],
  kernels: Kernels,
): void {
  const { ownText, nested, method } = forward;
  const bytes = kernels.encode(ownText);
  out.push({
    path,
    offset: null,
    length: bytes.length,
    sha256: kernels.sha256(bytes),
    role: roleOf(forward, path),
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
    addMessage(deeper, `${path}.i${index === 0 ? '' : index + 1}`, out, kernels);
  }
}

/** Older correspondence inside an original came with it; a forward inside it is what was meant. */
function roleOf({ kind, nested }: InlineForward, path: string): MailMessage['role'] {
  if (nested.some((inner) => inner.kind === 'forward')) return 'carrier';
  const isInner = path.indexOf('.i') !== path.lastIndexOf('.i');
  return kind === 'reply' && isInner ? 'attached' : 'original';
}

const LOST: readonly string[] = ['headers', 'route', 'authentication', 'attachments', 'html'];

/** The reporter's words: what stands before, between and behind the forwards. */
function withoutForwards(text: string, forwards: readonly InlineForward[]): string {
  // Found in the HTML body only: the text body is all the reporter's.
  if (forwards.length === 0 || forwards[0]?.spansIn === 'html') return text;
  let own = '';
  let at = 0;
  for (const { headerSpan, bodySpan } of forwards) {
    own += text.slice(at, Math.max(at, headerSpan.start));
    at = Math.max(at, headerSpan.end, bodySpan.end);
  }
  return own + text.slice(at);
}
