import type { Kernels, Random } from '../base/index.ts';
import { attachedLetter } from './attached.ts';
import { type Letter, received, type Writer } from './clients.ts';
import { forwardedText, inlineText } from './inline.ts';
import type { Comment, Original } from './original.ts';

/** A voter sent the mail to somebody close, who sends that mail on to an office. */
export interface PassedOn {
  readonly form: 'attached-twice' | 'inline-twice';
  readonly original: Original;
  /** The voter, and who writes to the office. */
  readonly voter: Writer;
  readonly writer: Writer;
  readonly comment: Comment;
  /** When the voter's mail reached the writer; milliseconds since 1970. */
  readonly at: number;
}

export function passedOnLetter(wish: PassedOn, random: Random, kernels: Kernels): Letter {
  const { comment, writer } = wish;
  return wish.form === 'attached-twice'
    ? attachedLetter(
        { form: 'attached-outlook', original: attachedOnce(wish, random, kernels), comment },
        random,
        kernels,
      )
    : inlineText({ original: quotedOnce(wish, random), comment, writer }, random, kernels);
}

const ASIDE: Comment = { spanish: false, lines: ['what do you make of this??'], footer: [] };

const firstForward = ({ original, voter, writer, at }: PassedOn) => ({
  shown: { name: voter.name, address: voter.address },
  to: { name: writer.name, address: writer.address },
  subject: `Fwd: ${original.subject}`,
  messageId: original.messageId,
  sentAt: at,
  zone: voter.zone,
});

function attachedOnce(wish: PassedOn, random: Random, kernels: Kernels): Original {
  const { original, voter, writer, at } = wish;
  const letter = attachedLetter(
    { form: 'attached-gmail', original, comment: ASIDE },
    random,
    kernels,
  );
  const addressee = { name: writer.name, address: writer.address, receiver: writer.provider };
  const raw = received(letter, { writer: voter, office: addressee, at }, random, kernels);
  return { ...firstForward(wish), raw, subject: letter.subject, lines: ASIDE.lines };
}

function quotedOnce(wish: PassedOn, random: Random): Original {
  const { original, voter } = wish;
  const inner = forwardedText({ original, comment: ASIDE, writer: voter }, random);
  return { ...firstForward(wish), raw: '', lines: [...ASIDE.lines, '', ...inner.split('\n')] };
}
