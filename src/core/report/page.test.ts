import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleInvestigation } from '../../../test/sample/investigation.ts';
import { wordingFaults } from '../assessment/index.ts';
import { CAMPAIGN_ROWS_MAX, CAMPAIGNS_IN_FULL_MAX, EXHIBIT_ROWS_MAX } from './anchors.ts';
import type { Investigation } from './investigation.ts';
import { renderReport } from './page.ts';
import { SPANS_MAX, WORDING_MAX } from './page-campaigns.ts';

/** What a browser would see as tags, in order, with attribute names, one a line. */
function tagsOf(page: string): string {
  const body = page.slice(page.indexOf('<body>'));
  return Array.from(
    body.matchAll(/<\/?([a-z0-9]+)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*\/?>/g),
    (tag) => {
      const names = Array.from((tag[2] ?? '').matchAll(/([a-z-]+)=/g), (name) => name[1]);
      return `${tag[1]} ${names.join(' ')}`;
    },
  ).join('\n');
}

const idsOf = (page: string): readonly string[] =>
  Array.from(page.matchAll(/ id="([^"]*)"/g), (id) => id[1] ?? '');

const textOnly = (page: string): string =>
  page
    .slice(page.indexOf('<body>'))
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

const plain = renderReport(sampleInvestigation());
const large = renderReport(sampleInvestigation({ exhibits: 6_000, smallCampaigns: 400 }));

describe('the report page', () => {
  test('asks for nothing outside itself and runs nothing', () => {
    expect(plain).toContain("default-src 'none'");
    expect(plain).not.toMatch(
      /<script|<link|<img|<iframe|<form|\son[a-z]+=|@import|url\(|https?:/i,
    );
  });

  test('shows the question board before everything else', () => {
    const order = ['board', 'campaigns', 'exhibits', 'unread', 'method', 'glossary'];
    const places = order.map((id) => plain.indexOf(`<section id="${id}"`));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
    expect(plain.match(/<li class="answer/g)).toHaveLength(11);
  });

  test('parts of an answer stand below it, each under its heading, as text', () => {
    const investigation = sampleInvestigation();
    const { board } = investigation;
    const points = [
      { about: 'C1, <FL>', says: ['mailed: 439 or more', 'taken, at most: 17,066'] },
      { about: 'Name servers', says: ['None was asked.'] },
    ];
    const page = renderReport({
      ...investigation,
      board: board.map((each) => ({ ...each, points })),
    });
    expect(page).toContain(
      '<dl class="points"><div><dt>C1, &lt;FL&gt;</dt><dd><ul><li>mailed: 439 or more</li><li>taken, at most: 17,066</li></ul></dd></div><div><dt>Name servers</dt><dd>None was asked.</dd></div></dl>',
    );
  });

  test('every link leads to a place on the page, every place is one', () => {
    for (const page of [plain, large]) {
      const ids = idsOf(page);
      expect(new Set(ids).size).toBe(ids.length);
      const targets = new Set(
        Array.from(page.matchAll(/href="#([^"]*)"/g), (link) => link[1] ?? ''),
      );
      const places = new Set(ids);
      expect([...targets].filter((target) => !places.has(target))).toEqual([]);
      expect(targets).toContain('C1');
      expect(targets).toContain('E1');
    }
  });

  test('headings go down one step at a time', () => {
    const levels = Array.from(plain.matchAll(/<h([1-6])/g), (heading) => Number(heading[1]));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level, i) => i > 0 && level > (levels[i - 1] ?? 0) + 1)).toEqual([]);
  });

  test('every table has a caption and scoped headings', () => {
    const tables = plain.match(/<table[\s\S]*?<\/table>/g) ?? [];
    expect(tables.length).toBeGreaterThan(5);
    for (const table of tables) {
      expect(table).toContain('<caption>');
      expect(table.match(/<th(?! scope="(?:col|row)")[ >]/g)).toBeNull();
    }
  });

  test('states stand as words, each with a shape', () => {
    const chips = plain.match(/<span class="state state-\w+">[\s\S]*?<\/span>/g) ?? [];
    expect(chips.length).toBeGreaterThan(11);
    for (const chip of chips)
      expect(chip).toMatch(/<svg[^>]*aria-hidden="true">.+<\/svg>\w+<\/span>/);
  });

  test('withheld words are seen, and are not there', () => {
    const investigation = sampleInvestigation({});
    const campaigns = investigation.campaigns.map((each) => ({ ...each, templates: [] }));
    const page = renderReport({ ...investigation, campaigns });
    expect(page).toContain('<span class="withheld">5 words withheld</span>');
  });

  test('its own sentences keep the wording rules', () => {
    const own = textOnly(plain).replace(/we are in possession.*?good luck/g, '');
    expect(wordingFaults(own)).toEqual([]);
  });

  test('steps for the voter stand where originals are missing, and only there', () => {
    expect(plain).toContain('How to ask for the');
    const one = sampleInvestigation({ exhibits: 2 });
    expect(renderReport(one)).not.toContain('How to ask for the');
    const letter = sampleInvestigation({ exhibits: 2, letters: 1 });
    expect(textOnly(renderReport(letter))).toContain('How to ask for the 1 missing original');
  });

  test('an empty case is a page that says so', () => {
    const empty = {
      ...sampleInvestigation({ exhibits: 0, smallCampaigns: 0 }),
      campaigns: [],
      unread: [],
    };
    const page = renderReport(empty);
    expect(page).toContain('No exhibit holds a reported original.');
    expect(page).toContain('None. Every file that was handed over was read.');
    expect(textOnly(page)).not.toMatch(/undefined|NaN|\bnull\b/);
  });

  test('is the same page for the same investigation', () => {
    expect(renderReport(sampleInvestigation())).toBe(plain);
  });
});

