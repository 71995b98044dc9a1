import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeReferences } from './character-reference.ts';
import { htmlLinks, htmlToText, readHtml } from './html-text.ts';

test.each<[string, string, string]>([
  ['blocks break lines', '<div>Vote</div><div>by mail</div>', 'Vote\nby mail'],
  ['paragraphs leave a line', '<p>Vote</p><p>by mail</p>', 'Vote\n\nby mail'],
  [
    'br breaks, two leave a line, more add none',
    'a<br>b<br><br>c<br><br><br><br>d',
    'a\nb\n\nc\n\nd',
  ],
  ['white space collapses', ' a \n\t b  <b> c</b> ', 'a b c'],
  ['no-break spaces become blanks', 'a&nbsp;&nbsp;b', 'a  b'],
  [
    'cells are set apart, rows are lines',
    '<table><tr><td>From:</td><td>Clerk</td></tr><tr><td>To:</td></tr></table>',
    'From:\tClerk\nTo:',
  ],
  ['list items', '<ul><li>one</li><li>two</li></ul>', '- one\n- two'],
  ['pre keeps its lines', '<pre>a\n  b</pre>', 'a\n  b'],
  [
    'script, style, title and comments say nothing',
    '<title>t</title><style>p{}</style>a<script>"<b>"</script><!-- x -->b',
    'ab',
  ],
  [
    'a conditional comment hides its content',
    '<!--[if mso]>x<![endif]-->a<!--[if !mso]><!-->b<!--<![endif]-->',
    'ab',
  ],
  ['a tag inside a quoted value', '<a title="a>b">c</a>', 'c'],
  ['a lone less-than', '1 < 2 and 3<4', '1 < 2 and 3<4'],
  [
    'references',
    '&lt;b&gt; &amp;amp; &eacute;&#233;&#xE9;&#128; &notit; &hellip;',
    '<b> &amp; ééé€ ¬it; …',
  ],
  ['upper case', '<P>a</P><BR><DIV>b</DIV>', 'a\n\nb'],
  ['an unclosed xml island does not swallow the rest', '<xml>a<p>b', 'a\n\nb'],
  ['a closed xml island is dropped', 'a<xml>96</xml>b', 'ab'],
  ['an unclosed script swallows the rest, as in browsers', 'a<script>b', 'a'],
  ['a stray quote opens nothing', '<td width="1"">a</td> b', 'a b'],
  ['a link keeps its label', '<a href="mailto:x@y.example">x@y.example</a>', 'x@y.example'],
  ['a processing instruction', '<?xml version="1.0"?>a', 'a'],
  ['nothing', '', ''],
])('%s', (_, html, text) => {
  expect(htmlToText(html)).toBe(text);
});

describe('links', () => {
  test.each<[string, string, [string, string][]]>([
    [
      'target and label',
      '<a class=x href="https://evil.example/?a=1&amp;b=2">bank.<b>example</b></a>',
      [['https://evil.example/?a=1&b=2', 'bank.example']],
    ],
    ['no quotes', '<a href=http://x.example/>y</a>', [['http://x.example/', 'y']]],
    [
      'a query that looks like a reference',
      '<a href="http://x.example/?a=1&copy=2">y</a>',
      [['http://x.example/?a=1&copy=2', 'y']],
    ],
    [
      'an image',
      '<a href="http://x.example"><img src="cid:1" alt="Vote here"></a>',
      [['http://x.example', 'Vote here']],
    ],
    ['never closed', '<a href="http://x.example">y', [['http://x.example', 'y']]],
    [
      'one after the other',
      '<a href="http://a.example">1<a href="http://b.example">2</a>',
      [
        ['http://a.example', '1'],
        ['http://b.example', '2'],
      ],
    ],
    ['an anchor', '<a name="top">y</a>', []],
  ])('%s', (_, html, links) => {
    expect(htmlLinks(html).map(({ href, label }) => [href, label])).toEqual(links);
  });
});

describe('hidden text stays in, marked', () => {
  const hidden = (html: string): readonly string[] => {
    const { text, hidden } = readHtml(html);
    return hidden.map(({ start, end }) => text.slice(start, end).trim());
  };
  test.each<[string, string, string[]]>([
    ['display', 'a<div style="color:red; display: none">b</div>c', ['b']],
    ['nested elements of one name', '<div style="display:none">a<div>b</div>c</div>d', ['a\nb\nc']],
    ['visibility, in capitals', '<SPAN STYLE="VISIBILITY:HIDDEN">a</SPAN>b', ['a']],
    ['the hidden attribute', '<p hidden>a</p>b', ['a']],
    ['a zero size', '<span style="font-size:0px">a</span>b', ['a']],
    [
      'a zero size that a child undoes',
      '<td style="font-size:0"><p style="font-size:14px">a</p></td>',
      [],
    ],
    ['a pre-header', '<div style="max-height:0;overflow:hidden">a</div>b', ['a']],
    ['a full opacity hides nothing', '<div style="opacity:0.9">a</div>', []],
  ])('%s', (_, html, texts) => {
    expect(hidden(html)).toEqual(texts);
  });
});

