import type { Kernels, Random } from '../base/index.ts';
import type { Letter, Writer } from './clients.ts';
import type { Client, Form } from './forms.ts';
import {
  type Announcement,
  announcedText,
  appleForward,
  type ForwardView,
  gmailForward,
  mailtoLink,
  outlookForward,
  thunderbirdForward,
  yahooForward,
} from './forward.ts';
import { CRLF, htmlEscaped, htmlLines, multipartBody, wrapped } from './mime.ts';
import type { Comment, Original } from './original.ts';
import { forwardSubject } from './subject.ts';
import { htmlBody, textPart } from './text-part.ts';

/** A letter that repeats the reported mail in its own text. */
export interface InlineWish {
  readonly original: Original;
  readonly comment: Comment;
  readonly writer: Writer;
}

/** Share of inline forwards whose subject does not say that they are one. */
const OWN_SUBJECT_SHARE = 0.2;

export function inlineText(wish: InlineWish, random: Random, kernels: Kernels): Letter {
  const { comment, writer } = wish;
  const forwarded = forwardedText(wish, random);
  const text = [...comment.lines, '', ...below(comment, forwarded, random)].join('\n');
  const flowed = writer.client === 'thunderbird' ? '; format=flowed' : '';
  const part = textPart('plain', `${text}\n`, random, kernels);
  const headers = part.headers.map((line) => line.replace('"UTF-8"', `"UTF-8"${flowed}`));
  return { subject: subjectOf(wish, random), contentHeaders: headers, body: part.body };
}

/** Phones put the device line above the forward, others the footer below it. */
const below = (comment: Comment, forwarded: string, random: Random): readonly string[] =>
  random.chance(0.5) ? [...comment.footer, '', forwarded] : [forwarded, '', ...comment.footer];

function subjectOf({ original, comment, writer }: InlineWish, random: Random): string {
  if (random.chance(OWN_SUBJECT_SHARE))
    return random.pick(['this email', 'Got this today', 'Is this legal?', 'Please look at this']);
  return forwardSubject(`inline-text-${writer.client}` as Form, original, comment.spanish);
}

const ANNOUNCE: { readonly [client in Client]: (view: ForwardView) => Announcement } = {
  gmail: gmailForward,
  outlook: outlookForward,
  apple: appleForward,
  yahoo: yahooForward,
  thunderbird: thunderbirdForward,
};

const viewOf = (
  { original, comment, writer }: InlineWish,
  addressStyle: ForwardView['addressStyle'] = 'plain',
): ForwardView => ({
  original,
  zone: writer.zone,
  zoneName: writer.zone === -240 ? 'EDT' : writer.zone === -480 ? 'AKDT' : 'MST',
  spanish: comment.spanish,
  addressStyle,
});

const ADDRESS_STYLES: readonly (readonly [ForwardView['addressStyle'], number])[] = [
  ['plain', 6],
  ['bracketed-mailto', 2],
  ['doubled-mailto', 2],
];

/** The mail as the writer's program quotes it: its announcement, then its words. */
export function forwardedText(wish: InlineWish, random: Random): string {
  const { client } = wish.writer;
  const announcement = ANNOUNCE[client](viewOf(wish, random.weighted(ADDRESS_STYLES)));
  const words = wish.original.lines.join('\n');
  switch (client) {
    case 'gmail':
      return `${announcedText(announcement, `\n${wrapped(words, 75)}`)}`;
    case 'thunderbird':
      return announcedText(announcement, wrapped(words, 72));
    case 'apple': {
      const { marker, ...rest } = announcement;
      const inner = announcedText({ ...rest, marker: '' }, words).replace(/^\n/, '');
      return `${marker}\n\n${random.chance(0.6) ? quoted(inner) : inner}`;
    }
    case 'yahoo':
      return announcedText(announcement, random.chance(0.3) ? wrapped(words, 78) : words);
    case 'outlook':
      return announcedText(announcement, words);
  }
}

const quoted = (text: string): string => text.replace(/^/gm, '> ');

