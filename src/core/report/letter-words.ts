import { counted, eitherCounted, listed } from '../assessment/index.ts';
import { grouped } from '../base/index.ts';
import type { Investigation } from './investigation.ts';

/** Letters to be read first that are listed by exhibit; findings.json has all. */
const PRESSING_LISTED_MAX = 12;

/** Addresses of the office named in a sentence. */
const NAMED_MAX = 3;

type Told = Pick<Investigation, 'office' | 'counts'>;

/**
 * How many letters there are, to which address, and how they were read; empty where there are none.
 */
export function lettersRead({ office, counts: { letters } }: Told): string {
  if (letters === 0) return '';
  const written = office.addresses
    .filter((place) => place.letters > 0)
    .map(({ name }) => (name.includes('@') ? name : `addresses at ${name}`));
  const to =
    written.length === 1
      ? `${written[0]} itself`
      : `the office itself (${listed(written, NAMED_MAX)})`;
  const without = office.telling.mails === 0 && office.either.mails === 0;
  return letters === 1
    ? `1 mail was written to ${to}${without ? ' and holds no forward' : ''}: it is read as a letter to the office, not as a reported message.`
    : `${grouped(letters)} mails were written to ${to}${without ? ' and hold no forward' : ''}: they are read as letters to the office, not as reported messages.`;
}

/** What to do with letters. */
const LETTERS_NEXT =
  'Ask who wrote for the message itself: steps are in the report. Open no link and no attached file in a letter: an attacker can write to an office too.';

/** Why these addresses are taken for the office's, and what to do where they are not. */
export function whyTheOffice({ office: { how, addresses } }: Told): string {
  if (addresses.length === 0) return '';
  if (how === 'named') return 'The addresses of the office are those given with --office.';
  const shown = addresses
    .slice(0, NAMED_MAX)
    .map(({ name, forwards }) => `${name} (${counted(forwards, 'mail')} with a forward)`);
  const rest = addresses.length - shown.length;
  return `Nobody named the office's addresses; ${listed(shown, NAMED_MAX)}${rest > 0 ? ` and ${grouped(rest)} more` : ''} ${addresses.length === 1 ? 'is taken for one' : 'are taken for them'}, because several people sent forwards there. If that is wrong, run again with --office and the right addresses, or --office none.`;
}

/** Something said, with what it lists. */
export interface LetterWords {
  readonly says: string;
  /** One a mail; empty where it lists nothing. */
  readonly rows: readonly string[];
}

/** Letters with links or files, apart from any campaign; says nothing where none has any. */
export function lettersThatCarry({
  office: { carrying },
  exhibits,
}: Told & Pick<Investigation, 'exhibits'>): LetterWords {
  const { letters, listed, left } = carrying;
  const unread =
    left === 0
      ? ''
      : ` ${counted(left, 'letter')} more ${left === 1 ? 'was' : 'were'} not searched for links.`;
  if (letters === 0) return { says: unread.trim(), rows: [] };
  const labels = new Map(exhibits.map(({ digest, label }) => [digest, label]));
  const rows = listed.map((letter) => {
    const { exhibit, path, links, falseLinks, files, traces } = letter;
    const what = [
      ...(links > 0 ? [counted(links, 'link')] : []),
      ...(falseLinks > 0 ? [`${grouped(falseLinks)} under the words of another site`] : []),
      ...(files > 0 ? [counted(files, 'file')] : []),
    ];
    const shown = named(traces.map(({ value }) => value));
    return `${labels.get(exhibit) ?? 'an exhibit'} message ${path}: ${what.join(', ')}${shown.length === 0 ? '' : ` (${shown.join(', ')})`}`;
  });
  const rest = letters - listed.length;
  return {
    says: `Sent to the office itself, in no campaign: ${counted(letters, 'letter')} with links or files. Whoever attacks an office writes to it: "tocsin examine FILE --office ADDRESS" shows the verdict and what to look up; open nothing before.${unread}`,
    rows: rest > 0 ? [...rows, `and ${grouped(rest)} more`] : rows,
  };
}

