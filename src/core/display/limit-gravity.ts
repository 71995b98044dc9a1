import type { Limit } from '../base/index.ts';

/** Codes of docs/limits.md by what was lost; a code that is not here cut a part of one message. */
const RANKS: readonly ReadonlySet<string>[] = [
  // Made to harm whoever opens it.
  new Set(['archive-ratio', 'archive-overlap', 'archive-bytes']),
  // Whole files or mails were not read.
  new Set([
    ...['not-mail', 'message-bytes', 'mbox-message-bytes', 'mail-depth', 'mail-work', 'mail-parts'],
    ...['archive-damaged', 'archive-depth', 'archive-entries', 'archive-entry-missing'],
    ...['archive-format', 'archive-locked', 'archive-mails', 'archive-method', 'archive-not-mail'],
    ...['outlook-attachments', 'outlook-depth', 'outlook-truncated', 'saved-unread'],
  ]),
];

/** All was read; something about it is odd. */
const REMARKS: ReadonlySet<string> = new Set([
  ...['archive-crc-wrong', 'archive-name-unsafe', 'archive-size-wrong', 'mbox-lead'],
]);

const rankOf = ({ code }: Limit): number => {
  const rank = RANKS.findIndex((codes) => codes.has(code));
  if (rank >= 0) return rank;
  return REMARKS.has(code) ? RANKS.length + 1 : RANKS.length;
};

/** Where only a few limits are shown, these come first; among equals their order stays. */
export const gravestFirst = (limits: readonly Limit[]): readonly Limit[] =>
  limits.toSorted((a, b) => rankOf(a) - rankOf(b));
