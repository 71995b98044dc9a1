import type { Voter } from './voters.ts';

/** T1 names and addresses the voter, T2 does not, T3 is either with a link to the video. */
export type Template = 'T1' | 'T2' | 'T3';

/** Near variants of one template. */
export type Variant = 'a' | 'b' | 'c';

export interface Wording {
  readonly base: 'T1' | 'T2';
  readonly variant: Variant;
  readonly video: boolean;
}

export const templateOf = (wording: Wording): Template => (wording.video ? 'T3' : wording.base);

export const CANDIDATE = 'T. Ashgrove';
export const GROUP = 'Brackenfold Sentinels';
export const GROUP_DOMAIN = 'brackenfold.example';
/** As one newspaper prints it: the words reversed. No mail ever showed it. */
export const MISQUOTED_DOMAIN = 'foldbracken.example';
export const SECOND_SENDER = 'brackensoldier11@freemail.example';
export const VIDEO_URL = 'https://video.brackenfold-watch.example/w/';

/** `a`, `b`, `c` by share: `b` says "have access", `c` greets. */
export const VARIANT_SHARES: readonly (readonly [Variant, number])[] = [
  ['a', 0.65],
  ['b', 0.23],
  ['c', 0.12],
];

/** Subject as shown; one variant of a second sender's script drops a word. */
export const threatSubject = (variant: Variant, second: boolean): string =>
  second && variant === 'b' ? `Vote ${CANDIDATE} or else!` : `Vote for ${CANDIDATE} or else!`;

/** Lines of the threat, for one voter. Empty lines part paragraphs. */
export function threatLines(wording: Wording, voter: Voter, clip: string): readonly string[] {
  const link = wording.video
    ? ['', `Do not think it is safe. Watch how easy it is: ${VIDEO_URL}${clip}`]
    : [];
  return wording.base === 'T1' ? named(wording, voter, link) : nameless(wording, voter, link);
}

const access = (variant: Variant): string =>
  variant === 'b' ? 'we have access to' : 'we have gained access into';

function named({ variant }: Wording, voter: Voter, link: readonly string[]): readonly string[] {
  const name = `${voter.given} ${voter.family}`;
  const opening = variant === 'c' ? `Hi ${name}` : name.toUpperCase();
  const { street, town, stateCode, postalCode } = voter.spelled;
  return [
    `${opening} you are on the roll as a Tern Party voter and we know this because ${access(variant)} the entire voting system and all it holds You will vote for ${CANDIDATE} on Election Day or we will come for you. Change your party to the Vale Party to let us know that you received our message and will comply We will know which candidate you voted for. I would take this seriously if I were you`,
    ...link,
    '',
    street,
    `${town}, ${stateCode} ${postalCode}`,
    '',
    'good luck',
  ];
}

function nameless({ variant }: Wording, voter: Voter, link: readonly string[]): readonly string[] {
  const greeting = variant === 'c' ? [`Hi ${voter.given},`, ''] : [];
  return [
    ...greeting,
    'We hold all of your personal records (email, address, telephone... everything).',
    '',
    `You are on the roll as a Tern Party voter and we know this because ${access(variant)} the entire voting system. You will vote for ${CANDIDATE} on Election Day or we will come for you. Change your party to the Vale Party to let us know that you received our message and will comply. We will know which candidate you voted for.`,
    ...link,
    '',
    'I would take this seriously if I were you.',
    'Good luck.',
  ];
}
