import type { Json, Sha256 } from '../../core/base/index.ts';
import {
  bodiesOf,
  messageJudge,
  readRecordedResults,
  type SenderVerdict,
  uncheckedAuthentication,
} from '../../core/forensics/index.ts';
import { filesByMessage, withOwnParts } from '../../core/mail/index.ts';
import { carriedLoad, type Observable } from '../../core/observables/index.ts';
import { type Rereader, rereadExactly, type Wanted } from './reread.ts';

/**
 * What letters to the office carry besides words: links and files, with the verdict on who sent
 * them. Who attacks an office writes to it, and nobody forwards that.
 *
 * Its verdict is that of JUDGE, its traces are the observables' of `examine`.
 */
export const LETTER_TRACES = { stage: 'letter-traces', methodVersion: 6 } as const;

/** Letters read again in one run, those that press first; the rest are counted. */
export const LETTERS_SEARCHED_MAX = 500;

/** Traces kept of one letter; a newsletter has hundreds. */
const TRACES_MAX = 50;

export interface SearchedLetter extends Pick<SenderVerdict, 'kind' | 'certainty'> {
  readonly exhibit: Sha256;
  readonly path: string;
  /**
   * Links to elsewhere than the sender's own domain; those whose words name another site; files.
   */
  readonly links: number;
  readonly falseLinks: number;
  readonly files: number;
  readonly traces: readonly Pick<Observable, 'type' | 'value'>[];
}

export interface LetterTracesOutput {
  readonly searched: number;
  /** Letters past `LETTERS_SEARCHED_MAX`. */
  readonly left: number;
  /** Those that carry something, in the order searched. */
  readonly letters: readonly SearchedLetter[];
}

/** `letters`: in the order in which they are to be searched. */
export async function searchLetters(
  reader: Rereader,
  letters: readonly Wanted[],
): Promise<LetterTracesOutput & Json> {
  const { kernels } = reader;
  const judge = messageJudge({
    protectedHolders: [],
    coercionNames: { groups: [], candidatesAndParties: [] },
    networks: [],
    kernels,
  });
  const wanted = letters.slice(0, LETTERS_SEARCHED_MAX);
  const found: SearchedLetter[] = [];
  for await (const { one, mail, content } of rereadExactly(reader, wanted)) {
    const files = filesByMessage([content]).get(mail.message.path);
    const message = withOwnParts(mail.message, files);
    const authentication = uncheckedAuthentication(readRecordedResults(message));
    const { verdict, observables } = judge({
      message,
      // What stands in the text of a letter as another's message is none of its own load.
      bodies: bodiesOf([message], new Map([[message.path, content]])).get(message.path) ?? [],
      files,
      authentication,
    });
    const traces = carriedLoad(observables, message);
    if (traces.length === 0) continue;
    const count = (type: Observable['type']): number =>
      traces.filter((trace) => trace.type === type).length;
    found.push({
      exhibit: one.exhibit.digest,
      path: one.path,
      kind: verdict.kind,
      certainty: verdict.certainty,
      links: count('url'),
      falseLinks: count('link-mismatch'),
      files: count('hash'),
      traces: traces.slice(0, TRACES_MAX).map(({ type, value }) => ({ type, value })),
    });
  }
  const output: LetterTracesOutput = {
    searched: wanted.length,
    left: letters.length - wanted.length,
    letters: found,
  };
  return output as unknown as LetterTracesOutput & Json;
}
