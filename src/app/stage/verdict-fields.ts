import type { SenderVerdict } from '../../core/forensics/index.ts';

/**
 * What a finding keeps of a verdict on the shown sender: its reasons as codes, not as sentences.
 */
export interface VerdictFields extends Pick<SenderVerdict, 'kind' | 'kinds' | 'certainty'> {
  /** Codes of docs/methods/sender-verdict.md. */
  readonly reasons: readonly string[];
}

export const verdictFields = ({
  kind,
  kinds,
  certainty,
  reasons,
}: SenderVerdict): VerdictFields => ({
  kind,
  kinds,
  certainty,
  reasons: reasons.map(({ code }) => code),
});

/** Why nothing in a whole copy tells who sent it. */
export type OpenBecause = 'hired-service' | 'domain-publishes-nothing';

/** Null where the copy is what lacks, and for every verdict that tells something. */
export function openBecause({
  kind,
  reasons,
}: Pick<VerdictFields, 'kind' | 'reasons'>): OpenBecause | null {
  if (kind !== 'undetermined') return null;
  if (reasons.includes('hired-service') || reasons.includes('own-tenancy')) return 'hired-service';
  return reasons.includes('domain-publishes-nothing') ? 'domain-publishes-nothing' : null;
}