export function inlineHtml(wish: InlineWish, random: Random, kernels: Kernels): Letter {
  const { comment } = wish;
  const forwarded = forwardedText(wish, random);
  const plain =
    wish.writer.client === 'outlook'
      ? [...comment.lines, '', ...comment.footer, '', forwarded]
      : [...comment.lines, '', forwarded, '', ...comment.footer];
  const parts = [
    textPart('plain', `${plain.join('\n')}\n`, random, kernels),
    textPart('html', htmlOf(wish), random, kernels),
  ];
  const boundary = `${wish.writer.client === 'apple' ? 'Apple-Mail=_' : '000000000000'}${random.hex(24)}`;
  return {
    subject: subjectOf(wish, random),
    contentHeaders: [`Content-Type: multipart/alternative;${CRLF} boundary="${boundary}"`],
    body: multipartBody(boundary, random.chance(0.25) ? parts.slice(1) : parts),
  };
}

function htmlOf(wish: InlineWish): string {
  const own = htmlBody([...wish.comment.lines, '']);
  const footer = wish.comment.footer.length > 0 ? htmlBody(wish.comment.footer) : '';
  const fields = ANNOUNCE[wish.writer.client](viewOf(wish)).fields;
  const marker = ANNOUNCE[wish.writer.client](viewOf(wish)).marker;
  const words = htmlLines(wish.original.lines);
  switch (wish.writer.client) {
    case 'outlook':
      return `<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body dir="ltr">\n${own}${footer}<div id="appendonsend"></div>\n<hr style="display:inline-block;width:98%" tabindex="-1">\n<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" style="font-size:11pt" color="#000000">${boldFields(fields, wish.original)}</font><div>&nbsp;</div></div>\n<div>${words}</div>\n</body></html>\n`;
    case 'apple':
      return `<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body style="word-wrap: break-word;">${own}<div><br><blockquote type="cite"><div>${marker}</div><br class="Apple-interchange-newline">${appleFields(fields, wish.original)}<br><div>${words}</div></blockquote></div>${footer}</body></html>\n`;
    default:
      return `${own}<div class="gmail_quote"><div dir="ltr" class="gmail_attr">${marker}<br>${gmailFields(fields, wish.original)}</div><br><br>${words}</div>\n${footer}`;
  }
}

const isSender = (label: string): boolean => label === 'From' || label === 'De';

const linked = (value: string, original: Original): string =>
  htmlEscaped(value).replaceAll(original.shown.address, mailtoLink(original.shown.address));

const boldFields = (fields: Announcement['fields'], original: Original): string =>
  fields.map(([label, value]) => `<b>${label}:</b> ${linked(value, original)}<br>\n`).join('');

const appleFields = (fields: Announcement['fields'], original: Original): string =>
  fields
    .map(
      ([label, value]) =>
        `<div style="margin: 0px;"><span style="font-family: system-ui;"><b>${label}: </b></span><span>${linked(value, original)}<br></span></div>`,
    )
    .join('');

const gmailFields = (fields: Announcement['fields'], original: Original): string =>
  fields
    .map(([label, value]) =>
      isSender(label)
        ? `${label}: <strong class="gmail_sendername" dir="auto">${htmlEscaped(original.shown.name)}</strong> <span dir="auto">&lt;${mailtoLink(original.shown.address)}&gt;</span><br>`
        : `${label}: ${htmlEscaped(value)}<br>`,
    )
    .join('');

/** Several mails quoted one below the other, as a help desk copies them together. */
export function digestInline(
  wish: {
    readonly originals: readonly Original[];
    readonly comment: Comment;
    readonly writer: Writer;
  },
  random: Random,
  kernels: Kernels,
): Letter {
  const { originals, comment, writer } = wish;
  const quotes = originals.map((original) => forwardedText({ original, comment, writer }, random));
  const text = [...comment.lines, '', quotes.join('\n\n\n'), '', ...comment.footer].join('\n');
  const part = textPart('plain', `${text}\n`, random, kernels);
  return {
    subject: `All we got so far (${originals.length} messages)`,
    contentHeaders: part.headers,
    body: part.body,
  };
}
