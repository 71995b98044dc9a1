import { grouped } from '../base/index.ts';
import type { CoercionReading } from '../coercion/index.ts';
import type { MailMessage } from '../mail/index.ts';
import { field, safe, some } from './examine-lines.ts';

/** Stretches of wording that are shown. */
const STRETCHES_SHOWN_MAX = 12;
/** Names of one kind that are shown. */
const NAMES_SHOWN_MAX = 12;
/** Longest stretch, in UTF-16 units: a line or two. */
const STRETCH_MAX = 200;

type CoercionHint = CoercionReading['hints'][number];
type CoercionSign = CoercionHint['sign'];
type Words = Pick<MailMessage, 'subject' | 'text'>;

/**
 * What presses, a row for each stretch of one sentence rather than for each rule that spoke; then
 * who is named, who would be cut off behind many threats.
 */
export function pressureLines(
  { triage, hints }: CoercionReading,
  message: Words,
): readonly string[] {
  if (triage === 'none') return [];
  const pressing = hints.filter(({ sign }) => NAMED[sign] === undefined);
  const rows = [...new Set(stretches(pressing, message).map(stretchText))];
  const rest = rows.length - STRETCHES_SHOWN_MAX;
  return [
    field('Pressure', `read ${triage} (a hint from wording alone).`),
    ...rows.slice(0, STRETCHES_SHOWN_MAX).map((row) => field('', row)),
    ...(rest > 0 ? [field('', `${grouped(rest)} more: --json has all`)] : []),
    ...some('', namesText(hints)),
  ];
}

/** Signs that name somebody, which presses nobody by itself. */
const NAMED: Readonly<Partial<Record<CoercionSign, string>>> = {
  group: 'group',
  candidate: 'candidate or party',
};

interface Stretch {
  readonly where: CoercionHint['where'];
  readonly start: number;
  end: number;
  words: string;
  readonly signs: Set<CoercionSign>;
}

/** Hints of one sentence together, with the words between them. */
function stretches(hints: readonly CoercionHint[], message: Words): readonly Stretch[] {
  const all: Stretch[] = [];
  for (const where of ['subject', 'text'] as const) {
    const source = message[where] ?? '';
    const here = hints.filter((hint) => hint.where === where);
    let last: Stretch | null = null;
    for (const hint of here.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
      if (last !== null && isOneSentence(source, last, hint)) {
        last.end = Math.max(last.end, hint.end);
        last.words = source.slice(last.start, last.end);
        last.signs.add(hint.sign);
        continue;
      }
      const { start, end, words, sign } = hint;
      last = { where, start, end, words, signs: new Set([sign]) };
      all.push(last);
    }
  }
  return all;
}

/** Where the hints were found in another text than this, each stands by its own words. */
function isOneSentence(
  source: string,
  last: Stretch,
  { start, end, words }: CoercionHint,
): boolean {
  const [until, stands] = [Math.max(last.end, end), source.slice(start, end) === words];
  if (!stands || until - last.start > STRETCH_MAX) return false;
  return !/[.!?…:;](?:\s|$)|\n\s*\n/.test(source.slice(last.end, Math.max(last.end, start)));
}

/** Gravest first. */
const SIGNS: readonly CoercionSign[] = ['threat', 'demand', 'deadline', 'knowledge'];

const SIGN_WORDS: Readonly<Partial<Record<CoercionSign, string>>> = {
  knowledge: 'claim to know about the reader',
};

function stretchText({ words, signs }: Stretch): string {
  const named = SIGNS.filter((sign) => signs.has(sign)).map((sign) => SIGN_WORDS[sign] ?? sign);
  return `${named.join(', ')}: "${safe(words.replace(/\s+/g, ' ').trim())}"`;
}

/** `It names group: "X"; candidate or party: "Y", "Z".` */
function namesText(hints: readonly CoercionHint[]): string {
  const kinds = Object.entries(NAMED).flatMap(([sign, kind]) => {
    const names = hints.filter((hint) => hint.sign === sign).map(({ words }) => words);
    const once = [...new Map(names.map((name) => [name.toLowerCase(), name])).values()];
    const shown = once.slice(0, NAMES_SHOWN_MAX).map((name) => `"${safe(name)}"`);
    const rest = once.length - shown.length;
    const more = rest > 0 ? ` and ${grouped(rest)} more` : '';
    return once.length === 0 ? [] : [`${kind}: ${shown.join(', ')}${more}`];
  });
  return kinds.length === 0 ? '' : `It names ${kinds.join('; ')}.`;
}
