import type { Provider } from './providers.ts';

/** The program that a reporter writes with. It decides how a forward looks. */
export type Client = 'gmail' | 'outlook' | 'apple' | 'yahoo' | 'thunderbird';

/** In what form a reported original reaches an office. */
export type Form =
  | 'eml'
  | 'attached-gmail'
  | 'attached-outlook'
  | 'attached-apple'
  | 'attached-base64'
  | 'attached-file'
  | 'inline-text-gmail'
  | 'inline-text-outlook'
  | 'inline-text-apple'
  | 'inline-text-yahoo'
  | 'inline-text-thunderbird'
  | 'inline-html-gmail'
  | 'inline-html-outlook'
  | 'inline-html-apple'
  | 'attached-twice'
  | 'inline-twice'
  | 'digest-inline'
  | 'digest-attached';

export interface FormRow {
  readonly form: Form;
  readonly client: Client;
  /** Share of the 600, in reports (set). */
  readonly reports: number;
  /** Whether the original's exact bytes can be had from it. */
  readonly intact: boolean;
}

const row = (form: Form, client: Client, reports: number, intact: boolean): FormRow => ({
  form,
  client,
  reports,
  intact,
});

export const FORMS: readonly FormRow[] = [
  row('eml', 'gmail', 140, true),
  row('attached-gmail', 'gmail', 70, true),
  row('attached-outlook', 'outlook', 40, true),
  row('attached-apple', 'apple', 30, true),
  row('attached-base64', 'outlook', 15, true),
  row('attached-file', 'yahoo', 25, true),
  row('inline-text-gmail', 'gmail', 40, false),
  row('inline-text-outlook', 'outlook', 30, false),
  row('inline-text-apple', 'apple', 35, false),
  row('inline-text-yahoo', 'yahoo', 25, false),
  row('inline-text-thunderbird', 'thunderbird', 15, false),
  row('inline-html-gmail', 'gmail', 39, false),
  row('inline-html-outlook', 'outlook', 35, false),
  row('inline-html-apple', 'apple', 20, false),
  row('attached-twice', 'gmail', 8, true),
  row('inline-twice', 'gmail', 8, false),
  row('digest-inline', 'thunderbird', 12, false),
  row('digest-attached', 'thunderbird', 13, true),
];

export const FORM_SHARES: readonly (readonly [FormRow, number])[] = FORMS.map((form) => [
  form,
  form.reports,
]);

/** Houses whose users write with a client; desktop programs serve them all. */
export function houses(client: Client, form: Form): readonly Provider['id'][] | null {
  if (form === 'eml') return null;
  switch (client) {
    case 'gmail':
      return ['freemail', 'university'];
    case 'yahoo':
      return ['mailhive'];
    case 'outlook':
      return ['outmail', 'cablecast', 'university'];
    case 'apple':
    case 'thunderbird':
      return null;
  }
}
