import { assert, type Kernels, type Limit, type Sha256 } from '../../core/base/index.ts';
import type { CustodyEntry, Exhibit, FindingKey } from '../../core/evidence/index.ts';
import {
  type HandingOn,
  Inboxes,
  isBait,
  isHandingOn,
  lettersAmong,
  reachedBy,
} from '../../core/letter/index.ts';
import { senderSubject } from '../../core/mail/index.ts';
import type { EvidenceStore } from '../ports/index.ts';
import {
  AUTHENTICATE,
  type AuthenticateOutput,
  type ClusterOutput,
  type ClusterToWord,
  createSketchShelf,
  EXAMINE,
  type ExaminedMessage,
  type ExamineOutput,
  JUDGE,
  type JudgeOutput,
  type MailPlace,
  type MemberToWord,
  type MessageRef,
  type OriginalsToGroup,
  packTightly,
  readPlace,
  readSketches,
  SKETCH,
  type SketchOutput,
  type Wanted,
  wordedCount,
} from '../stage/index.ts';
import { isBy, namesInForce } from './case-names.ts';
import { type CaseOffice, handedIn, isDoubted, isInDoubt } from './case-office.ts';
import { checkedBy, openness } from './check-summary.ts';
import {
  authorOf,
  createOriginalTable,
  type IndexedOriginal,
  type OriginalTable,
} from './original-table.ts';
import {
  type BringingMail,
  bringingMail,
  FilesBeside,
  isPicture,
  type SettledFile,
} from './settled-files.ts';

export interface IndexedExhibit extends Exhibit {
  readonly custody: readonly CustodyEntry[];
  readonly limits: Limit[];
  messages: number;
  originals: number;
  carriers: number;
  /** Mails with a reported original and pictures: no code is looked for in those. */
  pictured: number;
}

/** A fold over exhibits and `examine` findings: dropped and rebuilt at will. */
export interface CaseIndex {
  readonly exhibits: ReadonlyMap<Sha256, IndexedExhibit>;
  readonly originals: Omit<OriginalTable, 'add' | 'judge' | 'check'>;
  /** The exhibit of the names by which its findings were made; null: by none. */
  readonly names: Sha256 | null;
  /** Where forwards came in. */
  readonly inboxes: Inboxes;
  /** What originals written to somebody show in their text and do not hand on, by number. */
  readonly shown: ReadonlyMap<number, readonly Shown[]>;
  /** The first mails that bring files or ways to reach somebody beside what they hand on. */
  readonly bringing: readonly BringingMail[];
  /** Files beside messages that several people's mails show to be those messages' own. */
  readonly settledFiles: readonly SettledFile[];
}

/** Such mails that are kept to be listed. */
const BRINGING_MAX = 100;

type Reads = Pick<EvidenceStore, 'exhibits' | 'findings'>;

/**
 * `by`: the names by which findings count; those that the office gave last where it is left out.
 */
export async function indexCase(store: Reads, by?: Sha256 | null): Promise<CaseIndex> {
  const files = new FilesBeside();
  const asRead = await foldExaminations(store, by, (mail) => {
    files.add(mail);
    return mail;
  });
  const { settled } = files;
  const index =
    settled.files.length === 0
      ? asRead
      : await foldExaminations(store, by, (mail) => settled.apply(mail));
  await addJudgements(store, index.originals, index.names);
  await addChecks(store, index.originals, index.names);
  return { ...index, settledFiles: settled.files };
}

interface Folded extends Omit<CaseIndex, 'originals' | 'settledFiles'> {
  readonly originals: OriginalTable;
}

type Mail = readonly ExaminedMessage[];

/** `each`: makes of one mail with what it carries what counts of it. */
async function foldExaminations(
  store: Reads,
  by: Sha256 | null | undefined,
  each: (mail: Mail) => Mail,
): Promise<Folded> {
  const exhibits = new Map<Sha256, IndexedExhibit>();
  for await (const exhibit of store.exhibits()) {
    exhibits.set(exhibit.digest, {
      ...exhibit,
      limits: [],
      messages: 0,
      originals: 0,
      carriers: 0,
      pictured: 0,
    });
  }
  const names = by === undefined ? namesInForce(exhibits.values()) : by;
  const originals = createOriginalTable();
  const inboxes = new Inboxes();
  const shown = new Map<number, Shown[]>();
  const bringing: BringingMail[] = [];
  const into = { originals, inboxes, shown, bringing };
  for await (const { inputs, output } of store.findings(EXAMINE.stage, EXAMINE.methodVersion)) {
    const exhibit = exhibits.get(inputs[0] as Sha256);
    if (exhibit === undefined || !isBy(inputs, 1, names)) continue;
    const { limits, ...batch } = output as unknown as ExamineOutput;
    exhibit.limits.push(...limits);
    for (const [place, mail] of mailsOf(batch)) addMail(exhibit, place, each(mail), into);
  }
  return { exhibits, originals, inboxes, shown, bringing, names };
}

