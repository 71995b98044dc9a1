import { CONFUSABLES } from '../look-alike/index.ts';
import type { RuleSign } from './coercion-rule.ts';
import { COERCION_RULES, ELECTION_KEYS } from './coercion-rules.data.ts';
import { type WordKey, type WordMarks, wordKey, wordKeys, wordMarks } from './word-marks.ts';

/** What a wording shows. `group`, `candidate`: who is named, which presses nobody by itself. */
export type CoercionSign = RuleSign | 'group' | 'candidate';

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
  /**
   * `first`: a threat with a demand or a claim of knowledge; `soon`: a threat, or two other signs.
   */
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

/** Reads one text; never throws. */
export type CoercionReader = (words: {
  readonly subject: string | null;
  readonly text: string;
}) => CoercionReading;

/** Prepares the rules once for many texts. Time is linear in the text. */
export function coercionReader(names: CoercionNames): CoercionReader {
  const rules = COERCION_RULES.map((row) => ({
    ...row,
    // Short lists first: most texts fail one of them.
    groups: row.keys.map(wordKeys).toSorted((a, b) => a.length - b.length),
    regex: new RegExp(row.pattern, 'g'),
  }));
  const english = rules.filter(({ language }) => language === 'en');
  const marks = wordMarks();
  const groups = namePattern(names.groups);
  const election = [wordKeys(ELECTION_KEYS)];
  const candidates = namePattern([...PARTIES, ...names.candidatesAndParties]);
  const read = (
    where: CoercionHint['where'],
    whole: string,
    named: boolean,
  ): { readonly hints: CoercionHint[]; readonly isAtElections: boolean } => {
    const { text, placeOf } = withoutMarks(whole.slice(0, COERCION_TEXT_MAX));
    const folded = foldForReading(text);
    const hints: CoercionHint[] = [];
    const keep = (sign: CoercionSign, code: string, from: number, to: number): void => {
      if (hints.length >= COERCION_HINTS_MAX || to <= from) return;
      const { start, end } = wholeWords(text, from, to);
      const words = text.slice(start, end);
      hints.push({ sign, code, words, where, start: placeOf(start), end: placeOf(end - 1) + 1 });
    };
    marks.mark(folded);
    const isAtElections = named || marks.hasOneOfEach(election);
    const mayBeSpanish = text.length <= SHORT_TEXT_MAX || marks.hasOneOfEach(SPANISH);
    for (const rule of mayBeSpanish ? rules : english) {
      const { sign, language, code, groups: keys, regex } = rule;
      if (rule.atElections && !isAtElections) continue;
      if (!marks.hasOneOfEach(keys)) continue;
      eachHit(regex, folded, (start, end) => keep(sign, `${language}.${code}`, start, end));
    }
    for (const [names, sign] of [
      [groups, 'group'],
      [candidates, 'candidate'],
    ] as const) {
      if (names === null || !marks.hasOneOfEach(names.keys)) continue;
      eachHit(names.regex, folded, (start, end) => keep(sign, 'named', start, end));
    }
    addShownNames({ text, folded, marks }, keep);
    hints.sort((a, b) => a.start - b.start || a.end - b.end);
    return { hints, isAtElections };
  };
  return ({ subject, text }) => {
    const inSubject = read('subject', subject ?? '', false);
    const inText = read('text', text, inSubject.isAtElections);
    const hints = [...inSubject.hints, ...inText.hints].slice(0, COERCION_HINTS_MAX);
    const signs = SIGNS.filter((sign) => hints.some((hint) => hint.sign === sign));
    return { signs, triage: triageOf(hints, (hint) => isQuoted(hint, text)), hints };
  };
}

interface Readable {
  readonly text: string;
  /** Where a character of `text` stands in the whole. */
  readonly placeOf: (at: number) => number;
}

/** Without the marks that show nothing and part words: soft hyphens, joiners, zero-width blanks. */
function withoutMarks(whole: string): Readable {
  if (!UNSEEN.test(whole)) return { text: whole, placeOf: (at) => at };
  const places: number[] = [];
  let text = '';
  for (let at = 0; at < whole.length; at += 1) {
    if (UNSEEN.test(whole[at]!)) continue;
    text += whole[at]!;
    places.push(at);
  }
  return { text, placeOf: (at) => places[at] ?? whole.length };
}

