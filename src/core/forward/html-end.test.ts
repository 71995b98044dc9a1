import { describe, expect, test } from 'vitest';
import { nodeKernels } from '../../host/kernels/index.ts';
import { htmlToText } from '../html/index.ts';
import { findInlineForwards, type InlineForward } from './index.ts';

const HEAD =
  '---------- Forwarded message ---------<br>From: Proud Group &lt;<a href="mailto:info@group.example">info@group.example</a>&gt;<br>Date: Tue, Oct 20, 2020 at 8:59 AM<br>Subject: Vote or else<br>To: &lt;vera@voter.example&gt;<br><br>';
const BODY = '<div>Vote for Trump or we will come after you.</div>';
const TAIL = '<div>I am afraid. My number is 202-555-0177. Vera</div>';
const WORDS = 'I am afraid. My number is 202-555-0177. Vera';

const gmail = (inside: string): string =>
  `<div dir="ltr">Look<br><div class="gmail_quote"><div class="gmail_attr">${HEAD}</div>${inside}</div></div>`;

const search = (html: string, text = htmlToText(html)): readonly InlineForward[] =>
  findInlineForwards(
    { text, textFromHtml: text === htmlToText(html), html, subject: 'Fwd: Vote or else' },
    nodeKernels,
  );

const PLAIN = `Look\n\n---------- Forwarded message ---------\nFrom: Proud Group <info@group.example>\nDate: Tue, Oct 20, 2020 at 8:59 AM\nSubject: Vote or else\nTo: <vera@voter.example>\n\n\nVote for Trump or we will come after you.\n\n${WORDS}\n`;

describe('words below a forward, outside of its element in the page', () => {
  test.each<[string, string]>([
    ['Gmail', gmail(BODY)],
    ['Apple Mail', `<div>Look</div><blockquote type="cite">${HEAD}${BODY}</blockquote>`],
    ['Thunderbird', `<p>Look</p><div class="moz-forward-container">${HEAD}${BODY}</div>`],
    ['Proton', `<p>Look</p><div class="protonmail_quote"><div>${HEAD}</div>${BODY}</div>`],
  ])('are the reporter’s: %s', (_, page) => {
    for (const [forward] of [search(page + TAIL), search(page + TAIL, PLAIN)]) {
      expect(forward?.body.trim()).toBe('Vote for Trump or we will come after you.');
      expect(forward?.ownText.trim()).toBe('Vote for Trump or we will come after you.');
    }
    const [whole] = search(page + TAIL, PLAIN);
    expect(PLAIN.slice(whole?.bodySpan.end).trim()).toBe(WORDS);
  });

  test('are those of none of two forwards inside each other', () => {
    const inner = `<div class="gmail_quote">${HEAD.replace('Proud Group', 'Ann').replace('info@', 'ann@')}${BODY}</div>`;
    const [outer] = search(gmail(inner) + TAIL);
    expect(JSON.stringify(outer)).not.toContain('0177');
    expect(outer?.nested).toHaveLength(1);
  });

  test.each<[string, string]>([
    [
      'a link stands there',
      gmail(BODY) + TAIL.replace('Vera', '<a href="https://x.example/">V</a>'),
    ],
    ['a link stands there in words', gmail(BODY) + TAIL.replace('Vera', 'https://x.example/')],
    ['the element is never closed', gmail(BODY).replace(/<\/div><\/div>$/, '') + TAIL],
    [
      'the forward stands elsewhere',
      `<div class="gmail_quote">On Monday</div>${HEAD}${BODY}${TAIL}`,
    ],
    ['much stands there', gmail(BODY) + TAIL.replace('afraid', 'afraid '.repeat(400))],
    ['no element is known', `<p>Look</p>${HEAD}${BODY}${TAIL}`],
  ])('stay with the message where %s', (_, page) => {
    expect(search(page)[0]?.body).toContain('My number');
  });

  test('stay where the text does not end so', () => {
    const [forward] = search(gmail(BODY) + TAIL, PLAIN.replace(WORDS, `${WORDS} and more`));
    expect(forward?.body).toContain('My number');
  });

  test('cost no more than the page is long', () => {
    const many = gmail('<div>'.repeat(200_000)) + TAIL;
    const started = process.cpuUsage().user;
    search(many, PLAIN);
    expect(process.cpuUsage(undefined).user - started).toBeLessThan(2_000_000);
  });
});