/** Each mail of a batch with what it carries, in their order. */
function* mailsOf({
  mails,
  messages,
}: Pick<ExamineOutput, 'mails' | 'messages'>): Iterable<readonly [MailPlace, Mail]> {
  const places = new Map(mails.map((mail) => [mail.path, mail]));
  let [place, from] = [places.get(messages[0]?.path ?? ''), 0];
  for (let at = 1; at <= messages.length; at++) {
    const next = places.get(messages[at]?.path ?? '');
    if (at < messages.length && next === undefined) continue;
    if (place !== undefined) yield [place, messages.slice(from, at)];
    [place, from] = [next, at];
  }
}

async function addJudgements(
  store: Reads,
  originals: OriginalTable,
  names: Sha256 | null,
): Promise<void> {
  for await (const { inputs, output } of store.findings(JUDGE.stage, JUDGE.methodVersion)) {
    if (!isBy(inputs, 1, names)) continue;
    for (const { path, kind, certainty, coercion, reasons } of (output as unknown as JudgeOutput)
      .originals) {
      const original = originals.find(inputs[0] as Sha256, path);
      if (original !== null) {
        const isProbable = certainty === 'probable';
        originals.judge(original, { ...openness({ kind, reasons }), isProbable, coercion });
      }
    }
  }
}

/**
 * Of several checks of one original the first that left nothing open counts: keys and records were
 * nearest to what they were when it came. Else the last.
 */
async function addChecks(
  store: Reads,
  originals: OriginalTable,
  names: Sha256 | null,
): Promise<void> {
  const { stage, methodVersion } = AUTHENTICATE;
  for await (const { inputs, output } of store.findings(stage, methodVersion)) {
    if (!isBy(inputs, 2, names)) continue;
    for (const one of (output as unknown as AuthenticateOutput).originals) {
      const original = originals.find(inputs[0] as Sha256, one.path);
      if (original === null) continue;
      const checked = checkedBy(one);
      const standing = originals.at(original).checked;
      const isBetter =
        standing?.complete !== true ||
        (checked.complete && (checked.asOf ?? '') < (standing.asOf ?? ''));
      if (isBetter) originals.check(original, checked);
    }
  }
}

type Shown = Pick<ExaminedMessage, 'path' | 'role' | 'forward' | 'from'>;

interface Indexing {
  readonly originals: OriginalTable;
  readonly shown: Map<number, Shown[]>;
  readonly bringing: BringingMail[];
}

/** Quoted messages kept of one mail: a letter shows one or two. */
const SHOWN_MAX = 4;

function addMail(
  exhibit: IndexedExhibit,
  place: MailPlace,
  messages: Mail,
  { originals, inboxes, shown, bringing }: Pick<CaseIndex, 'inboxes'> & Indexing,
): void {
  exhibit.messages += messages.length;
  const [top] = messages;
  const carrier = top !== undefined && isHandingOn(top) ? carrierOf(top) : null;
  // One that is an original of its own is searched, and counted, as that.
  if (top?.role === 'carrier' && top.brings !== null && bringing.length < BRINGING_MAX)
    bringing.push(bringingMail(exhibit.digest, top, top.brings));
  const isPictured = messages.some(({ parts }) => parts.some(isPicture));
  if (isPictured && messages.some(({ role }) => role === 'original')) exhibit.pictured += 1;
  const author = authorOf(top?.from ?? null);
  let last: number | null = null;
  for (const message of messages) {
    if (message.role === 'carrier') exhibit.carriers += 1;
    noteInbox(message, inboxes);
    if (message.role === 'original') {
      const before = originals.count;
      last = message.delivery === null ? null : before;
      const original = indexed(exhibit.digest, place, message);
      originals.add({ ...original, author, handingOn: handedOnBy(carrier, message) });
      exhibit.originals += originals.count - before;
    }
    if (message.role === 'attached' && last !== null) {
      const { path, role, forward, from } = message;
      const known = shown.get(last) ?? [];
      if (known.length < SHOWN_MAX) shown.set(last, [...known, { path, role, forward, from }]);
    }
  }
}