/** A few of them; a digest only of a file without a name. */
function named(values: readonly string[]): readonly string[] {
  const names = values.filter((value) => !/^[0-9a-f]{64}$/.test(value));
  return (names.length > 0 ? names : values).slice(0, TRACES_NAMED_MAX);
}

/** Links and files of one letter that a sentence names. */
const TRACES_NAMED_MAX = 3;

/** What a clerk should look at before setting letters aside; empty where nothing presses. */
export const pressingLetters = (
  told: Told & Pick<Investigation, 'letters' | 'exhibits'>,
): string => {
  const { pressing } = told.office;
  if (pressing === 0) return '';
  const which =
    pressing === 1 ? 'One of them has wording' : `${grouped(pressing)} of them have wording`;
  return `${which} that threatens or presses: read first (${pressingExhibits(told)}), for a letter can quote a threat or be one.`;
};

/** Letters that show the message they tell of; empty where none does. */
export function lettersThatTell({
  office: { telling },
  exhibits,
}: Pick<Told, 'office'> & Pick<Investigation, 'exhibits'>): string {
  const { mails } = telling;
  if (mails === 0) return '';
  const named = new Set(telling.exhibits);
  const labels = exhibits.flatMap(({ digest, label }) => (named.has(digest) ? [label] : []));
  const which = `${labels.join(', ')}${mails > labels.length ? ' and more' : ''}`;
  return mails === 1
    ? `In the text of 1 letter stands a message of somebody else (${which}): most likely what its writer received. It is in no count and no answer, as nothing shows that it is handed on; "tocsin examine FILE --office ADDRESS" shows it as what was reported.`
    : `In the text of ${grouped(mails)} letters stands a message of somebody else (${which}): most likely what their writers received. Such messages are in no count and no answer, as nothing shows that they are handed on; "tocsin examine FILE --office ADDRESS" shows them as what was reported.`;
}

/** Labels of the exhibits with such letters, a few of them, and whether there are more. */
function pressingExhibits({
  letters,
  exhibits,
}: Pick<Investigation, 'letters' | 'exhibits'>): string {
  const found = new Set<string>();
  let isCut = false;
  for (const { exhibit, pressing } of letters) {
    if (!pressing || found.has(exhibit)) continue;
    isCut = found.size >= PRESSING_LISTED_MAX;
    if (isCut) break;
    found.add(exhibit);
  }
  const labels = exhibits.flatMap(({ digest, label }) => (found.has(digest) ? [label] : []));
  return `${labels.join(', ')}${isCut ? ' and more' : ''}`;
}

/** Addresses that may be the office's; empty where there is none to doubt. */
function maybeTheOffice({ office: { doubtful } }: Told): string {
  if (doubtful.length === 0) return '';
  const [first] = doubtful;
  const shown = doubtful.map(
    ({ address, forwards, others }) =>
      `${address} (${counted(forwards, 'mail')} with a forward, ${grouped(others)} without)`,
  );
  if (first !== undefined && doubtful.length === 1 && first.forwards === 0) {
    return `${grouped(first.others)} mails that people wrote came to one address, ${first.address}, and no mail here holds a forward. They are read as reported messages. If they are letters to you, run again with --office ADDRESS: such mail is then read as letters.`;
  }
  const isOne = doubtful.length === 1 && first !== undefined;
  return `Forwards and other mail came to ${listed(shown, doubtful.length)}. Mail without a forward there is read as reported messages. If ${isOne ? 'that is an address' : 'one of them is an address'} of the office, run again with --office ADDRESS: such mail is then read as letters.`;
}

/** Messages that are no originals, and in which campaigns they stand alone; empty where none is. */
export function notCounted({
  counts,
  office: { either },
  campaigns,
}: Told & Pick<Investigation, 'campaigns'>): string {
  if (counts.inDoubt === 0) return '';
  const unsure = campaigns.filter(({ originals }) => originals === 0).map(({ label }) => label);
  const alone =
    unsure.length === 0
      ? ''
      : ` ${unsure.length === 1 ? 'Campaign' : 'Campaigns'} ${listed(unsure, NAMED_MAX)} ${unsure.length === 1 ? 'holds' : 'hold'} no other.`;
  return `Not counted: ${eitherCounted({ ...either, messages: counts.inDoubt })}, which can be read either way.${alone}`;
}

