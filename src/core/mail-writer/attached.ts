import type { Kernels, Random } from '../base/index.ts';
import type { Letter } from './clients.ts';
import type { Form } from './forms.ts';
import { base64Lines, CRLF, encodedWord, type MimePart, multipartBody } from './mime.ts';
import type { Comment, Original } from './original.ts';
import { forwardSubject } from './subject.ts';
import { htmlBody, textPart } from './text-part.ts';

/** A letter with the reported mail attached, the way each program attaches. */
export interface AttachedWish {
  readonly form: Form;
  readonly original: Original;
  readonly comment: Comment;
}

export function attachedLetter(wish: AttachedWish, random: Random, kernels: Kernels): Letter {
  const { form, original, comment } = wish;
  const subject = attachedSubject(wish, random);
  const boundary = boundaryOf(form, random);
  const note = noteParts(form, comment, random, kernels);
  const contentHeaders = [
    `Content-Type: multipart/mixed;${CRLF}\tboundary="${boundary}"`,
    ...(form === 'attached-apple' ? ['Content-Transfer-Encoding: 7bit'] : []),
  ];
  const parts = [...note, attachment(form, original, random, kernels)];
  return { subject, contentHeaders, body: multipartBody(boundary, parts) };
}

function attachedSubject({ form, original, comment }: AttachedWish, random: Random): string {
  if (random.chance(0.55)) return random.pick(OWN_SUBJECTS);
  return forwardSubject(form, original, comment.spanish);
}

const OWN_SUBJECTS = [
  'Threatening email',
  'Voter intimidation',
  'email I received',
  'Scam??',
  'The message we talked about on the phone',
  'REPORT: threat to voter',
  'election threat',
];

function boundaryOf(form: Form, random: Random): string {
  switch (form) {
    case 'attached-gmail':
      return `000000000000${random.hex(16)}`;
    case 'attached-apple':
      return `Apple-Mail-${random.hex(8).toUpperCase()}-${random.hex(4).toUpperCase()}-${random.hex(12).toUpperCase()}`;
    case 'attached-file':
      return `----=_Part_${random.between(100_000, 999_999)}_${random.between(100_000_000, 999_999_999)}.${random.between(1_603_000_000, 1_603_400_000)}`;
    default:
      return `_004_BN6PR1201MB${random.hex(20).toUpperCase()}_`;
  }
}

/** The reporter's own words: text alone, or text with its HTML twin. */
function noteParts(
  form: Form,
  comment: Comment,
  random: Random,
  kernels: Kernels,
): readonly MimePart[] {
  const text = [...comment.lines, '', ...comment.footer].join('\n');
  const plain = textPart('plain', `${text}\n`, random, kernels);
  if (form !== 'attached-gmail' && form !== 'attached-outlook') return [plain];
  const boundary = `${boundaryOf(form, random)}a`;
  const html = textPart('html', htmlBody(text.split('\n')), random, kernels);
  return [
    {
      headers: [`Content-Type: multipart/alternative; boundary="${boundary}"`],
      body: multipartBody(boundary, [plain, html]),
    },
  ];
}

function attachment(form: Form, original: Original, random: Random, kernels: Kernels): MimePart {
  const fileName = `${original.subject.replace(/[^A-Za-z. ]/g, '')}.eml`;
  const clear = { body: original.raw };
  switch (form) {
    case 'attached-gmail':
      return {
        ...clear,
        headers: [
          `Content-Type: message/rfc822; name="${fileName}"`,
          `Content-Disposition: attachment; filename="${fileName}"`,
          `X-Attachment-Id: f_kg${random.hex(8)}`,
        ],
      };
    case 'attached-apple':
      return {
        ...clear,
        headers: [
          'Content-Type: message/rfc822',
          `Content-Disposition: inline;${CRLF}\tfilename="${fileName}"`,
          'Content-Transfer-Encoding: 8bit',
        ],
      };
    case 'attached-base64':
      return {
        headers: ['Content-Type: message/rfc822', 'Content-Transfer-Encoding: base64'],
        body: base64Lines(kernels.encode(original.raw), kernels),
      };
    case 'attached-file': {
      const name = encodedWord(fileName, kernels);
      return {
        headers: [
          `Content-Type: application/octet-stream;${CRLF} name="${name}"`,
          'Content-Transfer-Encoding: base64',
          `Content-Disposition: attachment; filename="${name}"`,
          `Content-ID: <${random.hex(8)}-${random.hex(4)}@mailhive.example>`,
        ],
        body: base64Lines(kernels.encode(original.raw), kernels),
      };
    }
    default:
      return { ...clear, headers: ['Content-Type: message/rfc822'] };
  }
}

/**
 * Several originals in one multipart/digest, where message/rfc822 is the default (RFC 2046 5.1.5).
 */
export function digestAttached(
  wish: { readonly originals: readonly Original[]; readonly comment: Comment },
  random: Random,
  kernels: Kernels,
): Letter {
  const [outer, inner] = [`----------${random.hex(12)}`, `----------${random.hex(12)}d`];
  const note = textPart('plain', `${wish.comment.lines.join('\n')}\n`, random, kernels);
  const digest = {
    headers: [`Content-Type: multipart/digest; boundary="${inner}"`],
    body: multipartBody(
      inner,
      wish.originals.map(({ raw }) => ({ headers: [], body: raw })),
    ),
  };
  return {
    subject: `Digest: ${wish.originals.length} messages reported by callers`,
    contentHeaders: [`Content-Type: multipart/mixed; boundary="${outer}"`],
    body: multipartBody(outer, [note, digest]),
  };
}
