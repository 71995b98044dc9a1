import { counted } from './counting.ts';
import type { BoardFacts } from './facts.ts';

/** What letters to the office are, where there are any; else nothing. */
export function lettersBeside({ letters }: BoardFacts): string {
  if (letters === 0) return '';
  return letters === 1
    ? 'One mail is a letter to the office, and does not show for sure that it hands a message on: it is no original and enters no answer.'
    : `${counted(letters, 'mail')} are letters to the office, and do not show for sure that they hand a message on: they are no originals and enter no answer.`;
}

/** How many messages are in doubt, in how many mails, by how many people. */
export const eitherCounted = ({ messages, mails, authors }: BoardFacts['either']): string =>
  `${counted(messages, 'message')} in ${counted(mails, 'mail')} by ${counted(authors, 'author')}`;

/** What the board says of mails that can be read either way, where there are any; else nothing. */
export const eitherBeside = ({ either }: Pick<BoardFacts, 'either'>): string =>
  either.messages === 0
    ? ''
    : ` Not counted: ${eitherCounted(either)}, which can be read either way.`;

/** What that means. */
export const eitherMeans = ({ either }: Pick<BoardFacts, 'either'>): string =>
  either.messages === 0
    ? ''
    : ' Whoever reports handed them on, or whoever sent the mail made them up.';

/** The step that mails in doubt call for; none without any. */
export const askWhoseMailbox = ({ either }: Pick<BoardFacts, 'either'>): readonly string[] =>
  either.messages === 0
    ? []
    : [
        `In whose mailbox the ${counted(either.mails, 'mail')} came that can be read either way. Run again with --office where it does not name every address of the office.`,
      ];

/** The step that letters call for; none without letters. */
export const askTheWriters = ({ letters }: BoardFacts): readonly string[] =>
  letters === 0
    ? []
    : [
        `The message that ${letters === 1 ? 'the letter to the office tells' : `the ${counted(letters, 'letter')} to the office tell`} of: ask who wrote for the original (steps are in the report).`,
      ];
