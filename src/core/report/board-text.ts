import {
  type Answer,
  type AnswerState,
  counted,
  countedPersons,
  type Point,
} from '../assessment/index.ts';
import { grouped } from '../base/index.ts';
import { defang, fitted, printable, wrapped } from '../display/index.ts';
import type { CampaignSummary, Investigation } from './investigation.ts';
import { letterSentences, notCounted } from './letter-words.ts';
import { picturesUnread } from './page-closing.ts';
import { clock, moment, shortDay } from './when.ts';

export interface TerminalStyle {
  /** Columns; narrower than `WIDTH_MIN` is treated as that. */
  readonly width: number;
  /** ANSI colours; without them words and signs say the same. */
  readonly colour: boolean;
}

const WIDTH_MIN = 60;
/** Wider lines tire the eye. */
const WIDTH_READABLE_MAX = 100;
/** Campaigns shown on the terminal; the report has more. */
const CAMPAIGNS_MAX = 10;
const UNREAD_MAX = 10;

const SIGNS: { readonly [state in AnswerState]: readonly [string, string, number] } = {
  answered: ['[x]', 'ANSWERED', 32],
  partly: ['[~]', 'PARTLY', 36],
  unknown: ['[ ]', 'UNKNOWN', 33],
  contested: ['[!]', 'CONTESTED', 35],
};

/**
 * The investigation for a terminal: question board first, then campaigns, then what was
 * not read. Ends without saying where the report lies: whoever wrote the file knows.
 */
export function renderBoard(investigation: Investigation, style: TerminalStyle): string {
  const width = Math.max(WIDTH_MIN, Math.min(style.width, WIDTH_READABLE_MAX));
  const paint = painter(style.colour);
  const lines = [
    paint(`Question board, as of ${moment(investigation.asOf)}`, 1),
    '',
    ...investigation.board.flatMap((answer) => answerLines(answer, width, paint)),
    ...campaignLines(investigation, width, paint),
    ...unreadLines(investigation, width, paint),
    ...pictureLines(investigation, width),
    ...cutLines(investigation, width),
  ];
  return `${lines.join('\n')}\n`;
}

type Paint = (text: string, code: number) => string;

const painter =
  (colour: boolean): Paint =>
  (text, code) =>
    colour ? `\u001B[${code}m${text}\u001B[0m` : text;

/** Longest text from outside on the terminal, in UTF-16 units; the report shows more. */
export const TERMINAL_TEXT_MAX = 400;

const safe = (text: string): string => defang(shortened(text));

/** Our own sentence, which can quote an address. */
const ours = (text: string): string => defang(printable(text));

const shortened = (text: string): string =>
  text.length <= TERMINAL_TEXT_MAX
    ? printable(text)
    : `${printable(text.slice(0, TERMINAL_TEXT_MAX))} [cut here]`;

function answerLines(answer: Answer, width: number, paint: Paint): readonly string[] {
  const [sign, word, code] = SIGNS[answer.state];
  const confidence = answer.confidence === null ? '' : `Confidence: ${answer.confidence}.`;
  const [settle] = answer.wouldChange;
  const [first = '', ...more] = wrapped(answer.asks, width - STATE_INDENT.length, '', '');
  return [
    `${paint(`${sign} ${word.padEnd(9)}`, code)} ${paint(first, 1)}`,
    ...more.map((line) => `${STATE_INDENT}${paint(line, 1)}`),
    ...wrapped(ours(answer.text), width, INDENT, INDENT),
    ...answer.points.flatMap((each) => pointLines(each, width)),
    ...(confidence === '' ? [] : wrapped(confidence, width, INDENT, INDENT)),
    ...(settle === undefined
      ? []
      : wrapped(`To settle it: ${ours(settle)}`, width, INDENT, INDENT)),
    '',
  ];
}

/** One thing said goes on behind its heading; several stand below it. */
function pointLines({ about, says }: Point, width: number): readonly string[] {
  const [first = '', ...more] = says;
  if (more.length === 0) return wrapped(`${ours(about)}: ${ours(first)}`, width, ITEM, BELOW);
  return [
    ...wrapped(`${ours(about)}:`, width, ITEM, BELOW),
    ...says.flatMap((each) => wrapped(ours(each), width, `${BELOW}- `, `${BELOW}  `)),
  ];
}

const INDENT = '    ';
const ITEM = `${INDENT}- `;
const BELOW = `${INDENT}  `;
/** As wide as a sign, a state and the blanks around them. */
const STATE_INDENT = ' '.repeat(14);

