import type { Kernels, Limit } from '../../core/base/index.ts';
import {
  changedLineEnds,
  type Forward,
  type MailMessage,
  type MailReading,
  type MessageContent,
} from '../../core/mail/index.ts';
import {
  isOtherForm,
  type SavedForm,
  type SavedSource,
  savedSource,
} from '../../core/saved/index.ts';

const TAKEN_FROM: Readonly<Record<Exclude<SavedForm, 'emlx'>, string>> = {
  'words-above': 'a source with words above it, as text is copied by hand',
  'summary-above':
    'the source below Gmail’s “Show original” summary, as text is copied by hand; what the summary says of SPF, DKIM and DMARC is the word of whoever copied it, and is not used',
  'web-page': 'the source as a saved web page shows it',
  'web-archive': 'the source as a saved web page (MHTML) shows it',
  rtf: 'the source as a text of a word processor (RTF) shows it',
  'utf-16': 'the source as text in UTF-16 (“Unicode” in Notepad)',
};
const LINE_ENDS = {
  doubled: 'a copy whose line ends were changed to CR CR LF',
  cr: 'a copy whose line ends were changed to CR alone',
} as const;

/** The bytes to read as a mail, and what is said of the reading afterwards. */
export interface Unsaved {
  readonly bytes: Uint8Array;
  /** Said where the bytes are a page or a text that shows no source of a mail. */
  readonly noSource: Limit | null;
  finish(reading: MailReading): MailReading;
}

/** Takes a mail out of the form in which it was saved; a mail as it was sent is left as it is. */
export function unsaved(bytes: Uint8Array, path: string, kernels: Kernels): Unsaved {
  const saved = savedSource(bytes, kernels);
  if (saved !== null) {
    const finish = (reading: MailReading) => takenOut(reading, saved);
    return { bytes: saved.bytes, noSource: null, finish };
  }
  const other = isOtherForm(bytes, kernels);
  const text = `This is ${other}, and shows no source of a mail: nothing is read from it.`;
  const noSource = other === null ? null : { code: 'not-mail', at: path, text };
  return { bytes, noSource, finish: (reading) => reading };
}

/** Its messages, placed in the file where their bytes stand in it, the first as what it is. */
function takenOut({ messages, limits }: MailReading, { form, offset }: SavedSource): MailReading {
  return {
    limits,
    messages: messages.map((message, at) => {
      const inFile = offset === null || message.offset === null ? null : message.offset + offset;
      const placed = { ...message, offset: inFile };
      if (at > 0 || form === 'emlx') return placed;
      return asCopy(placed, TAKEN_FROM[form]);
    }),
  };
}

/** Paths of the messages whose line ends were changed, with the words for it. */
export const changedCopy = ({ bytes }: MessageContent): string | null => {
  const changed = changedLineEnds(bytes);
  return changed === null ? null : LINE_ENDS[changed];
};

/** What keeps a form of its own (pasted lines, an Outlook item) keeps it. */
export function asCopy(message: MailMessage, takenFrom: string): MailMessage {
  const { forward, headers, route } = message;
  if (forward?.takenFrom !== undefined || forward?.method === 'outlook-item') return message;
  const lost: string[] = [];
  if (headers.length === 0) lost.push('headers');
  if (route.length === 0) lost.push('route', 'authentication');
  const copy: Forward = { method: 'saved-copy', intact: false, lost, takenFrom };
  return { ...message, forward: copy };
}
