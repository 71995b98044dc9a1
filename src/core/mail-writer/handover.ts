import { assert, type Kernels, type Random } from '../base/index.ts';
import { attachedLetter, digestAttached } from './attached.ts';
import { type Letter, received, type Sending, type Writer } from './clients.ts';
import type { Form } from './forms.ts';
import { digestInline, inlineHtml, inlineText } from './inline.ts';
import type { Comment, Original } from './original.ts';
import { passedOnLetter } from './passed-on.ts';

/** An original inside what was handed over. */
export interface Carried {
  readonly original: Original;
  /** Where its bytes are: in clear within the hand-over, encoded in it, or gone. */
  readonly bytes: 'clear' | 'encoded' | 'gone';
}

/** One message as an office got it. */
export interface HandOver {
  readonly raw: string;
  readonly carried: readonly Carried[];
}

export interface Reporting {
  readonly form: Form;
  readonly originals: readonly Original[];
  readonly sending: Sending;
  readonly comment: Comment;
  /** The voter, where somebody else writes to the office. */
  readonly passedOnBy: Writer | null;
}

/**
 * Writes the mail with which a reporter sends originals in; a raw download is the original itself.
 */
export function writeHandOver(reporting: Reporting, random: Random, kernels: Kernels): HandOver {
  const { form, originals, sending } = reporting;
  const [first] = originals;
  assert(first !== undefined, 'a hand-over carries an original');
  const carried = originals.map((original) => ({ original, bytes: BYTES[form] }));
  if (form === 'eml') return { raw: first.raw, carried };
  const letter = letterIn(reporting, first, random, kernels);
  return { raw: received(letter, sending, random, kernels), carried };
}

/** The voter's own forward came this long before, in milliseconds. */
const PASSED_ON_BEFORE = 150_000;

const BYTES: { readonly [form in Form]: Carried['bytes'] } = {
  eml: 'clear',
  'attached-gmail': 'clear',
  'attached-outlook': 'clear',
  'attached-apple': 'clear',
  'attached-base64': 'encoded',
  'attached-file': 'encoded',
  'inline-text-gmail': 'gone',
  'inline-text-outlook': 'gone',
  'inline-text-apple': 'gone',
  'inline-text-yahoo': 'gone',
  'inline-text-thunderbird': 'gone',
  'inline-html-gmail': 'gone',
  'inline-html-outlook': 'gone',
  'inline-html-apple': 'gone',
  'attached-twice': 'clear',
  'inline-twice': 'gone',
  'digest-inline': 'gone',
  'digest-attached': 'clear',
};

function letterIn(
  { form, originals, sending, comment, passedOnBy }: Reporting,
  first: Original,
  random: Random,
  kernels: Kernels,
): Letter {
  const wish = { original: first, comment, writer: sending.writer };
  switch (form) {
    case 'digest-inline':
      return digestInline({ originals, comment, writer: sending.writer }, random, kernels);
    case 'attached-twice':
    case 'inline-twice': {
      const voter = passedOnBy ?? sending.writer;
      const at = sending.at - PASSED_ON_BEFORE;
      return passedOnLetter({ ...wish, form, voter, at }, random, kernels);
    }
    case 'digest-attached':
      return digestAttached({ originals, comment }, random, kernels);
    case 'eml':
    case 'attached-gmail':
    case 'attached-outlook':
    case 'attached-apple':
    case 'attached-base64':
    case 'attached-file':
      return attachedLetter({ ...wish, form }, random, kernels);
    case 'inline-text-gmail':
    case 'inline-text-outlook':
    case 'inline-text-apple':
    case 'inline-text-yahoo':
    case 'inline-text-thunderbird':
      return inlineText(wish, random, kernels);
    case 'inline-html-gmail':
    case 'inline-html-outlook':
    case 'inline-html-apple':
      return inlineHtml(wish, random, kernels);
  }
}