/** Where it came in, if it would hand others on and nothing shows that its From line lies. */
function noteInbox(message: ExaminedMessage, inboxes: Inboxes): void {
  const { role, from, to, delivery, lies } = message;
  const carries = role === 'carrier' || (isHandingOn(message) && !lies);
  if (!carries || delivery === null) return;
  const { deliveredTo } = delivery;
  inboxes.addCarrier({ from: from?.address.toLowerCase() ?? '', to: lowerCase(to), deliveredTo });
}

function indexed(
  exhibit: Sha256,
  mail: MailPlace,
  message: ExaminedMessage,
): Omit<IndexedOriginal, 'judged' | 'checked' | 'handingOn' | 'author'> {
  const { path, sha256, from, subject, date, boundary, forward, route, to, delivery } = message;
  return {
    exhibit,
    path,
    mail,
    sha256,
    from,
    subject: senderSubject({ subject, forward }),
    at: boundary?.at ?? route[0]?.date ?? date,
    boundaryIp: boundary?.ip ?? null,
    forward,
    recipients: lowerCase(to),
    delivery,
  };
}

/** A mail that carries others, and what tells whether it hands them on. */
interface Carrier {
  readonly path: string;
  readonly handing: HandingOn;
}

function carrierOf(message: ExaminedMessage): Carrier {
  const { path, either, quotes, brings, lies, to, delivery } = message;
  if (isBait(message)) return { path, handing: { ...IN_DOUBT, lies } };
  const where = reachedBy(delivery ?? NOT_DELIVERED, lowerCase(to));
  const handing = { either, lies, ...where };
  return { path, handing: brings === null && !quotes ? handing : { ...handing, brings: true } };
}

const NOT_DELIVERED = { deliveredTo: [], receivedFor: null } as const;

/**
 * Beside its mail's doubt a message may stand in that of an attached mail, which nobody delivered.
 * A mail that lies about its sender is shown by that From line, whoever wrote what stands in it.
 */
function handedOnBy(carrier: Carrier | null, { path, either }: ExaminedMessage): HandingOn | null {
  if (carrier?.path === path) return carrier.handing.lies ? null : IN_DOUBT;
  const isDeeper = carrier === null || !path.startsWith(`${carrier.path}.i`);
  return either && isDeeper ? IN_DOUBT : (carrier?.handing ?? null);
}

const IN_DOUBT: HandingOn = { either: true, lies: false, reached: [], claimed: false };

const lowerCase = (mailboxes: ExaminedMessage['to']): readonly string[] =>
  mailboxes.map(({ address }) => address.toLowerCase());

export interface SketchQuery {
  readonly store: Reads;
  readonly index: CaseIndex;
  readonly kernels: Kernels;
  /** Only the sketches of these findings; null for all. */
  readonly wanted: ReadonlySet<string> | null;
  /** Letters to it are set aside; forwards to it are believed. */
  readonly home: Pick<CaseOffice, 'how' | 'addresses'>;
}

/** The originals' texts, and the keys of the findings that hold their sketches, sorted. */
export async function originalsToGroup(query: SketchQuery): Promise<{
  readonly originals: OriginalsToGroup;
  readonly keys: readonly FindingKey[];
}> {
  const { store, index, kernels, wanted, home } = query;
  const table = index.originals;
  const numbers: number[] = [];
  const texts: Uint32Array[] = [];
  const keys: FindingKey[] = [];
  const shelf = createSketchShelf(packTightly());
  for await (const { key, inputs, output } of store.findings(SKETCH.stage, SKETCH.methodVersion)) {
    if (wanted?.has(key) === false || !isBy(inputs, 1, index.names)) continue;
    keys.push(key);
    const sketches = readSketches(output as unknown as SketchOutput, shelf, kernels);
    for (const { path, sketch } of sketches) {
      const number = table.find(inputs[0] as Sha256, path);
      // Beside a writer, sketches can be newer than the index.
      if (number === null) continue;
      numbers.push(number);
      texts.push(sketch.fingerprints);
    }
  }
  const at = (original: number): IndexedOriginal => table.at(numbers[original] ?? 0);
  const letters = lettersAmong(numbers.length, (number) => handedIn(at(number)), home.addresses);
  const originals: OriginalsToGroup = {
    count: numbers.length,
    exhibit: (original) => at(original).exhibit,
    path: (original) => at(original).path,
    isLetter: (original) => letters.has(original),
    isInDoubt: (original) => isInDoubt(at(original), home),
    isDoubted: (original) => isDoubted(at(original), home),
    author: (original) => at(original).author,
    fingerprints: (original) => texts[original] ?? NO_WORDS,
    inOrderOfTime: (a, b) => table.inOrderOfTime(numbers[a] ?? 0, numbers[b] ?? 0),
  };
  return { originals, keys: keys.sort() };
}