test('HTML section 13.2.5.73: in an attribute an open reference before = or a letter is text', () => {
  expect(decodeReferences('?a&copy=1&reg', true)).toBe('?a&copy=1®');
  expect(decodeReferences('?a&copy=1&reg')).toBe('?a©=1®');
});

const fragment = fc.constantFrom(
  ...[
    '<',
    '>',
    '</',
    '<a href="',
    '"',
    "'",
    '=',
    '<!--',
    '-->',
    '<script>',
    '</script>',
    '<p',
    '&',
    ';',
  ],
  ...['&#', 'amp', ' ', '\n', 'x', '<xml>', '<div style="display:none">', '</div>', '\0', '\ud800'],
);

test('any text is read without throwing, and ranges lie in the text', () => {
  fc.assert(
    fc.property(fc.array(fragment, { maxLength: 60 }), (pieces) => {
      const { text, hidden, cut } = readHtml(pieces.join(''));
      for (let at = 1; at <= text.length; at++) expect(cut(at)).toBeGreaterThanOrEqual(cut(at - 1));
      for (const { start, end } of hidden) expect(end <= text.length && start < end).toBe(true);
    }),
  );
});

describe('words that a style sheet hides', () => {
  const hidden = (html: string): readonly string[] => {
    const { text, hidden: ranges } = readHtml(html);
    return ranges.map(({ start, end }) => text.slice(start, end).trim());
  };
  test.each<[string, string, string[]]>([
    ['a class', '<style>.pre{display:none}</style>a<p class="x Pre">b</p>c', ['b']],
    ['an element', '<style>i , b{ visibility:hidden }</style>a<b>b</b>c', ['b']],
    ['element and class', '<style>p.x{opacity:0}</style><p class=x>a</p><b class=x>b</b>', ['a']],
    [
      'an id, in Word’s comment',
      '<style><!-- /* {} */ #k{mso-hide:all} --></style><p id=k>a</p>',
      ['a'],
    ],
    [
      'for phones only',
      '<style>@media screen and (max-width:600px){.a{display:none}} .b{color:red}</style><p class=a>a</p>',
      [],
    ],
    ['in a chain', '<style>td .a{display:none}</style><p class=a>a</p>', []],
    [
      'overruled by the element',
      '<style>.a{display:none}</style><p class=a style="display:block">a</p>',
      [],
    ],
    ['a sheet without end', '<style>.a{display:none', []],
  ])('%s', (_, html, words) => {
    expect(hidden(html)).toEqual(words);
  });
});

test('reading stops where the text has passed the place that was asked for', () => {
  const html = `<p>one</p><p style="display:none">two</p><p>${'three '.repeat(99)}</p><p>four`;
  const { text, hidden } = readHtml(html, 6);
  expect([text, hidden.length]).toEqual(['one\n\ntwo', 1]);
  expect(htmlToText(html).startsWith(text)).toBe(true);
});

describe('a cut before a line of the text', () => {
  test.each<[string, string, string]>([
    [
      'takes the tags that open for it',
      '<p>a</p> <div>\n<a href=x>b</a></div>',
      '<div>\n<a href=x>b</a></div>',
    ],
    ['leaves blanks before it, and links on them', '<p>a</p><a href=y>&nbsp;</a><p>b', '<p>b'],
    ['leaves pictures before it', '<p>a</p><a href=y><img src=z></a><p>b', '<p>b'],
    ['in preformatted lines', '<pre>&gt; a\n&gt; b</pre>', '&gt; b</pre>'],
    ['behind references', '<p>&amp;&amp;a<br>&lt;b', '&lt;b'],
  ])('%s', (_, html, behind) => {
    const { text, cut } = readHtml(html);
    expect(html.slice(cut(text.lastIndexOf('\n') + 1))).toBe(behind);
    expect(cut(text.length)).toBe(html.length);
    const longer = `${html}</pre> <a href=z>&nbsp;</a>`;
    expect(readHtml(longer).cut(text.length)).toBe(longer.length);
  });
});

test.each([
  ['open tags', '<a '],
  ['rules', '<style>.a{display:none}'],
  ['unclosed islands', '<xml>'],
  ['unclosed comments', '<!-- '],
  ['quotes', '<a href="'],
  ['links', '<a href=x>y</a>'],
  ['references', '&amp'],
  ['closing tags in a script', '<script></x'],
])('many %s end', (_, piece) => {
  expect(htmlToText(piece.repeat(50_000)).length).toBeLessThan(300_001);
});

test.each([
  ['rules', '.a{display:none}'],
  ['comments', '/* '],
  ['braces', '{'],
  ['selectors', '.a,'],
])('a sheet of many %s ends', (_, piece) => {
  expect(readHtml(`<style>${piece.repeat(50_000)}</style><p class=b>a`).text).toBe('a');
});
