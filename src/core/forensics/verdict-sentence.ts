import type { ProofSource } from './sender-facts.ts';
import type { SenderVerdict, VerdictKind } from './verdict.ts';

/** What the one sentence of a verdict depends on. */
export interface SentenceFacts {
  /** Of the From line. */
  readonly domain: string | null;
  /** The protected domain that it resembles. */
  readonly resembled: string | null;
  /** The consumer provider that holds its accounts. */
  readonly provider: string | null;
  /** It belongs to a protected holder. */
  readonly isExpected: boolean;
  /** The copy lost what would show the sender. */
  readonly isDegraded: boolean;
  /** Why nothing can be told. */
  readonly cannotTell: string | null;
  readonly certainty: SenderVerdict['certainty'];
}

/** A verdict in one sentence for a person, with the condition that it stands under. */
export function verdictSentence(kind: VerdictKind, facts: SentenceFacts): string {
  const { domain: shown, resembled, provider, isExpected, isDegraded, certainty } = facts;
  const domain = shown ?? 'the shown domain';
  const probably = certainty === 'probable' ? 'Probably: ' : '';
  switch (kind) {
    case 'spoofed-domain':
      return `${probably}The address shown was not where it came from.`;
    case 'lookalike':
      return `Sent from ${domain}, which resembles ${resembled ?? 'another'}.`;
    case 'display-name-imitation':
      return `The name shown is not that of the address behind it (${domain}).`;
    case 'freemail':
      return `A real account at ${provider ?? domain}, which holds its records.`;
    case 'compromised-relay':
      return 'Passed through a server that may have been misused; its owner can confirm.';
    case 'genuine': {
      const whose = isExpected ? '' : `; whether ${domain} is who it seems to be is not judged`;
      return `${probably}Sent with the authority of ${domain}${whose}; a stolen account is not excluded.`;
    }
    case 'undetermined':
      return isDegraded
        ? 'Cannot tell from this copy. We need the original.'
        : (facts.cannotTell ?? 'Cannot tell who sent it from what was checked.');
  }
}

/** Who answered, and when. */
export function sourceText(source: ProofSource): string {
  if (source.kind === 'recorded')
    return `recorded on arrival by ${source.by ?? 'the recipient’s provider'}`;
  return source.asOf === null
    ? 'by name servers'
    : `by name servers on ${source.asOf.slice(0, 10)}`;
}

/** How a domain resembles another, in words. */
export const LIKENESS_TEXT = {
  skeleton: 'it looks the same',
  'leading-labels': 'it begins with that name',
  'other-suffix': 'the same name under another suffix',
  'run-together': 'its parts written together',
  'added-word': 'the same name with a word added',
  'edit-distance': 'a letter or two differ',
} as const;