const NO_WORDS = new Uint32Array();

/** A cluster with its members' numbers in the index. */
export interface NumberedCluster {
  readonly id: MessageRef;
  /** Reported for sure; none where every mail may have made its message up. */
  readonly members: Uint32Array;
  /** Those that their mail may have made up. */
  readonly inDoubt: Uint32Array;
}

/** What is told of a cluster: its sure members, or all where it has none. */
const toldOf = ({ members, inDoubt }: NumberedCluster): Uint32Array =>
  members.length > 0 ? members : inDoubt;

export const numberedClusters = (
  output: ClusterOutput,
  { originals }: CaseIndex,
): readonly NumberedCluster[] => {
  const doubtful = new Set(output.inDoubt);
  const numbers = (places: readonly string[]) => numbersOf(places, output, originals);
  return output.clusters.map(({ id, members }) => ({
    id,
    members: numbers(members.filter((place) => !doubtful.has(place))),
    inDoubt: numbers(members.filter((place) => doubtful.has(place))),
  }));
};

export const numberedLetters = (output: ClusterOutput, { originals }: CaseIndex): Uint32Array =>
  numbersOf(output.letters, output, originals);

const numbersOf = (
  places: readonly string[],
  output: ClusterOutput,
  originals: CaseIndex['originals'],
): Uint32Array =>
  Uint32Array.from(
    places.flatMap((place) => {
      const { exhibit, path } = readPlace(place, output);
      return exhibit === undefined ? [] : (originals.find(exhibit, path) ?? []);
    }),
  );

/** The largest clusters with where each member is read again. Members are listed when asked for. */
export function clustersToWord(
  clusters: readonly NumberedCluster[],
  { exhibits, originals }: CaseIndex,
): readonly ClusterToWord[] {
  const worded = wordedCount(clusters.map((cluster) => toldOf(cluster).length));
  const toWord = (number: number): MemberToWord => {
    const original = originals.at(number);
    const exhibit = exhibits.get(original.exhibit);
    assert(exhibit !== undefined, 'an original stands in an exhibit');
    return new OriginalToWord(exhibit, original);
  };
  return clusters.slice(0, worded).map((cluster) => ({
    id: cluster.id,
    get members() {
      return Array.from(toldOf(cluster), toWord);
    },
  }));
}

/** Where letters are read again, those first whose wording presses. */
export function lettersToSearch(
  letters: Uint32Array,
  { exhibits, originals }: CaseIndex,
): readonly Wanted[] {
  const presses = (letter: number): boolean => originals.at(letter).judged.coercion.length > 0;
  return [...letters.filter(presses), ...letters.filter((letter) => !presses(letter))].flatMap(
    (letter) => {
      const original = originals.at(letter);
      const exhibit = exhibits.get(original.exhibit);
      return exhibit === undefined ? [] : [new OriginalToWord(exhibit, original)];
    },
  );
}

/** Reads from the index what it is asked for: a cluster can hold a million. */
class OriginalToWord implements MemberToWord {
  readonly exhibit: IndexedExhibit;
  readonly #original: IndexedOriginal;

  constructor(exhibit: IndexedExhibit, original: IndexedOriginal) {
    this.exhibit = exhibit;
    this.#original = original;
  }

  get mail() {
    return this.#original.mail;
  }
  get path() {
    return this.#original.path;
  }
  get subject() {
    return this.#original.subject;
  }
  get recipient() {
    return this.#original.recipients[0] ?? null;
  }
  get authenticated() {
    const { kind } = this.#original.judged;
    return kind === 'genuine' || kind === 'freemail';
  }
}
