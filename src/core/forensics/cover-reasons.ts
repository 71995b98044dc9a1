import { gradeOf, type SignatureCover, type TailSign } from './signature-cover.ts';
import type { Draft } from './verdict.ts';

/**
 * Says what a signature leaves open of what the reader sees, and lowers the certainty by it.
 *
 * `alone`: nothing but the signature vouches for the message. Where its domain's own server handed
 * it in as well (SPF), header fields have come from there too.
 */
export function addCover(cover: SignatureCover, alone: boolean, draft: Draft): void {
  const grade = gradeOf(cover);
  if (cover.tail !== null) addTail(cover, cover.tail, draft);
  if (alone) {
    addUnsigned(cover, draft);
    draft.notShown.push(
      `that ${cover.domain} sent it to this recipient: what is signed can be sent again to anybody`,
    );
  }
  const weakens = cover.tail !== null || (alone && grade !== 'whole');
  if (weakens && draft.certainty === 'shown') draft.certainty = 'probable';
}

function addTail(
  { domain, at }: SignatureCover,
  { signed, unsigned, holds }: NonNullable<SignatureCover['tail']>,
  draft: Draft,
): void {
  const rest = unsigned === null ? 'the rest' : `the other ${unsigned}`;
  const inside = holds.map((sign) => TAIL_TEXT[sign]);
  draft.reasons.push({
    code: signed === 0 ? 'body-unsigned' : 'body-partly-signed',
    text:
      signed === 0
        ? `The DKIM-Signature of ${domain} covers nothing of the body (l=0): anybody may have written it.`
        : `The DKIM-Signature of ${domain} covers the first ${signed} bytes of the body (l=): anybody may have added ${rest}.${inside.length === 0 ? '' : ` ${inside.join(' ')}`}`,
    at,
  });
  draft.notShown.push(
    signed === 0
      ? `that ${domain} wrote the text: its signature leaves the body out`
      : `that ${domain} wrote the end of the text: its signature leaves it out`,
  );
}

const TAIL_TEXT: Readonly<Record<TailSign, string>> = {
  link: 'There stands a link.',
  contact: 'There stands a site, an address, a number or a code to turn to.',
  pressure: 'There stand words that press the reader.',
  most: 'That is more than the signed part.',
  'not-plain': 'What a reader sees of it depends on the mail program.',
};

/** As mail programs call them. */
const LABEL: Readonly<Record<string, string>> = {
  from: 'From',
  subject: 'Subject',
  'reply-to': 'Reply-To',
  to: 'To',
  date: 'Date',
  'content-type': 'Content-Type',
};

function addUnsigned({ domain, unsigned }: SignatureCover, draft: Draft): void {
  const telling = unsigned.filter(
    ({ name, isDouble }) => isDouble || /^(?:from|subject|reply-to)$/.test(name),
  );
  for (const { name, at, isDouble, presses } of telling) {
    const label = LABEL[name] ?? name;
    const what = presses ? ' It presses the reader.' : '';
    draft.reasons.push(
      isDouble
        ? {
            code: 'field-double',
            text: `The ${label} line that is shown is not the one that the DKIM-Signature of ${domain} covers: there is another, further down, and anybody may have put this one above it.${what}`,
            at,
          }
        : {
            code: 'field-unsigned',
            text: `The DKIM-Signature of ${domain} does not cover the ${label} line: anybody may have written it.${what}`,
            at,
          },
    );
  }
  if (unsigned.length === 0) return;
  const list = unsigned.map(({ name }) => LABEL[name] ?? name).join(', ');
  draft.notShown.push(`that ${domain} wrote what is shown as ${list}: the signature leaves it out`);
}