/** Mails that nobody can tell apart from what was reported; empty where there are none. */
export function eitherWay({
  office: { how, either },
  exhibits,
}: Told & Pick<Investigation, 'exhibits'>): string {
  const { mails, pressing } = either;
  if (mails === 0) return '';
  const named = new Set(either.exhibits);
  const labels = exhibits.flatMap(({ digest, label }) => (named.has(digest) ? [label] : []));
  const which = `${labels.join(', ')}${mails > labels.length ? ' and more' : ''}`;
  const first =
    pressing === 0
      ? ''
      : ` ${pressing === 1 ? 'One of them has wording of its own' : `${grouped(pressing)} of them have wording of their own`} that threatens or presses: read first.`;
  const ask = `, or name ${how === 'named' ? 'every address of the office' : "the office's addresses"} with --office`;
  return `${counted(mails, 'mail')} with a message in ${mails === 1 ? 'it' : 'them'} can be read either way (${which}): written by whoever reports, or itself what was reported, with a message that its sender made up.${first} Such messages are not counted, and whom they show is no sender, but for a From line that is shown to lie. "tocsin examine" shows both readings; ask in whose mailbox it came${ask}.`;
}

/** Mails whose numbers, addresses and files can be an attacker's; says nothing where none is. */
function mailsThatBring({
  office: { bringing },
  exhibits,
}: Pick<Told, 'office'> & Pick<Investigation, 'exhibits'>): LetterWords {
  if (bringing.length === 0) return { says: '', rows: [] };
  const labels = new Map(exhibits.map(({ digest, label }) => [digest, label]));
  const rows = bringing.map(({ exhibit, path, contacts, files, values }) => {
    const what = [
      ...(contacts > 0 ? [counted(contacts, 'number or address', 'numbers and addresses')] : []),
      ...(files > 0 ? [counted(files, 'file')] : []),
    ];
    const shown = named(values);
    return `${labels.get(exhibit) ?? 'an exhibit'} message ${path}: ${what.join(', ')}${shown.length === 0 ? '' : ` (${shown.join(', ')})`}`;
  });
  const says =
    "Some mails bring numbers, addresses or files beside a message that they hand on. A reporter writes their own number, and mail programs hand on a message's files; an attacker who made the message up brings both too. Call, pay and open nothing before the writer was asked in a way that was known before.";
  return { says, rows };
}

/** Files that came along with the same message in mails of several people; empty where none did. */
function filesSettled({ office: { settledFiles } }: Pick<Told, 'office'>): string {
  if (settledFiles.length === 0) return '';
  const rows = settledFiles.map(
    ({ sha256, name, mails }) =>
      `${name === null ? '' : `${name}, `}SHA-256 ${sha256}, in ${counted(mails, 'mail')}`,
  );
  const isOne = settledFiles.length === 1;
  return `Mails of several people brought the same ${isOne ? 'file' : 'files'} beside the same message (${rows.join('; ')}): ${isOne ? 'it is' : 'they are'} taken for that message's. Open ${isOne ? 'it' : 'them'} nowhere but where malware is looked at.`;
}

/** All of it, in the order in which a person needs it; nothing where there is nothing to say. */
export function letterSentences(
  investigation: Told & Pick<Investigation, 'letters' | 'exhibits'>,
): readonly LetterWords[] {
  const told = [
    lettersRead(investigation),
    LETTERS_NEXT,
    lettersThatTell(investigation),
    pressingLetters(investigation),
    lettersThatCarry(investigation),
    whyTheOffice(investigation),
  ];
  const sentences = [
    ...(investigation.counts.letters === 0 ? [] : told),
    maybeTheOffice(investigation),
    eitherWay(investigation),
    mailsThatBring(investigation),
    filesSettled(investigation),
  ];
  return sentences
    .map((said) => (typeof said === 'string' ? { says: said, rows: [] } : said))
    .filter(({ says }) => says !== '');
}
