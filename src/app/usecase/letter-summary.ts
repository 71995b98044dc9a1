import { isIntake, isToldOf, officeAt, REPORTERS_MIN } from '../../core/letter/index.ts';
import type { LetterRef, OfficeMail } from '../../core/report/index.ts';
import type { LetterTracesOutput } from '../stage/index.ts';
import type { CaseIndex } from './case-index.ts';
import { type CaseOffice, isInDoubt } from './case-office.ts';
import type { IndexedOriginal } from './original-table.ts';

/** Addresses listed of which nothing tells enough whether they are the office's. */
const DOUBTFUL_MAX = 5;

/** Exhibits with such mails that are named. */
const EITHER_NAMED_MAX = 12;

/**
 * Mails that may be a reporter's or what was reported: how many, by how many people, how many of
 * them press by what they say themselves, and where the first stand. A mail comes before what
 * stands in it.
 */
function eitherMails(originals: Iterable<IndexedOriginal>, home: CaseOffice): OfficeMail['either'] {
  const mails = new Set<string>();
  const authors = new Set<number>();
  const exhibits = new Set<string>();
  let pressing = 0;
  let holder: IndexedOriginal | null = null;
  for (const original of originals) {
    if (original.delivery !== null) holder = original;
    if (!isInDoubt(original, home)) continue;
    const key = placeOf(original);
    if (mails.has(key)) continue;
    mails.add(key);
    authors.add(original.author);
    if (exhibits.size < EITHER_NAMED_MAX) exhibits.add(original.exhibit);
    const isHeld = holder !== null && placeOf(holder) === key;
    if (isHeld && (holder?.judged.coercion.length ?? 0) > 0) pressing += 1;
  }
  return { mails: mails.size, authors: authors.size, pressing, exhibits: [...exhibits] };
}

const placeOf = ({ exhibit, mail }: IndexedOriginal): string => `${exhibit} ${mail.path}`;

/** Letters in whose text a message of somebody else stands. */
function tellingLetters(
  { originals, shown }: CaseIndex,
  letters: Uint32Array,
  { addresses }: CaseOffice,
): OfficeMail['telling'] {
  const exhibits = new Set<string>();
  let mails = 0;
  for (const number of letters) {
    const quoted = shown.get(number);
    if (quoted === undefined) continue;
    const { exhibit, path, from } = originals.at(number);
    const letter = { letter: path, author: from?.address.toLowerCase() ?? '' };
    if (!quoted.some((message) => isToldOf(message, letter, addresses))) continue;
    mails += 1;
    if (exhibits.size < EITHER_NAMED_MAX) exhibits.add(exhibit);
  }
  return { mails, exhibits: [...exhibits] };
}

interface Letters {
  readonly index: CaseIndex;
  readonly home: CaseOffice;
  readonly letters: Uint32Array;
  /** All but the letters. */
  readonly originals: Iterable<IndexedOriginal>;
  readonly letterTraces: LetterTracesOutput;
  readonly includePersonal: boolean;
}

/** What is said of the mail that came to the office itself. */
export function officeMail({
  index,
  home,
  letters,
  originals,
  letterTraces,
  includePersonal,
}: Letters): OfficeMail {
  const forwards = new Map(home.inboxes.map((inbox) => [inbox.address, inbox.forwards]));
  const places = home.addresses.names.map((name) => ({ name, at: officeAt([name]), letters: 0 }));
  let pressing = 0;
  for (const letter of letters) {
    const { recipients, judged } = index.originals.at(letter);
    if (judged.coercion.length > 0) pressing += 1;
    const place = places.find(({ at }) => recipients.some(at.holds));
    if (place !== undefined) place.letters += 1;
  }
  return {
    how: home.how,
    addresses: places.map(({ name, letters: count }) => ({
      name,
      forwards: forwards.get(name) ?? 0,
      letters: count,
    })),
    pressing,
    doubtful: doubtful(home, includePersonal),
    carrying: carrying(letterTraces, includePersonal),
    either: eitherMails(originals, home),
    settledFiles: index.settledFiles
      .slice(0, BESIDE_LISTED_MAX)
      .map((file) => (includePersonal ? file : { ...file, name: null })),
    bringing: bringingMails(index, includePersonal),
    telling: tellingLetters(index, letters, home),
  };
}

/** Files, and mails that bring something beside a message, that are listed. */
const BESIDE_LISTED_MAX = 12;

const bringingMails = ({ bringing }: CaseIndex, includePersonal: boolean): OfficeMail['bringing'] =>
  bringing.slice(0, BESIDE_LISTED_MAX).map(({ exhibit, path, contacts, files }) => {
    const named = files.flatMap(({ name, sha256 }) => (name === null ? [sha256] : [name, sha256]));
    const values = includePersonal ? [...contacts, ...named] : [];
    return { exhibit, path, contacts: contacts.length, files: files.length, values };
  });

/** Letters with links or files that are listed. */
const CARRYING_LISTED_MAX = 12;

/** A letter's links can lead to a voter's own pages: they are shown to whoever runs it. */
function carrying(
  { searched, left, letters }: LetterTracesOutput,
  includePersonal: boolean,
): OfficeMail['carrying'] {
  const listed = letters.slice(0, CARRYING_LISTED_MAX).map((letter) => {
    const { exhibit, path, kind, links, falseLinks, files, traces } = letter;
    return { exhibit, path, kind, links, falseLinks, files, traces: includePersonal ? traces : [] };
  });
  return { searched, left, letters: letters.length, listed };
}

/**
 * Who receives one person's forward is most often that person's friend, and who receives much mail
 * can be a voter who hands a mailbox in: the address is withheld.
 */
function doubtful(
  { how, inboxes, common }: CaseOffice,
  includePersonal: boolean,
): OfficeMail['doubtful'] {
  if (how === 'named') return [];
  return [...inboxes.filter((inbox) => !isIntake(inbox)), ...(common === null ? [] : [common])]
    .filter((inbox) => inbox.personal > 0)
    .slice(0, DOUBTFUL_MAX)
    .map(({ address, reporters, forwards, personal }) => ({
      address:
        includePersonal || reporters >= REPORTERS_MIN
          ? address
          : `…${address.slice(address.lastIndexOf('@'))}`,
      forwards,
      others: personal,
    }));
}

/** Made as they are listed: there can be a million. */
export const letterRefs = (
  { originals }: CaseIndex,
  letters: Uint32Array,
): Iterable<LetterRef> => ({
  *[Symbol.iterator]() {
    for (const letter of letters) {
      const { exhibit, path, sha256, judged } = originals.at(letter);
      yield { exhibit, path, sha256, pressing: judged.coercion.length > 0 };
    }
  },
});
