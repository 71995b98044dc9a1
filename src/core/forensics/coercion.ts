import { COERCION_RULES } from './coercion-rules.data.ts';

export type CoercionSign = 'threat' | 'demand' | 'deadline' | 'knowledge' | 'group' | 'candidate';

/** One wording to look for, in folded text (`foldForReading`). */
export interface CoercionRule {
  readonly sign: 'threat' | 'demand' | 'deadline' | 'knowledge';
  readonly language: 'en' | 'es';
  readonly code: string;
  /** Beginnings of words (three letters, shorter words whole, or `$`), one of which must occur. */
  readonly keys: readonly string[];
  readonly pattern: string;
}

/** The words that made a rule speak, and where they stand (UTF-16 units of subject or text). */
export interface CoercionHint {
  readonly sign: CoercionSign;
  /** `en.come-after-you`: rows in docs/methods/coercion.md. */
  readonly code: string;
  readonly words: string;
  readonly where: 'subject' | 'text';
  readonly start: number;
  readonly end: number;
}

/**
 * What a text says that could press a voter. A hint for triage: which report a person reads first.
 * It judges no sender and no recipient, and says nothing about who a text is for.
 */
export interface CoercionReading {
  readonly signs: readonly CoercionSign[];
  /** `first`: a threat with a demand or a claim of knowledge; `soon`: a threat, or two other signs. */
  readonly triage: 'first' | 'soon' | 'none';
  readonly hints: readonly CoercionHint[];
}

/** Names to look for beside those that the wording itself shows. */
export interface CoercionNames {
  readonly groups: readonly string[];
  readonly candidatesAndParties: readonly string[];
}

/** Text behind this is not read: threats are short, padding is not. */
export const COERCION_TEXT_MAX = 100_000;
/** Hints kept of one message. */
export const COERCION_HINTS_MAX = 100;

export type CoercionReader = (words: {
  readonly subject: string | null;
  readonly text: string;
}) => CoercionReading;

/** Prepares the rules once for many texts. Time is linear in the text. */
export function coercionReader(names: CoercionNames): CoercionReader {
  const rules = COERCION_RULES.map((row) => ({
    ...row,
    beginnings: row.keys.map((key) => beginningOf(key, 0)),
    regex: new RegExp(row.pattern, 'g'),
  }));
  const seen = new Uint8Array(BEGINNINGS);
  const groups = namePattern(names.groups);
  const candidates = namePattern([...PARTIES, ...names.candidatesAndParties]);
  const read = (where: CoercionHint['where'], whole: string): CoercionHint[] => {
    const text = whole.slice(0, COERCION_TEXT_MAX);
    const folded = foldForReading(text);
    const hints: CoercionHint[] = [];
    const keep = (sign: CoercionSign, code: string, start: number, end: number): void => {
      if (hints.length < COERCION_HINTS_MAX && end > start)
        hints.push({ sign, code, words: text.slice(start, end).trim(), where, start, end });
    };
    markBeginnings(folded, seen);
    const mayBeSpanish = text.length <= SHORT_TEXT_MAX || SPANISH.some((word) => seen[word] === 1);
    for (const { sign, language, code, beginnings, regex } of rules) {
      if (language === 'es' && !mayBeSpanish) continue;
      if (!beginnings.some((beginning) => seen[beginning] === 1)) continue;
      for (const hit of folded.matchAll(regex))
        keep(sign, `${language}.${code}`, hit.index, hit.index + hit[0].length);
    }
    for (const [regex, sign] of [
      [groups, 'group'],
      [candidates, 'candidate'],
    ] as const)
      for (const hit of regex === null ? [] : folded.matchAll(regex))
        keep(sign, 'named', hit.index, hit.index + hit[0].length);
    addShownNames(text, folded, keep);
    return hints.sort((a, b) => a.start - b.start || a.end - b.end);
  };
  return ({ subject, text }) => {
    const inSubject = subject === null ? [] : read('subject', subject);
    const hints = [...inSubject, ...read('text', text)].slice(0, COERCION_HINTS_MAX);
    const signs = SIGNS.filter((sign) => hints.some((hint) => hint.sign === sign));
    return { signs, triage: triageOf(signs), hints };
  };
}

/** Three letters of five bits each. */
const BEGINNINGS = 1 << 15;
const DOLLAR = 0x24;

/** Number of the first three letters of the word at `at`; 0 where none stands, 31 for `$`. */
function beginningOf(text: string, at: number): number {
  if (text.charCodeAt(at) === DOLLAR) return 31;
  let number = 0;
  for (let n = 0; n < 3; n += 1) {
    const letter = text.charCodeAt(at + n) - 96;
    if (!(letter >= 1 && letter <= 26)) break;
    number = (number << 5) | letter;
  }
  return number;
}