function campaignLines(
  investigation: Investigation,
  width: number,
  paint: Paint,
): readonly string[] {
  const { campaigns: all, counts, personalDataIncluded } = investigation;
  const campaigns = all.filter(({ originals }) => originals > 0);
  if (counts.exhibits === 0) return [...wrapped(NOTHING_TAKEN_IN, width, '', ''), ''];
  const heading = `${counted(counts.originals, 'reported original')} in ${counted(counts.exhibits, 'exhibit')}, ${counted(campaigns.length, 'campaign')}, ${grouped(counts.unclustered)} alone`;
  const shown = campaigns.slice(0, CAMPAIGNS_MAX);
  const unsure = notCounted(investigation);
  const rest = campaigns.length - shown.length;
  return [
    ...wrapped(heading, width, '', '').map((line) => paint(line, 1)),
    ...(shown.length > 0 ? [paint(HEADINGS, 4)] : []),
    ...shown.flatMap((campaign) => campaignRow(campaign, width, personalDataIncluded)),
    ...(rest > 0 ? [`${INDENT}and ${grouped(rest)} more in the report`] : []),
    ...(unsure === '' ? [] : wrapped(unsure, width, '', '')),
    '',
    ...letterLines(investigation, width),
  ];
}

const NOTHING_TAKEN_IN =
  'This case holds no reported mail. Name files or folders that hold some (.eml, .msg, mbox, zip): "tocsin investigate PATH... --case DIR".';

/** Letters to the office and what to do with them; addresses that may be the office's. */
const letterLines = (investigation: Investigation, width: number): readonly string[] =>
  letterSentences(investigation).flatMap(({ says, rows }) => [
    ...wrapped(ours(says), width, '', ''),
    ...rows.flatMap((row) => wrapped(ours(row), width, ITEM, BELOW)),
    '',
  ]);

const COLUMNS = [5, 9, 13, 9, 14] as const;

const columns = (cells: readonly string[]): string =>
  cells
    .map((cell, i) => (i === 0 ? cell.padEnd(COLUMNS[i]) : cell.padStart(COLUMNS[i] ?? 0)))
    .join('  ');

const HEADINGS = columns(['', 'Originals', 'Recipients', 'Addresses', 'First, UTC']);

/** Numbers in columns; the shown sender, which its author chose, on a line of its own. */
function campaignRow(
  campaign: CampaignSummary,
  width: number,
  personalDataIncluded: boolean,
): readonly string[] {
  const { label, originals, distinctRecipients, shownSenders, routes, firstAt } = campaign;
  const row = columns([
    label,
    grouped(originals),
    countedPersons(distinctRecipients, personalDataIncluded),
    grouped(routes.length),
    firstAt === null ? 'no time' : `${shortDay(firstAt)} ${clock(firstAt)}`,
  ]);
  const sender = safe(shownSenders[0]?.address ?? 'nothing');
  return [row, fitted(`${' '.repeat(7)}From line shows ${sender}`, width)];
}

function pictureLines(investigation: Investigation, width: number): readonly string[] {
  const text = picturesUnread(investigation);
  return text === '' ? [] : ['', ...wrapped(text, width, '', '')];
}

function unreadLines(
  { unread, exhibits }: Investigation,
  width: number,
  paint: Paint,
): readonly string[] {
  const limited = exhibits.filter(({ limits }) => limits.length > 0).length;
  const inPart = `limits were met in ${counted(limited, 'exhibit')}, which the report names`;
  if (unread.length === 0)
    return wrapped(`Every file was read${limited === 0 ? '' : `; ${inPart}`}.`, width, '', '');
  const shown = unread.slice(0, UNREAD_MAX);
  const rest = unread.length - shown.length;
  return [
    paint(`${counted(unread.length, 'file')} not read:`, 1),
    ...shown.flatMap(({ name, text }) =>
      wrapped(`${shortened(name)}: ${safe(text)}`, width, `${INDENT}- `, `${INDENT}  `),
    ),
    ...(rest > 0 ? [`${INDENT}and ${grouped(rest)} more in the report`] : []),
  ];
}

/**
 * What the run itself cut short; limits met in one exhibit stand with the progress and the report.
 */
const cutLines = ({ limits }: Investigation, width: number): readonly string[] =>
  limits.flatMap(({ code, text }) => wrapped(`${safe(text)} [${code}]`, width, '', INDENT));
