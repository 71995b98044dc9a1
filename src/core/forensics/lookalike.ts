import { CONFUSABLES } from '../look-alike/index.ts';
import { readHost } from '../observables/index.ts';

/** A body that others may pose as: its names as people read them, its domains. */
export interface ProtectedHolder {
  readonly holder: string;
  /** Names as they stand in a From line: `Office of Elections`, `Proud Example Boys`. */
  readonly names: readonly string[];
  readonly domains: readonly string[];
}

/** How a domain resembles a protected one, most telling first. */
export type Likeness =
  /** Looks the same to the eye (UTS #39 skeleton): `rn` for `m`, Cyrillic for Latin. */
  | 'skeleton'
  /** Has it as its leading labels: `board.example.org.elsewhere.example`. */
  | 'leading-labels'
  /** The same name under another suffix. */
  | 'other-suffix'
  /** All its labels in one: `vote-board.example` for `vote.board.example`. */
  | 'run-together'
  /** The name with a word added: `board-secure`. */
  | 'added-word'
  /** One or two letters off. */
  | 'edit-distance';

/** Which protected domain a domain is like, in what, and whose that is. */
export interface Resemblance {
  readonly likeness: Likeness;
  readonly domain: string;
  readonly holder: string;
}

/** A name in a From line that belongs to a protected holder. */
export interface NameClaim {
  readonly holder: string;
  readonly name: string;
  /** The display name is that name and says no more. */
  readonly isWhole: boolean;
}

/** The protected names, prepared once for many messages. Answers are remembered, up to a bound. */
export interface ProtectedIndex {
  /** No holder was named: nothing can be expected, and nothing resembles. */
  readonly isEmpty: boolean;
  /** True where the domain or one above it is a holder's own. */
  isProtected(domain: string): boolean;
  /** What the domain resembles; null for a protected domain and for one that resembles none. */
  resembles(domain: string): Resemblance | null;
  /** A holder whose name a display name holds. */
  claims(displayName: string): NameClaim | null;
  /** The holder who owns the domain. */
  holderOf(domain: string): string | null;
}

/**
 * One letter may differ in names of this length, two in names twice as long; shorter ones collide.
 */
const EDIT_NAME_LENGTH_MIN = 5;
/** Shorter names occur inside other names by chance. */
const ADDED_WORD_NAME_LENGTH_MIN = 5;
/** A word within a name parts it in two, which are short: only long names are told by it. */
const ADDED_WORD_WITHIN_LENGTH_MIN = 8;
/** Distinct domains whose answers are kept. */
const REMEMBERED_MAX = 10_000;

interface Prepared {
  readonly domain: string;
  readonly holder: string;
  /**
   * The label left of the public suffix: `board` of `board.example.org` where `example.org` is one.
   */
  readonly label: string;
  readonly suffix: string;
  readonly skeleton: string;
  /** All labels left of the suffix without dots and hyphens. */
  readonly joined: string;
}

/**
 * Prepares the names of the holders. Domains that are none, and names of fewer than
 * `NAME_LENGTH_MIN` letters, are left out: they would be found everywhere.
 */
export function protectedIndex(holders: readonly ProtectedHolder[]): ProtectedIndex {
  const skeleton = skeletonReader();
  const rows = holders.flatMap(({ holder, domains }) =>
    domains.flatMap((domain) => prepare(domain, holder, skeleton) ?? []),
  );
  const owners = new Map(rows.map((row) => [row.domain, row.holder]));
  const names = holders.flatMap(({ holder, names: shown }) =>
    shown.flatMap((name) => {
      const words = nameWords(name, skeleton);
      return words.length < NAME_LENGTH_MIN ? [] : [{ holder, name, words }];
    }),
  );
  const holderOf = (domain: string): string | null => {
    const labels = (readHost(domain.toLowerCase())?.ascii ?? '').split('.');
    for (let at = 0; at < labels.length; at += 1) {
      const owner = owners.get(labels.slice(at).join('.'));
      if (owner !== undefined) return owner;
    }
    return null;
  };
  const resembles = remembered((domain: string): Resemblance | null => {
    const host = readHost(domain.toLowerCase());
    if (host?.kind !== 'name' || holderOf(host.ascii) !== null) return null;
    return nearest(host.ascii, rows, skeleton);
  });
  const claims = remembered((displayName: string): NameClaim | null => {
    if (names.length === 0) return null;
    const said = nameWords(displayName.slice(0, 500), skeleton);
    const words = ` ${said} `;
    const found = names.find((row) => words.includes(` ${row.words} `));
    if (found === undefined) return null;
    return { holder: found.holder, name: found.name, isWhole: said === found.words };
  });
  return {
    isEmpty: rows.length === 0,
    isProtected: (domain) => holderOf(domain) !== null,
    resembles,
    claims,
    holderOf,
  };
}

/** A display name this short (without blanks) is a word, not a name. */
const NAME_LENGTH_MIN = 4;

/** Words of a name as they look: no case, accents, punctuation or odd blanks. */
const nameWords = (name: string, skeleton: Skeleton): string =>
  skeleton(name)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

function remembered<Answer>(ask: (key: string) => Answer): (key: string) => Answer {
  const answers = new Map<string, Answer>();
  return (key) => {
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = ask(key);
    if (answers.size < REMEMBERED_MAX) answers.set(key, answer);
    return answer;
  };
}

