import { type MatchFailure, matchFailureSentence } from '../../core/psi/index.ts';

/** What can go wrong with folders and keys beside what the protocol refuses. */
export type ExchangeFailure =
  | MatchFailure
  | { readonly code: 'match-passphrase' }
  | { readonly code: 'match-key-gone' }
  | { readonly code: 'match-exchange-unknown' }
  | { readonly code: 'match-exists'; readonly path: string }
  | { readonly code: 'match-log-broken'; readonly line: number }
  | { readonly code: 'match-notice-refused' }
  | { readonly code: 'match-unreadable'; readonly path: string; readonly system: string };

/** In words for the person at the terminal; without a stop, and without personal data. */
export function exchangeFailureSentence(failure: ExchangeFailure): string {
  switch (failure.code) {
    case 'match-passphrase':
      return 'the passphrase does not open the sealed key';
    case 'match-key-gone':
      return 'the key of this exchange was destroyed, is missing or is damaged';
    case 'match-exchange-unknown':
      return 'this folder has no exchange that the file belongs to';
    case 'match-exists':
      return `${failure.path} stands already; nothing is overwritten`;
    case 'match-log-broken':
      return `line ${failure.line} of match-log.jsonl does not follow from the one before: it was changed`;
    case 'match-notice-refused':
      return 'the hub asks which of its people are on your list; allow that with --allow-notice "the order or consent"';
    case 'match-unreadable':
      return `${failure.path} cannot be used (${failure.system})`;
    default:
      return matchFailureSentence(failure);
  }
}
