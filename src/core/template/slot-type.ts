import { FAMILY_NAMES, GIVEN_NAMES, PLACE_NAMES } from './lexicons.data.ts';

/**
 * What kind of column filled a slot. `text` is a value of no known kind; no guess is made of it.
 */
export type SlotType =
  | 'person-name'
  | 'street-address'
  | 'city'
  | 'county'
  | 'state'
  | 'postal-code'
  | 'email'
  | 'phone'
  | 'party'
  | 'voter-id'
  | 'date'
  | 'birth-date'
  | 'amount'
  | 'url'
  | 'url-token'
  | 'count'
  | 'ip'
  | 'hex'
  | 'path'
  | 'number'
  | 'text';

/** Columns that hold a value of its own for nearly every person. */
export const PERSONAL_TYPES: ReadonlySet<SlotType> = new Set([
  'street-address',
  'email',
  'phone',
  'voter-id',
  'url',
  'url-token',
  'hex',
  'ip',
]);

/** The values of one slot and the fixed words beside it. */
export interface SlotEvidence {
  readonly values: readonly string[];
  /** Lower case; nearest last. */
  readonly before: readonly string[];
  /** Lower case; nearest first. */
  readonly after: readonly string[];
}

export interface TypeJudgement {
  readonly type: SlotType;
  /** Share of the values that have the type's form, 0 to 1. */
  readonly conforming: number;
  /**
   * The form allows more than one type, and only what stands beside the slot speaks for this one.
   */
  readonly probable?: true;
}

/**
 * Says what values are by their form and by word lists; see `lexicons.data.ts` for their sources.
 */
export interface Typer {
  judge(evidence: SlotEvidence): TypeJudgement;
  isGiven(word: string): boolean;
  isFamily(word: string): boolean;
  isPlace(text: string): boolean;
  isState(text: string): boolean;
}

const VALUES_MAX = 400;
const FORM_MIN = 0.6;
const CAPITAL_MIN = 0.8;
const LEXICON_MIN = 0.3;
const FULL_NAME_MIN = 0.4;
const NAME_WORDS_MAX = 5;

const setOf = (list: string, mark: string): ReadonlySet<string> =>
  new Set(list.trim().split(mark === ' ' ? /\s+/ : /[,\n]/));

const STATES = setOf(
  'alabama,alaska,arizona,arkansas,california,colorado,connecticut,delaware,florida,georgia,hawaii,idaho,' +
    'illinois,indiana,iowa,kansas,kentucky,louisiana,maine,maryland,massachusetts,michigan,minnesota,' +
    'mississippi,missouri,montana,nebraska,nevada,new hampshire,new jersey,new mexico,new york,' +
    'north carolina,north dakota,ohio,oklahoma,oregon,pennsylvania,rhode island,south carolina,' +
    'south dakota,tennessee,texas,utah,vermont,virginia,washington,west virginia,wisconsin,wyoming,' +
    'district of columbia,puerto rico',
  ',',
);
const STATE_CODES = setOf(
  'al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri sc sd tn tx ut vt va wa wv wi wy dc pr',
  ' ',
);
/** USPS Publication 28, appendix C1: the common street suffixes. */
const SUFFIXES =
  'street|st|avenue|ave|av|lane|ln|road|rd|drive|dr|court|ct|boulevard|blvd|way|place|pl|terrace|ter|' +
  'circle|cir|parkway|pkwy|highway|hwy|trail|trl|square|sq|loop|run|pike|alley|aly|row|plaza|point|pt|' +
  'crossing|xing|walk';
export const STREET_SUFFIX = new RegExp(`^(?:${SUFFIXES})\\.?$`, 'i');
const STREET = new RegExp(
  `^\\d{1,6}[a-z]?(?:-\\d+)? (?:[\\p{L}\\d.'’-]+ ){1,5}(?:${SUFFIXES})\\.?(?:,? (?:apt|unit|suite|ste|#|lot|no)\\.? ?[\\w-]+)?$`,
  'iu',
);
const PARTIES = setOf(
  'democrat democratic democrats republican republicans independent independents libertarian libertarians green greens gop unaffiliated nonpartisan npa dem rep ind lib constitution',
  ' ',
);
export const TITLES = setOf('mr mrs ms miss mx dr prof rev hon sir madam', ' ');