function prepare(domain: string, holder: string, skeleton: Skeleton): Prepared | null {
  const host = readHost(domain.toLowerCase());
  if (host?.kind !== 'name') return null;
  const registrable = host.registrable ?? host.ascii;
  const dot = registrable.indexOf('.');
  const label = dot < 0 ? registrable : registrable.slice(0, dot);
  const shown = host.unicode.split('.').at(-registrable.split('.').length) ?? label;
  return {
    domain: host.ascii,
    holder,
    label,
    suffix: dot < 0 ? '' : registrable.slice(dot + 1),
    skeleton: skeleton(shown),
    joined: host.ascii
      .slice(0, dot < 0 ? undefined : host.ascii.length - (registrable.length - dot))
      .replace(/^www\./, '')
      .replace(/[.-]/g, ''),
  };
}

const ORDER: readonly Likeness[] = [
  'skeleton',
  'leading-labels',
  'other-suffix',
  'run-together',
  'added-word',
  'edit-distance',
];

function nearest(
  domain: string,
  rows: readonly Prepared[],
  skeleton: Skeleton,
): Resemblance | null {
  const other = prepare(domain, '', skeleton);
  if (other === null) return null;
  let best: Resemblance | null = null;
  for (const row of rows) {
    const likeness = likenessOf(other, row);
    if (likeness === null) continue;
    if (best === null || ORDER.indexOf(likeness) < ORDER.indexOf(best.likeness))
      best = { likeness, domain: row.domain, holder: row.holder };
    if (likeness === 'skeleton') break;
  }
  return best;
}

function likenessOf(other: Prepared, row: Prepared): Likeness | null {
  if (other.label === row.label && other.suffix === row.suffix) return null;
  if (other.label !== row.label && other.skeleton === row.skeleton) return 'skeleton';
  if (`.${other.domain}`.includes(`.${row.domain}.`)) return 'leading-labels';
  if (other.label === row.label) return 'other-suffix';
  const plain = other.label.replaceAll('-', '');
  if (plain === row.joined && plain.length >= ADDED_WORD_NAME_LENGTH_MIN) return 'run-together';
  if (hasAddedWord(other, row) || hasWordWithin(plain, row.joined)) return 'added-word';
  return isNearInLetters(other.skeleton, row.skeleton) ? 'edit-distance' : null;
}

/** Words that impostors add to a name; a suffix without its dot (`board-gov`) counts too. */
const ADDED =
  /^(?:the|my|e|i|go|get|us|usa|gov|org|com|net|info|online|web|site|mail|email|e-?mail|app|portal|vote|votes?r?|voting|ballots?|elect|elections?|official|office|county|state|results?|register|registration|secure|security|safe|safety|login|signin|account|verify|verification|confirm|update|alerts?|notice|news|help|support|service|services|team|center|centre|20\d\d|\d{1,3})$/;

function hasAddedWord(other: Prepared, row: Prepared): boolean {
  const [label, name] = [other.label, row.label];
  if (name.length < ADDED_WORD_NAME_LENGTH_MIN || label.length <= name.length) return false;
  const at = label.indexOf(name);
  if (at < 0) return false;
  const [before, after] = [label.slice(0, at), label.slice(at + name.length)];
  return [before, after].every(
    (rest, side) =>
      rest === '' ||
      (side === 0 ? rest.endsWith('-') : rest.startsWith('-')) ||
      rest.split('-').every((word) => word === '' || ADDED.test(word)),
  );
}

/**
 * A listed word stands within, before or behind the name, hyphens aside: `duvalcountyelections`.
 */
function hasWordWithin(label: string, name: string): boolean {
  const more = label.length - name.length;
  if (name.length < ADDED_WORD_WITHIN_LENGTH_MIN || more <= 0) return false;
  for (let at = 0; at <= name.length; at += 1) {
    const isRest = label.endsWith(name.slice(at)) && ADDED.test(label.slice(at, at + more));
    if (isRest) return true;
    if (label[at] !== name[at]) return false;
  }
  return false;
}

function isNearInLetters(a: string, b: string): boolean {
  const length = Math.min(a.length, b.length);
  if (length < EDIT_NAME_LENGTH_MIN) return false;
  const most = length >= EDIT_NAME_LENGTH_MIN * 2 ? 2 : 1;
  return Math.abs(a.length - b.length) <= most && editDistance(a, b, most) <= most;
}

/**
 * Optimal string alignment distance: insertion, deletion, change, swap of neighbours, each 1.
 *
 * Stops at `most + 1`. Time is the product of the lengths, which are labels (at most 63 each).
 */
export function editDistance(a: string, b: string, most: number): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const change = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(change, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
      if (cost < least) least = cost;
    }
    if (least > most) return most + 1;
    before = last;
    last = row;
  }
  return Math.min(last[b.length] ?? 0, most + 1);
}

/** Turns text into what it looks like; two texts with one skeleton are confusable. */
type Skeleton = (text: string) => string;

/**
 * The skeleton of UTS #39 section 4, over lower-case text: NFD, each character replaced by the
 * ASCII that it resembles, accents dropped.
 *
 * Lower case first, because hosts have no case and a person does not read `EXAMPLE` as another
 * name than `example`. `m` becomes `rn` and `1` becomes `l`: not for people to read.
 */
function skeletonReader(): Skeleton {
  const lookalikes = new Map<string, string>();
  for (const [ascii, points] of CONFUSABLES)
    for (const hex of points.split(' '))
      lookalikes.set(String.fromCodePoint(Number.parseInt(hex, 16)), ascii);
  const once = (text: string): string => {
    let out = '';
    for (const char of text) out += lookalikes.get(char) ?? char;
    return out;
  };
  return (text) => {
    const plain = once(text.toLowerCase().normalize('NFD')).toLowerCase();
    return once(plain.replace(/[\p{M}\p{Cf}]/gu, '')).toLowerCase();
  };
}