const UNSEEN = /\u034f|[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/;

/**
 * A hit as a person reads it: without marks and blanks around it, on to the end of its last word.
 */
export function wholeWords(text: string, from: number, to: number): { start: number; end: number } {
  let [start, end] = [from, to];
  while (start < end - 1 && !WORD.test(text[start]!)) start++;
  while (end > start + 1 && /\s/.test(text[end - 1]!)) end--;
  const limit = Math.min(text.length, end + WORD_LENGTH_MAX);
  while (end < limit && WORD.test(text[end - 1]!) && WORD.test(text[end]!)) end++;
  return { start, end };
}

const WORD = /[\p{L}\p{M}\p{N}$]/u;
const WORD_LENGTH_MAX = 40;

/** As `matchAll`, without a copy of the pattern for each text. */
function eachHit(regex: RegExp, text: string, say: (start: number, end: number) => void): void {
  regex.lastIndex = 0;
  for (let hit = regex.exec(text); hit !== null; hit = regex.exec(text)) {
    say(hit.index, hit.index + hit[0].length);
    if (hit[0] === '') regex.lastIndex += 1;
  }
}

/** Every Spanish text but the shortest has one of these words; few English ones do. */
const SPANISH = [['su', 'tu', 'te', 'le', 'se', 'el', 'la', 'de', 'en'].map(wordKey)];
/** Texts up to this are read by the rules of every language. */
const SHORT_TEXT_MAX = 400;

const SIGNS: readonly CoercionSign[] = [
  'threat',
  'demand',
  'deadline',
  'knowledge',
  'group',
  'candidate',
];

/** A sign that an honest mail bears too counts beside another one only. */
function triageOf(
  hints: readonly CoercionHint[],
  isReported: (hint: CoercionHint) => boolean,
): CoercionReading['triage'] {
  const all = new Set(hints.map(({ sign }) => sign));
  const strong = new Set(
    hints.filter(({ sign, code }) => !WEAK.has(`${sign} ${code}`)).map(signOf),
  );
  if (all.has('threat') && (all.has('demand') || all.has('knowledge')))
    return hints.every((hint) => hint.sign !== 'threat' || isReported(hint)) ? 'soon' : 'first';
  const pressing = ['demand', 'knowledge'] as const;
  const isPressed =
    pressing.some((sign) => strong.has(sign)) &&
    (all.has('deadline') || pressing.every((sign) => all.has(sign)));
  return all.has('threat') || strong.has('knowledge') || isPressed ? 'soon' : 'none';
}

/** It stands between quotation marks behind `says`, `warns` or the like: told of, not said. */
const isQuoted = ({ where, start }: CoercionHint, text: string): boolean =>
  where === 'text' && TOLD.test(text.slice(Math.max(0, start - TOLD_MAX), start));

const TOLD =
  /\b(?:say|says|said|saying|warn|warns|warned|writing|wrote|alert|dice|dicen|dijo|alerta)\b[^"“”«»]{0,40}["“«][^"“”«»]*$/i;
/** How far before a threat its quotation may begin. */
const TOLD_MAX = 240;

const signOf = ({ sign }: CoercionHint): CoercionSign => sign;

const WEAK: ReadonlySet<string> = new Set(
  COERCION_RULES.filter(({ weak }) => weak).map(
    ({ sign, language, code }) => `${sign} ${language}.${code}`,
  ),
);

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

interface NamePattern {
  readonly regex: RegExp;
  /** Of the names' first words: a text without any of them names nobody. */
  readonly keys: readonly (readonly WordKey[])[];
}

function namePattern(listed: readonly string[]): NamePattern | null {
  const names = listed
    .map((name) => foldForReading(name).trim())
    .filter((name) => name.length >= 3)
    .sort((a, b) => b.length - a.length);
  if (names.length === 0) return null;
  const words = names.map((name) => name.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  return {
    regex: new RegExp(`(?<![a-z0-9])(?:${words.join('|')})(?![a-z0-9])`, 'g'),
    keys: [[...new Set(names.map((name) => wordKey(firstWords(name))))]],
  };
}

/** The first word of a folded name, or two that a blank parts, as one key. */
function firstWords(name: string): string {
  const [, first = '', second] = /^([a-z]*)(?: ([a-z]+)(?![a-z]))?/.exec(name) ?? [];
  return second === undefined || first === '' ? first : `${first}_${second}`;
}

/** A word of a name; a dot ends a sentence unless it stands behind an initial or a title. */
const NAME_WORD = String.raw`(?:(?:\p{Lu}|St|Dr|Mr|Mrs|Ms)\.|\p{Lu}[\p{L}'’-]{0,30})`;
const NAME = String.raw`(?:(?:(?:\p{Lu}|St|Dr|Mr|Mrs|Ms)\. )*\p{Lu}[\p{L}'’-]{1,30})(?: (?:of|the|de|del|la|los|las|for|and|y|${NAME_WORD})){0,5}`;
const GROUP = new RegExp(
  String.raw`\b(?:[Ww]e are|[Tt]his is|[Ii]n the name of|[Oo]n behalf of|[Ss]omos|[Ee]n nombre de)(?: (?:the|los|las|el|la))? (?<name>${NAME})`,
  'uy',
);
/** What stands on a ballot beside people. */
const NO_CANDIDATE = String.raw`(?:Issues?|Measures?|Propositions?|Prop|Questions?|Amendments?|Charter|Bonds?|Iniciativas?|Propuestas?|Enmiendas?)\b`;
const CANDIDATE = new RegExp(
  String.raw`\b(?:[Vv]ot(?:e|ing|ed) (?:for|against)|[Vv]ot(?:a|e|en|ar|aras|ará|arás) (?:por|contra|a)) (?!${NO_CANDIDATE})(?<name>${NAME})`,
  'uy',
);

/** `We are the X`, `vote for X`: the text names a group or a candidate by its own wording. */
function addShownNames(
  {
    text,
    folded,
    marks,
  }: { readonly text: string; readonly folded: string; readonly marks: WordMarks },
  keep: (sign: CoercionSign, code: string, start: number, end: number) => void,
): void {
  for (const { regex, sign, leads } of SHOWN) {
    let from = 0;
    const words = leads.filter(({ keys }) => marks.hasOneOfEach(keys));
    for (const at of placesOf(words, folded)) {
      if (at < from) continue;
      regex.lastIndex = at;
      const hit = regex.exec(text);
      if (hit === null) continue;
      from = at + hit[0].length;
      keep(sign, 'shown', from - (hit.groups?.['name'] ?? '').length, from);
    }
  }
}

/** Where any of the leads stands, in order. */
function placesOf(leads: readonly Lead[], text: string): readonly number[] {
  const places: number[] = [];
  for (const { words: word } of leads)
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) places.push(at);
  return places.sort((a, b) => a - b);
}

interface Lead {
  readonly words: string;
  readonly keys: readonly (readonly WordKey[])[];
}

const lead = (words: string, ...keys: readonly string[]): Lead => ({
  words,
  keys: keys.map((key) => [wordKey(key)]),
});

/** Each pattern is tried where one of its leads stands in the folded text, and nowhere else. */
const SHOWN: readonly {
  readonly regex: RegExp;
  readonly sign: 'group' | 'candidate';
  readonly leads: readonly Lead[];
}[] = [
  {
    regex: GROUP,
    sign: 'group',
    leads: [
      lead('we are ', 'we', 'are'),
      lead('this is ', 'this', 'is'),
      lead('in the name of ', 'name', 'of'),
      lead('on behalf of ', 'behalf', 'of'),
      lead('somos ', 'somos'),
      lead('en nombre de ', 'nombre', 'de'),
    ],
  },
  { regex: CANDIDATE, sign: 'candidate', leads: [lead('vot', 'vot')] },
];

/**
 * Lower case without accents, curly quotes, odd blanks or letters of other scripts that look like
 * ASCII's, and of the same length as the text, so that places found in it are places in the text.
 */
export function foldForReading(text: string): string {
  const lower = text.toLowerCase();
  const same = lower.length === text.length ? lower : text;
  const blank = same.replace(/[\n\r\t]/g, ' ');
  if (!/[^\x20-\x7e]/.test(blank)) return blank;
  return blank.replace(/[^\x20-\x7e]/g, (char) => {
    if (/[\s\u00a0\u2028\u2029]/.test(char)) return ' ';
    if (char === '\u2019' || char === '\u2018' || char === '\u02bc') return "'";
    const bare = char.normalize('NFD').charAt(0);
    return LOOK_ALIKE.get(bare) ?? bare;
  });
}

/** Letters of other scripts that look like one small letter of ASCII (UTS 39), of one unit each. */
const LOOK_ALIKE: ReadonlyMap<string, string> = new Map(
  CONFUSABLES.filter(([ascii]) => /^[a-z]$/.test(ascii)).flatMap(([ascii, points]) =>
    points
      .split(' ')
      .map((hex) => Number.parseInt(hex, 16))
      .filter((point) => point <= 0xffff)
      .map((point): [string, string] => [String.fromCharCode(point), ascii]),
  ),
);