describe('a large case', () => {
  test('stays below 300 KB and says what was left out', () => {
    expect(large.length).toBeLessThan(300_000);
    expect(large).toContain(`lists at most ${EXHIBIT_ROWS_MAX}; findings.json has all`);
    expect(large).toContain(`beyond the ${CAMPAIGN_ROWS_MAX} listed here`);
    expect(large.match(/<tr id="E/g)).toHaveLength(EXHIBIT_ROWS_MAX);
    expect((large.match(/<article/g) ?? []).length).toBeLessThanOrEqual(CAMPAIGNS_IN_FULL_MAX);
  });

  test('lists the exhibits that an answer cites, wherever they stand', () => {
    const investigation = sampleInvestigation({ exhibits: 1_000 });
    const last = investigation.exhibits.at(-1);
    const board = investigation.board.map((answer) => ({
      ...answer,
      evidence: [{ kind: 'exhibit' as const, id: last?.digest ?? '' }],
    }));
    expect(renderReport({ ...investigation, board })).toContain('id="E1000"');
  });
});

describe('wording', () => {
  const wordingOf = (wording: Investigation['campaigns'][number]['wording']): string => {
    const investigation = sampleInvestigation({ exhibits: 6, smallCampaigns: 0 });
    const campaigns = investigation.campaigns
      .slice(0, 1)
      .map((each) => ({ ...each, wording, templates: [] }));
    const page = renderReport({ ...investigation, campaigns });
    return /<blockquote class="wording">([\s\S]*?)<\/blockquote>/.exec(page)?.[1] ?? '';
  };

  test('keeps its lines', () => {
    expect(wordingOf([{ shared: 'first\r\nsecond' }])).toContain('first</bdi><br><bdi>second');
  });

  test('ends one past its limits, and says so', () => {
    const whole = 'a'.repeat(WORDING_MAX);
    expect(wordingOf([{ shared: whole }])).not.toContain('[cut here]');
    expect(wordingOf([{ shared: `${whole}b` }])).toMatch(
      /a<\/bdi><span class="unseen">\[cut here\]/,
    );
    const spans = Array.from({ length: SPANS_MAX + 1 }, () => ({ withheld: 1 }));
    expect(wordingOf(spans.slice(1))).not.toContain('[cut here]');
    expect(wordingOf(spans)).toContain('[cut here]');
  });
});

describe('template', () => {
  test('slots are numbered and named, what cannot be told says so, values are not there', () => {
    expect(plain).toContain('<span class="slot slot-1"><b>1</b> person name</span>');
    expect(plain).toContain('<span class="withheld">differs</span>');
    expect(plain).toMatch(/<caption>Slots [\s\S]*?2 street address/);
  });

  test('links are drawn and stand in a table, weak ones dashed and named so', () => {
    expect(plain).toContain('class="link weak"');
    expect(plain).toMatch(/<caption>Links between campaigns<\/caption>[\s\S]*?<td>strong<\/td>/);
  });
});

describe('personal data', () => {
  test('is announced on screen and at the foot of every printed page', () => {
    const page = renderReport(sampleInvestigation({ personalDataIncluded: true }));
    expect(page).toMatch(/<aside class="personal"[^>]*><strong>Contains personal data/);
    expect(page).toContain('@bottom-left{content:"Contains personal data');
    expect(page).toContain('reports/voter-1.eml');
  });

  test('is not there otherwise, nor are small counts of persons', () => {
    expect(plain).not.toContain('Contains personal data');
    expect(plain).not.toContain('voter-1.eml');
    expect(plain).toContain('fewer than 11');
  });
});

describe('hostile text', () => {
  const dangerous = fc
    .array(
      fc.constantFrom(
        ...['<', '>', '"', "'", '&', '</td>', '<script>', '-->', '<!--', ']]>', '`', '{{'],
        ...[
          '&lt;',
          'javascript:',
          '\u202E',
          '\u0000',
          '\u2028',
          '\uD800',
          'onload=',
          'x',
          ' ',
          '\n',
        ],
      ),
      { minLength: 1, maxLength: 12 },
    )
    .map((pieces) => pieces.join(''));

  test('changes no tag of the page, in whatever field it stands', () => {
    const small = { exhibits: 12, smallCampaigns: 1, personalDataIncluded: true };
    const pageWith = (hostile: string) => renderReport(sampleInvestigation({ ...small, hostile }));
    const tagsIn = (page: string) =>
      tagsOf(page.replace(/<span class="unseen">[^<]*<\/span>|<\/bdi><br><bdi>/g, ''));
    const calm = tagsIn(pageWith('calm'));
    fc.assert(
      fc.property(dangerous, (hostile) => {
        const page = pageWith(hostile);
        expect(tagsIn(page)).toBe(calm);
        expect(page).not.toMatch(/[\p{Bidi_Control}\p{Cs}\u2028\u0000]|<script/u);
      }),
      { numRuns: 40 },
    );
  });

  test('is cut at a named length, defanged, and shows what cannot be seen', () => {
    const page = renderReport(
      sampleInvestigation({ hostile: `\u202Ehttps://evil.example/${'a'.repeat(9_000)}` }),
    );
    expect(page).toContain('<span class="unseen">[U+202E]</span>hxxps[:]//evil[.]example/aaa');
    expect(page).toContain('[cut here]');
    expect(page).not.toContain('https://evil');
  });
});
