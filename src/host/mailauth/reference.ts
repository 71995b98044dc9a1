/** mailauth, which judges whatever is not plain. */
export type Reference = typeof import('mailauth');

let loading: Promise<Reference> | null = null;

/** Loaded at the first message that needs it: its 60 packages cost more than a hundred messages. */
export function reference(): Promise<Reference> {
  loading ??= import('mailauth');
  return loading;
}