/** First form that fits names the type of a value; order matters. */
const FORMS: readonly (readonly [SlotType, RegExp])[] = [
  ['email', /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/],
  ['url', /^https?:\/\/\S{1,2000}$/i],
  ['ip', /^\d{1,3}(?:\.\d{1,3}){3}$|^(?=.*::|(?:[^:]*:){7})[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}$/i],
  ['amount', /^[$€£¥] ?\d[\d,]*(?:\.\d+)?$/],
  [
    'date',
    /^(?:[a-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,?(?: \d{4})?|\d{1,2} [a-z]{3,9},? \d{4}|\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})$/i,
  ],
  ['phone', /^(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}$/],
  ['street-address', STREET],
  ['postal-code', /^\d{5}-\d{4}$/],
  ['path', /^\/[\w.-]+(?:\/[\w.-]*)+$/],
  [
    'hex',
    /^(?:0x)?(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,}$|^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  ],
  ['url-token', /^(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{6,}$/i],
  ['number', /^\d[\d,. -]*$/],
];

/** Types that stand on words beside the slot. */
const VOTER_CONTEXT = /\b(?:voter|registration|registrant|identification|id|file|record)\b/;
const BIRTH_CONTEXT = /\b(?:born|birth|birthday|dob|birthdate)\b/;

/** Judges slots by form, context and lexicons. Builds its lexicons once. */
export function createTyper(): Typer {
  const given = setOf(GIVEN_NAMES, ' ');
  const family = setOf(FAMILY_NAMES, ' ');
  const places = setOf(PLACE_NAMES, ',');
  const lexicons: Lexicons = {
    isGiven: (word) => given.has(word.toLowerCase()),
    isFamily: (word) => family.has(word.toLowerCase()),
    isPlace: (text) => places.has(text.toLowerCase()),
  };
  return { judge: (evidence) => judged(evidence, lexicons), ...lexicons, isState };
}

interface Lexicons {
  readonly isGiven: (word: string) => boolean;
  readonly isFamily: (word: string) => boolean;
  readonly isPlace: (text: string) => boolean;
}

function judged(evidence: SlotEvidence, lexicons: Lexicons): TypeJudgement {
  const values = evidence.values.slice(0, VALUES_MAX);
  if (values.length === 0) return { type: 'text', conforming: 0 };
  const share = (test: (value: string) => boolean): number =>
    values.reduce((sum, value) => sum + (test(value) ? 1 : 0), 0) / values.length;
  const postal = postalCode(share, evidence.before);
  if (postal !== null) return postal;
  const form = commonForm(values);
  if (form !== null) return { ...form, type: inContext(form.type, values, evidence) };
  const closed = closedClass(share);
  if (closed !== null) return closed;
  if (evidence.after[0] === 'county' || evidence.after[0] === 'parish') {
    return { type: 'county', conforming: share(isCapital) };
  }
  const found =
    share(isCapital) >= CAPITAL_MIN ? byLexicon(share, evidence, lexicons) : NO_KNOWN_TYPE;
  const keyed = KEYS.get(keyBefore(evidence.before));
  return found.type === 'text' && keyed !== undefined
    ? { type: keyed, conforming: 1, probable: true }
    : found;
}

const NO_KNOWN_TYPE: TypeJudgement = { type: 'text', conforming: 1 };

function commonForm(values: readonly string[]): TypeJudgement | null {
  const counts = new Map<SlotType, number>();
  for (const value of values) {
    const [type] = FORMS.find(([, form]) => form.test(value)) ?? [];
    if (type !== undefined) counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  const [best] = [...counts].sort((a, b) => b[1] - a[1]);
  if (best === undefined) return null;
  const token = (counts.get('url-token') ?? 0) + (counts.get('hex') ?? 0);
  if (best[0] === 'hex' && token > 1.2 * best[1])
    return { type: 'url-token', conforming: token / values.length };
  const conforming = best[1] / values.length;
  return conforming >= FORM_MIN ? { type: best[0], conforming } : null;
}

function inContext(
  type: SlotType,
  values: readonly string[],
  { before, after }: SlotEvidence,
): SlotType {
  const near = before.join(' ');
  if (type === 'date') return BIRTH_CONTEXT.test(near) ? 'birth-date' : 'date';
  if (type === 'hex' && before.slice(-1)[0] === '/') return 'url-token';
  if (type !== 'number') return type;
  const lengths = values.map((value) => value.length);
  const [shortest, longest] = [Math.min(...lengths), Math.max(...lengths)];
  if (shortest >= 6 && VOTER_CONTEXT.test(near)) return 'voter-id';
  if (longest <= 4 && isCounted(after)) return 'count';
  return 'number';
}

const ZIP = /^\d{5}(?:-\d{4})?$/;

/**
 * Five digits, or nine, are a postal code behind a state, a town or the word; anywhere else a
 * number.
 */
function postalCode(
  share: (test: (value: string) => boolean) => number,
  before: readonly string[],
): TypeJudgement | null {
  const conforming = share((value) => ZIP.test(value));
  if (conforming < FORM_MIN) return null;
  const [third = '', second = '', last = ''] = ['', '', '', ...before].slice(-3);
  const known =
    last === '⟦state⟧' ||
    STATE_CODES.has(last) ||
    STATES.has(last) ||
    /^(?:zip|zipcode|code|postal)$/.test(/^[:=]$/.test(last) ? second : last);
  if (known) return { type: 'postal-code', conforming };
  const isTown = (word: string): boolean => word === '⟦city⟧';
  // Behind a town alone, or behind a town and a code of two letters that is no state's.
  const probable =
    isTown(last) ||
    (isTown(second) && /^[,\p{L}]{1,2}$/u.test(last)) ||
    (isTown(third) && second === ',' && /^\p{L}{2}$/u.test(last));
  return probable ? { type: 'postal-code', conforming, probable: true } : null;
}

/** What the sender or a log line calls a value: the word before `=` or `:`, or none. */
const keyBefore = (before: readonly string[]): string =>
  /^[:=]$/.test(before.at(-1) ?? '') ? (before.at(-2) ?? '') : '';

const KEYS: ReadonlyMap<string, SlotType> = new Map(
  (
    [
      ['person-name', 'name fname lname first last firstname lastname given family surname'],
      ['street-address', 'street addr address'],
      ['city', 'city town'],
      ['county', 'county'],
      ['state', 'state'],
      ['party', 'party'],
      ['url-token', 'token uid sid session ref'],
    ] as const
  ).flatMap(([type, keys]) => keys.split(' ').map((key) => [key, type] as const)),
);

/** A plural or a counted noun follows. */
const isCounted = (after: readonly string[]): boolean =>
  /^(?:others?|entries|records|votes|voters|people|persons|messages|times|days|hours|minutes|items|\p{L}{3,}s)$/u.test(
    after[0] ?? '',
  );

function closedClass(share: (test: (value: string) => boolean) => number): TypeJudgement | null {
  const classes: readonly (readonly [SlotType, (value: string) => boolean])[] = [
    ['party', (value) => PARTIES.has(value.toLowerCase().replace(/ party$/, ''))],
    ['state', isState],
    ['county', (value) => /^\p{Lu}[\p{L}. '-]+ (?:county|parish|borough)$/iu.test(value)],
    ['person-name', (value) => TITLES.has(value.toLowerCase().replace(/\.$/, ''))],
  ];
  for (const [type, test] of classes) {
    const conforming = share(test);
    if (conforming >= FORM_MIN) return { type, conforming };
  }
  return null;
}

/** A state's name, or its code in capitals. */
const isState = (value: string): boolean =>
  STATES.has(value.toLowerCase()) ||
  (STATE_CODES.has(value.toLowerCase()) && value === value.toUpperCase());

const isCapital = (value: string): boolean => /^\p{Lu}/u.test(value);

const NAME_BEFORE = new Set(
  'dear hello hi hey attention mr mrs ms miss dr voter mister madam sir for and'.split(' '),
);
const PLACE_BEFORE = new Set('in of at from near'.split(' '));

function byLexicon(
  share: (test: (value: string) => boolean) => number,
  { before }: SlotEvidence,
  { isGiven, isFamily, isPlace }: Lexicons,
): TypeJudgement {
  const place = share((value) => isPlace(value));
  const single = share((value) => !value.includes(' ') && (isGiven(value) || isFamily(value)));
  const full = share((value) => {
    const parts = value
      .split(' ')
      .filter((part) => !TITLES.has(part.toLowerCase().replace('.', '')));
    if (parts.length < 2 || parts.length > NAME_WORDS_MAX) return false;
    return isGiven(parts[0] ?? '') || isFamily(parts.at(-1) ?? '');
  });
  const last = before.at(-1) ?? '';
  const person = Math.max(full >= FULL_NAME_MIN ? full : 0, single >= LEXICON_MIN ? single : 0);
  const city = place >= LEXICON_MIN ? place : 0;
  // Many towns bear the names of people: the word before decides what the lists leave open.
  const names = person + (NAME_BEFORE.has(last) || last === '⟦person-name⟧' ? 0.3 : 0);
  const towns = city + (PLACE_BEFORE.has(last) ? 0.3 : 0);
  if (person === 0 && city === 0) return { type: 'text', conforming: 1 };
  return (person > 0 && names >= towns) || city === 0
    ? { type: 'person-name', conforming: person }
    : { type: 'city', conforming: city };
}