/** Every Spanish text but the shortest has one of these words; few English ones do. */
const SPANISH = ['su', 'tu', 'te', 'le', 'se', 'el', 'la', 'de', 'en'].map((word) =>
  beginningOf(word, 0),
);
/** Texts up to this are read by the rules of every language. */
const SHORT_TEXT_MAX = 400;

/** Notes the beginning of every word of a folded text. */
function markBeginnings(folded: string, seen: Uint8Array): void {
  seen.fill(0);
  let inside = false;
  for (let at = 0; at < folded.length; at += 1) {
    const code = folded.charCodeAt(at);
    const isLetter = code >= 97 && code <= 122;
    if ((isLetter && !inside) || code === DOLLAR) seen[beginningOf(folded, at)] = 1;
    inside = isLetter;
  }
}

const SIGNS: readonly CoercionSign[] = [
  'threat',
  'demand',
  'deadline',
  'knowledge',
  'group',
  'candidate',
];

function triageOf(signs: readonly CoercionSign[]): CoercionReading['triage'] {
  const has = (sign: CoercionSign): boolean => signs.includes(sign);
  if (has('threat') && (has('demand') || has('knowledge'))) return 'first';
  const others = ['demand', 'deadline', 'knowledge'] as const;
  return has('threat') || others.filter(has).length >= 2 ? 'soon' : 'none';
}

/** Parties of the jurisdictions that the tool was built for; an office adds its own. */
const PARTIES: readonly string[] = [
  'democrat',
  'democrats',
  'democratic party',
  'republican',
  'republicans',
  'republican party',
  'gop',
  'libertarian party',
  'green party',
  'democrata',
  'democratas',
  'partido democrata',
  'republicano',
  'republicanos',
  'partido republicano',
];

function namePattern(names: readonly string[]): RegExp | null {
  const words = names
    .map((name) => foldForReading(name).trim())
    .filter((name) => name.length >= 3)
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  return words.length === 0
    ? null
    : new RegExp(`(?<![a-z0-9])(?:${words.join('|')})(?![a-z0-9])`, 'g');
}

const NAME = String.raw`(?:\p{Lu}[\p{L}'’.-]{1,30})(?: (?:of|the|de|del|la|los|las|for|and|y|\p{Lu}[\p{L}'’.-]{0,30})){0,5}`;
const GROUP = new RegExp(
  String.raw`\b(?:[Ww]e are|[Tt]his is|[Ii]n the name of|[Oo]n behalf of|[Ss]omos|[Ee]n nombre de)(?: (?:the|los|las|el|la))? (?<name>${NAME})`,
  'gu',
);
const CANDIDATE = new RegExp(
  String.raw`\b(?:[Vv]ot(?:e|ing|ed) (?:for|against)|[Vv]ot(?:a|e|en|ar|aras|ará|arás) (?:por|contra|a)) (?<name>${NAME})`,
  'gu',
);

/** `We are the X`, `vote for X`: the text names a group or a candidate by its own wording. */
function addShownNames(
  text: string,
  folded: string,
  keep: (sign: CoercionSign, code: string, start: number, end: number) => void,
): void {
  for (const { regex, sign, leads } of SHOWN) {
    if (!leads.some((lead) => folded.includes(lead))) continue;
    for (const hit of text.matchAll(regex)) {
      const name = hit.groups?.['name'] ?? '';
      const end = hit.index + hit[0].length;
      keep(sign, 'shown', end - name.length, end);
    }
  }
}

/** Without one of its leads in the folded text a pattern has nothing to find. */
const SHOWN = [
  {
    regex: GROUP,
    sign: 'group',
    leads: ['we are', 'this is', 'in the name of', 'on behalf of', 'somos', 'en nombre de'],
  },
  { regex: CANDIDATE, sign: 'candidate', leads: ['vot'] },
] as const;

/**
 * Lower case without accents, curly quotes or odd blanks, and of the same length as the text, so
 * that places found in it are places in the text.
 */
export function foldForReading(text: string): string {
  const lower = text.toLowerCase();
  const same = lower.length === text.length ? lower : text;
  const blank = same.replaceAll('\n', ' ').replaceAll('\r', ' ').replaceAll('\t', ' ');
  if (!/[^\x20-\x7e]/.test(blank)) return blank;
  return blank.replace(/[^\x20-\x7e]/g, (char) => {
    if (/[\s\u00a0\u2028\u2029]/.test(char)) return ' ';
    if (char === '\u2019' || char === '\u2018' || char === '\u02bc') return "'";
    return char.normalize('NFD').charAt(0);
  });
}
