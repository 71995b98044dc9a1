import type { Kernels } from '../base/index.ts';
import type { Mailbox } from '../header/index.ts';
import { readForwardMailboxes } from './forward-sender.ts';
import { FORWARD_WORDS } from './forward-words.data.ts';
import type { TextLine } from './text-line.ts';

/** "On Tue, Oct 20, 2020 at 10:00 AM Clerk <clerk@county.example> wrote:" and what it says. */
export interface Attribution {
  readonly first: number;
  /** Line behind it. */
  readonly end: number;
  readonly from: Mailbox | null;
  readonly dateText: string;
  readonly languages: readonly string[];
}

/** Clients wrap it at 76 characters, names are long. */
export const ATTRIBUTION_LINES_MAX = 4;
const ATTRIBUTION_LENGTH_MAX = 500;

const VERBS: readonly (readonly [string, string])[] = FORWARD_WORDS.flatMap((words) =>
  words.wrote.map((verb) => [verb, words.language] as const),
).toSorted((a, b) => b[0].length - a[0].length);

/**
 * The attribution that begins at line `first`, if one does. `below`: the line above it says that a
 * message is forwarded, so that date and sender need no verb (Yandex).
 */
export function readAttribution(
  lines: readonly TextLine[],
  first: number,
  kernels: Kernels,
  below: 'marker' | null = null,
): Attribution | null {
  let text = '';
  for (let i = first; i < Math.min(lines.length, first + ATTRIBUTION_LINES_MAX); i++) {
    const line = lines[i]!;
    if (line.text === '' || text.length > ATTRIBUTION_LENGTH_MAX) return null;
    if (line.depth !== lines[first]!.depth) return null;
    text = `${text} ${line.text}`.trim();
    const framed = i === first && line.depth === FRAME && line.text.endsWith(FRAME_END);
    if (!framed && !/[:：]$/.test(line.text)) continue;
    const isBare = framed || below === 'marker' || DATE_FIRST.test(text);
    const said = sentence(text, isBare, kernels);
    return said === null ? null : { first, end: i + 1, ...said };
  }
  return null;
}

/** GroupWise frames its line: `>>> Clerk <clerk@county.example> 10/20/2020 8:59 AM >>>`. */
const FRAME = 3;
const FRAME_END = '>>>';

/** Gmail in Japanese: `2020年10月20日(火) 10:00 Clerk <clerk@county.example>:`. */
const DATE_FIRST = /^\d{4}年\d{1,2}月\d{1,2}日.{0,20}\d:\d\d\s[^\d:]/;

type Said = Pick<Attribution, 'from' | 'dateText' | 'languages'>;

function sentence(text: string, isBare: boolean, kernels: Kernels): Said | null {
  const address = ADDRESS.exec(text);
  const clock = TIME.exec(text) ?? DOTTED_TIME.exec(text);
  // Without a clock reading the year ends the date, if an address stands there.
  const time = clock ?? (address === null ? null : YEAR.exec(text.slice(0, address.index)));
  if (time === null) return null;
  const lower = text.toLowerCase();
  const verb = VERBS.find(([word]) => standsAlone(lower, word));
  if (verb === undefined && (!isBare || address === null)) return null;
  const at = verb === undefined ? text.length : lower.lastIndexOf(verb[0]);
  const timeEnd = time.index + time[0].length;
  const languages = verb === undefined ? [] : [verb[1]];
  // Finnish, Norwegian and Turkish programs name the sender first.
  if (address !== null && address.index < time.index) {
    const end = endOf(address);
    const [from = null] = readForwardMailboxes(text.slice(0, end), kernels);
    return { from, dateText: text.slice(end, timeEnd), languages };
  }
  const behind = verb === undefined ? '' : text.slice(at + verb[0].length, -1).trim();
  const between = timeEnd < at ? text.slice(timeEnd, at).trim() : '';
  // Swedish ends in a word behind the address.
  const whole = address === null ? between || behind : text.slice(timeEnd, endOf(address));
  const name = whole.replace(/^[,\s]{1,5}/, '').replace(JOINING, '');
  const [from = null] = readForwardMailboxes(name, kernels);
  return { from, dateText: text.slice(0, timeEnd), languages };
}

const endOf = (match: RegExpExecArray): number => match.index + match[0].length;

const ADDRESS = /(?:\(<|[<(])[^\s<>()@]{1,64}@[^\s<>()]{1,255}(?:>\)|[>)]){1,2}/;

/** Words between time and sender, or verb and sender: "user", "has". */
const JOINING =
  /^(?:skrev|schrieb|heeft|hat|időpontban|keltezéssel,?|użytkownik|пользователь|користувач|používateľ|uživatel)\s/i;

function standsAlone(text: string, word: string): boolean {
  const at = text.lastIndexOf(word);
  if (at < 0) return false;
  const next = text[at + word.length] ?? ' ';
  return (
    !/\p{L}/u.test(next) && (at === 0 || !/\p{L}/u.test(text[at - 1]!) || /[^ -~]/.test(word[0]!))
  );
}

const MERIDIEM = '(?:\\s?(?:[ap]\\.?\\s?m\\.?\\b|uhr))?';
const ZONE = '(?:\\s?\\(?(?:gmt|utc|[ce]e?s?t|[pmce][sd]t)?\\s?(?:[+-]\\d{1,2}:?\\d{0,2})?\\)?)?';

/** A clock reading with what clients write behind it; a dot between the figures only at need. */
const timeWith = (separators: string): RegExp =>
  new RegExp(`\\d{1,2}[${separators}]\\d\\d(?::\\d\\d)?${MERIDIEM}${ZONE}`, 'i');
const YEAR = /\b(?:19|20)\d\d\b/;
const TIME = timeWith(':h');
const DOTTED_TIME = timeWith('.');
