/** When the steps below were written down: menus change. */
export const PROVIDER_STEPS_AS_OF = 'November 2026';

export interface ProviderSteps {
  readonly provider: string;
  readonly steps: string;
}

/** How a voter gets the untouched original out of their mail program, by provider. */
export const PROVIDER_STEPS: readonly ProviderSteps[] = [
  {
    provider: 'Gmail (in a browser)',
    steps: 'Open the message. Three dots ⋮ → Show original → Download original. Send that file.',
  },
  {
    provider: 'Outlook (Windows program)',
    steps:
      'Select the message. Home → More → Forward as Attachment, or press Ctrl+Alt+F. Send that mail.',
  },
  {
    provider: 'Outlook (web and new Outlook)',
    steps:
      'Open the message. Three dots ⋯ → Download or Save as. Where neither is there: start a new message and drag this one into it.',
  },
  { provider: 'Apple Mail (Mac)', steps: 'Select the message. Message → Forward as Attachment.' },
  {
    provider: 'iPhone and iPad',
    steps: 'The Mail app cannot do it. Open the same mailbox on a computer.',
  },
  {
    provider: 'Android (Gmail app, Samsung Email, Outlook app), Outlook on an iPhone',
    steps:
      'No such app can do it. Open the same mailbox in a browser on a computer and follow the steps for it there.',
  },
  {
    provider: 'Yahoo (in a browser)',
    steps: 'Open the message. Three dots ⋯ → View raw message. Save that page as a text file.',
  },
  {
    provider: 'AOL (in a browser)',
    steps:
      'Open the message. Three dots ⋯ (or right-click it in the list) → View message source or View raw message. Save that page as a text file.',
  },
  { provider: 'Thunderbird', steps: 'Select the message. Message → Forward As → Attachment.' },
  { provider: 'Proton Mail', steps: 'Open the message. Three dots ⋯ → Export.' },
  {
    provider: 'Xfinity, Spectrum and other internet providers',
    steps:
      'Menus differ. Look for View source, Show headers or Save as. Else open the mailbox in Thunderbird on a computer.',
  },
];

export const STEPS_ALWAYS =
  'Please do not delete the message, do not click its links, and do not use the plain Forward button.';
