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
