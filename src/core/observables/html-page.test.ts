import { expect, test } from 'vitest';
import { EMPTY_MESSAGE as message } from '../../../test/kit/empty-message.ts';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import { INNER_PAGES_MAX, PAGE_DEPTH_MAX } from './html-page.ts';
import { collectObservables } from './index.ts';

const collect = (html: string) =>
  collectObservables({
    message,
    bodies: [{ path: '0.1', kind: 'html', text: html }],
    codes: [],
    kernels,
  });

const inHtml = (html: string): string[] =>
  collect(html).observables.map(({ type, value }) => `${type} ${value}`);

test.each<[string, string, string[]]>([
  [
    'srcset',
    '<img srcset="http://a.example.com/1,2.png 1x, http://b.example.com/2.png 2x,c.png">',
    ['http://a.example.com/1,2.png', 'http://b.example.com/2.png'],
  ],
  [
    'links of drawings',
    '<svg><a xlink:href="http://a.example.com/">x</a></svg>',
    ['http://a.example.com/'],
  ],
  [
    'a frame written out',
    '<iframe srcdoc="<a href=&quot;http://a.example.com/&quot;>x</a>"></iframe>',
    ['http://a.example.com/'],
  ],
  [
    'pings',
    '<a href="#" ping="http://a.example.com/p http://b.example.com/q">x</a>',
    ['http://a.example.com/p', 'http://b.example.com/q'],
  ],
  [
    'style sheets',
    '<style>@import "http://a.example.com/i.css"; p{background:url( "http://b.example.com/b.png" )}</style>',
    ['http://a.example.com/i.css', 'http://b.example.com/b.png'],
  ],
  [
    'styles',
    '<p style="background:url(http://a.example.com/a),url(\'http://b.example.com/b\')">',
    ['http://a.example.com/a', 'http://b.example.com/b'],
  ],
  [
    'a draft',
    '<a href="mailto:?body=see%20http://a.example.com/x">x</a>',
    ['http://a.example.com/x'],
  ],
  [
    'a base',
    '<base href="http://a.example.com/d/e.html"><a href="f/../g?h=../i">x</a><img src="/j">',
    ['http://a.example.com/d/e.html', 'http://a.example.com/d/g?h=../i', 'http://a.example.com/j'],
  ],
])('addresses stand in %s', (_, html, found) => {
  const { observables } = collect(html);
  expect(observables.filter((o) => o.type === 'url').map((o) => o.value)).toEqual(found);
});

test('a page written out in a link is opened, and pages within it to a depth', () => {
  const page = (html: string) => `data:text/html;base64,${btoa(html)}`;
  const link = (target: string) => `<a href="${target}">x</a>`;
  let html = '<a href="http://deep.example.com/">x</a>';
  for (let depth = 0; depth < PAGE_DEPTH_MAX; depth += 1) html = link(page(html));
  const whole = collect(html);
  const found = whole.observables.find(({ value }) => value === 'http://deep.example.com/');
  expect(found?.where[0]).toMatchObject({ place: 'link-target', offset: 9 });
  expect(found?.where[0]?.how).toEqual(Array(PAGE_DEPTH_MAX).fill('data-url'));
  const deeper = collect(link(page(html)));
  expect(deeper.observables.some(({ value }) => value.includes('deep'))).toBe(false);
  expect(deeper.limits.map(({ code }) => code)).toEqual(['inner-pages-over-limit']);
  const many = link('data:text/html,x').repeat(INNER_PAGES_MAX + 1);
  const { limits } = collect(many);
  expect(limits.map(({ code }) => code)).toEqual(['inner-pages-over-limit']);
});

test('a drawing and a frame are searched as pages are', () => {
  const svg = encodeURIComponent('<svg><a href="http://a.example.com/">x</a></svg>');
  expect(inHtml(`<img src="data:image/svg+xml,${svg}">`)).toContain('url http://a.example.com/');
  expect(inHtml('<iframe srcdoc="call 202-555-0123"></iframe>')).toEqual(['phone +12025550123']);
});

test.each<[string, string[]]>([
  ['e<span></span>vil<b></b>55.com', ['host evil55.com']],
  ['ev<!-- x -->il56.com', ['host evil56.com']],
  ['<p>a</p>b.com<br>c.com<td>d.com', ['host b.com', 'host c.com', 'host d.com']],
  ['<a>a.com</a><a>b.com</a>', ['host a.com', 'host b.com']],
  [
    'a.com<span style="display:block">b.com</span>c.com',
    ['host a.com', 'host b.com', 'host c.com'],
  ],
  ['b<i>@</i>evil.example.com', ['email b@evil.example.com', 'host evil.example.com']],
])('%s reads as a person sees it', (html, found) => expect(inHtml(html)).toEqual(found));

test.each<[string, string]>([
  ['tel:2025550130', '+12025550130'],
  ['tel:1-202-555-0130;ext=3', '+12025550130'],
  ['sms:%2B442079460018?body=x', '+442079460018'],
  ['tel:911', '911'],
  ['tel:01632 960 123', '01632960123'],
])('%s is dialled as %s', (href, number) =>
  expect(inHtml(`<a href="${href}">x</a>`)).toEqual([`phone ${number}`]),
);
