import { describe, expect, test } from 'vitest';
import { readHtml } from './index.ts';
import { SELECTORS_MAX, STYLE_LENGTH_MAX } from './style-sheet.ts';

const hidden = (html: string): readonly string[] => {
  const { text, hidden } = readHtml(html);
  return hidden.map(({ start, end }) => text.slice(start, end).trim());
};
const styled = (style: string): readonly string[] => hidden(`<p style="${style}">a</p>b`);

describe('a style of its own keeps words from a reader', () => {
  test.each<[string, string]>([
    ['collapse', 'visibility:collapse'],
    ['no height and nothing over it', 'height:0;overflow:hidden'],
    ['no width', 'overflow: hidden; width: 0px'],
    ['one pixel', 'font-size:1px'],
    ['less than one', 'font-size: .1px'],
    ['left of the screen', 'position:absolute;left:-9999px'],
    ['above it', 'position: fixed; top: -100em'],
    ['an indent', 'text-indent:-9999px'],
    ['white on white', 'color:#fff;background:#ffffff'],
    ['white on a white page', 'color:#FFF'],
    ['nearly white on a white page', 'color:#fefefe'],
    ['white by hue', 'color:hsl(0, 0%, 100%)'],
    ['white without transparency', 'color:rgba(255,255,255,1)'],
    ['no colour at all', 'color:rgba(0,0,0,0)'],
    ['hardly any', 'color:rgba(0, 0, 0, .01)'],
    ['faint', 'opacity:.01'],
    ['cut to nothing', 'position:absolute;clip:rect(0,0,0,0)'],
    ['cut to a pixel', 'position:absolute;clip:rect(1px 1px 1px 1px)'],
    ['cut by a path', 'clip-path:inset(100%)'],
    ['cut by half from each side', '-webkit-clip-path: inset(50%)'],
    ['shrunk to a point', 'transform:rotate(3deg) scale(0)'],
    ['shrunk to a line', 'transform:scaleX(0)'],
    ['white on white, spelled apart', 'background-color: white; color: rgb(255, 255, 255)'],
    ['transparent letters', 'color: transparent'],
    ['with a comment in it', "color: red; /* x' */ display: none"],
    ['said twice, the later counts', 'display:block;display:none'],
    ['important', 'display:none !important;display:block'],
  ])('%s', (_, style) => expect(styled(style)).toEqual(['a']));

  test.each<[string, string]>([
    ['a height of none that spills over', 'height:0'],
    ['a line of two pixels', 'font-size:2px'],
    ['a shift on the screen', 'position:absolute;left:-20px'],
    ['a far place of an element that stays', 'left:-9999px'],
    ['one colour only', 'color:#333'],
    ['black, whose last part is none', 'color:rgb(0, 0, 0)'],
    ['half seen', 'opacity:.5'],
    ['a corner cut off', 'position:absolute;clip:rect(0,10px,10px,0)'],
    ['a picture as large', 'transform:scale(1)'],
    ['white with a shadow', 'color:#fff;text-shadow:0 0 2px #000'],
    ['white laid over something', 'position:absolute;color:#fff'],
    ['white on a picture', 'color:#fff;background-image:url(x)'],
    ['a colour that can be told from white', 'color:#eee'],
    ['two colours', 'color:#fff;background:#000'],
    ['a picture behind white', "color:#fff;background:#fff url('x')"],
    ['letters cut out of a gradient', 'color:transparent;background:linear-gradient(red,blue)'],
    ['another property of like name', 'line-height:0;border-color:white;background:white'],
    ['none of something else', 'text-decoration:none;color:red;background:none'],
  ])('%s hides nothing', (_, style) => expect(styled(style)).toEqual([]));
});

