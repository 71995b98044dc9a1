import { FORWARD_PREFIXES, REPLY_PREFIXES } from './forward-words.data.ts';
import { visible } from './text-line.ts';

/**
 * What the first prefix of a subject says: `Fwd:`, `WG:`, `Re:`, `AW:`, behind a list's `[name]` or
 * not, or Pine's `(fwd)` at the end; null without one.
 */
export function prefixKind(subject: string): 'forward' | 'reply' | null {
  return FORWARDED_END.test(subject) ? 'forward' : firstPrefix(subject).kind;
}

/** The same without looking at its end: `Re: Vote (fwd)` answers a forward. */
export const leadingKind = (subject: string): 'forward' | 'reply' | null => {
  const { kind } = firstPrefix(subject);
  return kind ?? (FORWARDED_END.test(subject) ? 'forward' : null);
};

/**
 * What a subject is about: lower case, without prefixes, list names, invisible marks and `(fwd)`.
 */
export function subjectMatter(subject: string): string {
  let rest = visible(subject).replace(/\s+/g, ' ').replace(FORWARDED_END, '').trim();
  for (let prefixes = 0; prefixes < PREFIXES_MAX; prefixes += 1) {
    const { kind, behind } = firstPrefix(rest);
    const bare = (kind === null ? rest.replace(LIST_NAMES, '') : behind).trim();
    if (bare === rest) break;
    rest = bare;
  }
  return rest.toLowerCase();
}

const PREFIXES_MAX = 10;
const FORWARDED_END = /\s?\(fwd\)\s?$/i;
const LIST_NAMES = /^\s?(?:\[[^\]]{0,60}\]\s?)+/;

function firstPrefix(subject: string): {
  readonly kind: 'forward' | 'reply' | null;
  readonly behind: string;
} {
  const bare = subject.replace(LIST_NAMES, '');
  const colon = bare.slice(0, 40).search(/[:：]/);
  if (colon < 0) return { kind: null, behind: bare };
  const prefix = bare
    .slice(0, colon)
    .replace(/\s?[[(]\d{1,3}[\])]$/, '')
    .trim()
    .toLowerCase();
  const behind = bare.slice(colon + 1);
  if (FORWARD_PREFIXES.includes(prefix)) return { kind: 'forward', behind };
  return { kind: REPLY_PREFIXES.includes(prefix) ? 'reply' : null, behind };
}
