import {
  HELD_FORMS,
  heldFormOf,
  PHONE_STEPS,
  PROVIDER_STEPS,
  PROVIDER_STEPS_AS_OF,
  type ProviderSteps,
  STEPS_ALWAYS,
} from '../held-form/index.ts';
import { consumerProviders } from '../mail-services/index.ts';
import { type ExaminedMessage, isHolder, shownRole } from './examine.ts';
import { field } from './examine-lines.ts';

/** Who has to be asked for originals, as far as it decides which steps to send. */
export interface Asking {
  /** Domains of their addresses, lower case; empty text for somebody who is not shown. */
  readonly domains: ReadonlySet<string>;
  /** One of them writes Spanish, or was written to in Spanish. */
  readonly isSpanish: boolean;
}

export const NOBODY_ASKED: Asking = { domains: new Set(), isSpanish: false };

/**
 * `asking`, and whoever has to be asked for what came in this mail: for the original of a lossy
 * copy, or the message that a letter tells of. `read`: the mail first.
 */
export function askingAlso(asking: Asking, read: readonly ExaminedMessage[]): Asking {
  const [top] = read;
  const reported = read.filter((one) => shownRole(one) === 'original');
  const lossy = reported.filter(({ message }) => HELD_FORMS[heldFormOf(message)].askForOriginal);
  const wanting = reported.length > 0 ? lossy : read.filter((one) => shownRole(one) === 'letter');
  if (top === undefined || wanting.length === 0) return asking;
  const isReporter = shownRole(top) !== 'original' || isHolder(top);
  const address = isReporter ? (top.message.from?.address ?? '') : '';
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return {
    domains: new Set(asking.domains).add(domain),
    isSpanish: asking.isSpanish || [top, ...wanting].some(({ message }) => isSpanish(message.text)),
  };
}

/** Words of a text that are looked at. */
const READ_LENGTH_MAX = 4_000;
const SPANISH_WORDS_MIN = 4;
const SPANISH =
  /(?<![\p{L}\p{N}])(?:el|los|las|que|de|del|y|en|por|para|con|una|su|sus|se|es|usted|este|esta|esto|como|pero|más|hola|gracias|qué|porque)(?![\p{L}\p{N}])/giu;
const ENGLISH =
  /(?<![\p{L}\p{N}])(?:the|and|of|to|you|is|in|that|for|we|your|this|it|with|on|are|have|will|be|my)(?![\p{L}\p{N}])/giu;

/**
 * By its commonest little words: enough to offer a second language, too little for anything else.
 */
export function isSpanish(text: string): boolean {
  const start = text.slice(0, READ_LENGTH_MAX);
  const spanish = start.match(SPANISH)?.length ?? 0;
  return spanish >= SPANISH_WORDS_MIN && spanish > 2 * (start.match(ENGLISH)?.length ?? 0);
}

/**
 * What to send whoever reported: the steps for their own provider, by the domain of their address.
 * Where one of them has no provider that is known, or `all` is wanted, the steps for every program.
 */
export function stepLines(
  { domains, isSpanish: inSpanish }: Asking,
  all: boolean,
): readonly string[] {
  if (domains.size === 0) return [];
  const providerOf = consumerProviders();
  const providers = new Set([...domains].map(providerOf));
  const own = PROVIDER_STEPS.filter(({ of }) => of.some((provider) => providers.has(provider)));
  const isKnown = [...providers].every((one) => own.some(({ of }) => of.includes(one ?? '')));
  const shown = isKnown && !all ? own : PROVIDER_STEPS;
  return [
    field('Ask for', `the original, so (as of ${PROVIDER_STEPS_AS_OF}; menus change):`),
    ...[...shown, PHONE_STEPS].map((row) => stepLine(row, 'en')),
    ...(shown === PROVIDER_STEPS
      ? []
      : [field('', 'Other mail programs: the same command with --steps.')]),
    field('', STEPS_ALWAYS.en),
    ...(inSpanish
      ? [
          field('In Spanish', 'the same, to send on:'),
          ...[...shown, PHONE_STEPS].map((row) => stepLine(row, 'es')),
          field('', STEPS_ALWAYS.es),
        ]
      : []),
  ];
}

const stepLine = (row: Pick<ProviderSteps, 'en' | 'es'>, language: 'en' | 'es'): string =>
  field('', `${row[language].program}: ${row[language].steps}`);
