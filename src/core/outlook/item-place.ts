import type { Sha256 } from '../base/index.ts';
import { htmlToText } from '../html/index.ts';
import type {
  MailMessage,
  MailReading,
  MailWork,
  MessageContent,
  ShownBody,
} from '../mail/index.ts';

/** Where an item stands, and the bytes that hold it. */
export interface ItemPlace {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly sha256: Sha256;
  /** It came in another message: with a route of its own it is what was reported. */
  readonly attached: boolean;
  /** It is another form of the mail that carries it (winmail.dat): its forwards are that mail's. */
  readonly isBody?: boolean;
  /** Shared by all that the mail carries. */
  readonly work: MailWork;
  /** Reads a file of the item that is a mail, in whatever form. */
  readonly open: (bytes: Uint8Array, path: string) => ItemReading;
}

export interface ItemReading extends MailReading {
  readonly contents: readonly MessageContent[];
}

/** What a mail client shows of them: the first plain one that says something, else the page. */
export function wordsOf(bodies: readonly ShownBody[]): Pick<MailMessage, 'text' | 'textFrom'> {
  const plain = bodies.find(({ kind, text }) => kind === 'plain' && text.trim() !== '');
  if (plain !== undefined) return { text: plain.text, textFrom: 'plain' };
  const html = bodies.find(({ kind }) => kind === 'html');
  return html === undefined
    ? { text: '', textFrom: 'none' }
    : { text: htmlToText(html.text), textFrom: 'html' };
}
