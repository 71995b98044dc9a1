/** A mail as it lay in a voter's mailbox, with what a forward shows of it. */
export interface Original {
  /** Exact message, CRLF, to be encoded as UTF-8. */
  readonly raw: string;
  readonly shown: { readonly name: string; readonly address: string };
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly messageId: string;
  /** The Date field's moment in milliseconds since 1970, and its zone in minutes. */
  readonly sentAt: number;
  readonly zone: number;
  /** Visible lines; empty ones part paragraphs. */
  readonly lines: readonly string[];
}

/** What a reporter writes above the mail that they send in. */
export interface Comment {
  readonly spanish: boolean;
  readonly lines: readonly string[];
  /** Below everything: sign-off, device line, company footer. */
  readonly footer: readonly string[];
}
