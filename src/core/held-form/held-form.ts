import type { MailMessage } from '../mail/index.ts';

/** In what form an original is held, which decides what it can prove. */
export type HeldForm =
  | 'message'
  | 'attached'
  | 'attached-decoded'
  | 'inline'
  | 'pasted'
  | 'headers'
  | 'outlook'
  | 'saved';

export interface HeldFormMeaning {
  /** Short name for a table: "attached original". */
  readonly name: string;
  readonly is: string;
  readonly canProve: readonly string[];
  readonly cannotProve: readonly string[];
  /** True where the reporter should be asked for the original. */
  readonly askForOriginal: boolean;
}

const EXACT_BYTES = {
  canProve: [
    'the header lines and the wording, exactly as handed over',
    "the route as the recipient's own mail server recorded it",
    'a signature by the sending domain, where there is one and name servers still know its key',
  ],
  cannotProve: ['who typed it', 'that nobody edited the file before handing it over'],
} as const;

/**
 * What each form is, and what follows from it. Adding a form without a meaning does not compile.
 */
export const HELD_FORMS: { readonly [form in HeldForm]: HeldFormMeaning } = {
  message: {
    name: 'original',
    is: 'The message itself, as a file or from a mailbox: its exact bytes.',
    ...EXACT_BYTES,
    askForOriginal: false,
  },
  attached: {
    name: 'attached original',
    is: "The original attached to the reporter's own mail: its exact bytes.",
    canProve: EXACT_BYTES.canProve,
    cannotProve: [
      ...EXACT_BYTES.cannotProve,
      'forgery by a failing signature: some mail programs rebuild what they attach',
    ],
    askForOriginal: false,
  },
  'attached-decoded': {
    name: 'attached original, decoded',
    is: 'The original attached in an encoded form, decoded here.',
    canProve: EXACT_BYTES.canProve,
    cannotProve: [
      ...EXACT_BYTES.cannotProve,
      'forgery by a failing signature: the attachment was re-encoded on its way',
    ],
    askForOriginal: false,
  },
  inline: {
    name: 'plain forward',
    is: "The wording quoted inside the reporter's own mail.",
    canProve: ['the wording and links, as forwarded', 'the From line that the reporter saw'],
    cannotProve: [
      'the route',
      'any signature',
      'which server really sent it',
      'that the wording was not changed while forwarding',
    ],
    askForOriginal: true,
  },
  pasted: {
    name: 'copied header lines',
    is: "Header lines of the original, copied by hand into a mail, and the words below them, which can be the reporter's own.",
    canProve: ['what the reporter copied: the header lines and the wording, as claims'],
    cannotProve: [
      'the route and the results that the header lines state: anyone can type them',
      'any signature: the exact bytes are gone',
      'that nothing was changed or left out while copying',
      'links behind words, and attachments',
    ],
    askForOriginal: true,
  },
  headers: {
    name: 'header lines only',
    is: 'The header lines without the body.',
    canProve: ['the route and the results that the header lines state'],
    cannotProve: ['the wording', 'links and attachments', 'any signature over the body'],
    askForOriginal: true,
  },
  outlook: {
    name: 'Outlook item',
    is: "Outlook's own form of the message (.msg or winmail.dat): stored header lines, bodies, files.",
    canProve: [
      'the header lines that Outlook stored, and the route and results in them',
      'the wording and the attachments, as stored',
    ],
    cannotProve: ['any signature: the bytes that were signed are gone', 'who typed it'],
    askForOriginal: true,
  },
  saved: {
    name: 'saved copy',
    is: 'The source of the message, saved in another form: not byte for byte what was sent.',
    canProve: [
      'the header lines and the wording, as the copy shows them',
      "the route as the recipient's own mail server recorded it",
      'a signature by the sending domain, where it still holds',
    ],
    cannotProve: [
      'who typed it',
      'that nobody edited the file before handing it over',
      'forgery by a failing signature: saving changed the bytes',
    ],
    askForOriginal: true,
  },
};

/** The form of one original, from how the reading found it. */
export function heldFormOf(message: Pick<MailMessage, 'forward'>): HeldForm {
  switch (message.forward?.method) {
    case undefined:
      return 'message';
    case 'attached':
    case 'attached-file':
    case 'digest':
      return 'attached';
    case 'attached-encoded':
    case 'archive':
      return 'attached-decoded';
    case 'report':
      return message.forward.intact ? 'attached' : 'headers';
    case 'inline-html':
    case 'inline-text':
      return 'inline';
    case 'pasted-headers':
      return 'pasted';
    case 'outlook-item':
      return 'outlook';
    case 'saved-copy':
      return 'saved';
  }
}