describe('rules of a style sheet hide words too', () => {
  const ruled = (css: string, tag = '<p class="x y" id="z">'): readonly string[] =>
    hidden(`<style>${css}</style>${tag}a</p>b`);
  test.each<[string, string]>([
    ['.class', '.x{visibility:collapse;max-height:0;width:0}'],
    ['tag.class', 'P.y { display : none }'],
    ['#id', '#z{opacity:0}'],
    ['tag', 'p{display:none}'],
    ['another case, as in pages without a doctype', '.X{display:none}'],
    ['one of a list', 'td.q, .x , b{display:none}'],
    ['behind a screen’s rules', '@media (max-width:600px){.q{color:red}} .x{display:none}'],
    ['behind an import and a comment', '@import "a.css"; /* { */ .x{display:none}'],
    ['between marks for old programs', '<!-- .x{display:none} -->'],
    ['two classes, one colour each', '.x{color:#fff}.y{background-color:#fff}'],
    ['not closed', '.x{display:none'],
    ['every screen', '@media only screen, print{.x{display:none}}'],
    ['white on white', '.x{color:#fff}body{background:#fff}'],
  ])('%s', (_, css) => expect(ruled(css)).toEqual(['a']));

  test.each<[string, string, string?]>([
    ['a screen of one size', '@media (max-width:600px){.x{display:none}}'],
    ['a descendant', 'table .x{display:none}'],
    ['a state', '.x:hover{display:none}'],
    ['another tag', 'td.x{display:none}'],
    ['undone by a later rule', '.x{display:none}.y{display:block}'],
    ['undone by the id', '#z{display:block}.x{display:none}'],
    ['undone by its own style', '.x{display:none}', '<p class="x" style="display:block">'],
  ])('%s does not', (_, css, tag) => expect(ruled(css, tag)).toEqual([]));

  test('a sheet counts wherever it stands, but not within a comment', () => {
    expect(hidden('<p class=x>a</p>b<style>.x{display:none}</style>')).toEqual(['a']);
    expect(
      hidden('<!--[if mso]><style>.x{display:none}</style><![endif]--><p class=x>a</p>'),
    ).toEqual([]);
  });

  test.each<[string, string, string[]]>([
    ['a font', '<font color=white>a</font>', ['a']],
    ['a font on white', '<body bgcolor="#ffffff"><FONT COLOR="#FEFEFE">a</FONT>', ['a']],
    ['a font on blue', '<table bgcolor=#000080><td><font color=white>a</font></table>', []],
    ['black on black', '<td bgcolor=black><p style="color:#080808">a</p></td>', ['a']],
    ['behind a blue cell', '<td bgcolor=#008>a</td><font color=#fff>b</font>', ['b']],
    ['in a cell in a blue table', '<table bgcolor=#008><table><td></table><font color=#fff>b', []],
    ['on a picture', '<table background=x.png><td><font color=white>a</font></table>', []],
    ['on a blue page', '<body style="background:#008"><font color=white>a</font>', []],
    ['on blue by a class', '<style>.k{background:#008}</style><p class=k><font color=#fff>a', []],
    ['on blue by a tag', '<style>td{background:#008}</style><td><font color=#fff>a', []],
    ['on what a chain paints', '<style>p .k{background:#008}</style><font color=#fff>a', []],
    ['on what a sheet elsewhere paints', '<link href="a.css"><font color=#fff>a', []],
    ['on a button', '<button style="color:#fff">a</button>', []],
    ['undone inside', '<p style="COLOR:#fff">a<b STYLE="COLOR:#111">b</b></p>', ['a']],
  ])('letters of the colour behind them: %s', (_, html, words) =>
    expect(hidden(html)).toEqual(words),
  );

  test('a tag without attributes is hidden by a rule for its name', () => {
    expect(hidden('<style>q{display:none}</style><q>a</q>b')).toEqual(['a']);
  });

  test('an important rule outranks the element', () => {
    expect(ruled('.x{display:none!important}', '<p class="x" style="display:block">')).toEqual([
      'a',
    ]);
  });
});

test('letters of one colour with the page are shown by an element with its own', () => {
  const white = 'style="color:#fff;background:#fff"';
  expect(hidden(`<body ${white}><p>a</p></body>`)).toEqual([]);
  expect(hidden(`<div ${white}>a<b style="color:red">b</b></div>`)).toEqual(['a']);
  const sheet = '<style>.s{font-size:14px}</style>';
  expect(hidden(`${sheet}<td style="font-size:0">a<p class="s">b</p></td>`)).toEqual(['a']);
});

test('one past the limits of style sheets', () => {
  const padding = `${' '.repeat(STYLE_LENGTH_MAX)}.x{display:none}`;
  expect(hidden(`<style>${padding}</style><p class="x">a</p>`)).toEqual([]);
  const rules = Array.from({ length: SELECTORS_MAX }, (_, at) => `.c${at}{display:none}`).join('');
  expect(
    hidden(`<style>${rules}.x{display:none}</style><p class="c7">a</p><p class="x">b</p>`),
  ).toEqual(['a']);
});

test.each([
  ['open comments', '/*'],
  ['open braces', '@x{'],
  ['rules', '.a{color:red}'],
  ['selectors', '.a,'],
  ['style tags', '</style><style>'],
  ['HTML comments', '<!--'],
  ['colours', 'color:'],
])('many %s in a sheet or a style end', (_, piece) => {
  const css = piece.repeat(50_000);
  expect(
    readHtml(`<style>${css}</style><p class="a" style="${css}">a</p>`).text.length,
  ).toBeLessThan(1_000_000);
});
