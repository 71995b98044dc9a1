import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { type SampleOrder, sampleInvestigation } from '../../../test/sample/investigation.ts';
import { readAtlas } from '../atlas/index.ts';
import { renderReport } from '../report/index.ts';
import { officeSections, wantsAtlas } from './sections.ts';

const path = createRequire(import.meta.url).resolve('us-atlas/counties-10m.json');
const atlas = readAtlas(readFileSync(path, 'utf8'));

function pageOf(change: Partial<SampleOrder> = {}): string {
  const investigation = sampleInvestigation({ office: true, exhibits: 30, ...change });
  return renderReport(investigation, officeSections(investigation, atlas));
}

const plain = (html: string): string => html.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ');

describe('the sections of the office', () => {
  test('stand in the menu and are what the board links to', () => {
    const page = pageOf();
    for (const id of ['lists', 'counties', 'look-up-log']) {
      expect(page).toContain(`<li><a href="#${id}">`);
      expect(page).toContain(`<section id="${id}"`);
    }
    const source = page.slice(page.indexOf('id="q-data-source"'), page.indexOf('id="q-size"'));
    expect(source).toContain('<a href="#lists">Voter lists</a>');
    expect(source).toContain('<a href="#look-up-log">Look-up page log</a>');
  });

  test('are not there where nothing was given', () => {
    const investigation = sampleInvestigation();
    expect(officeSections(investigation, atlas)).toEqual([]);
    expect(wantsAtlas(investigation)).toBe(false);
    expect(wantsAtlas(sampleInvestigation({ office: true }))).toBe(true);
  });

  test('every plot says in words what it shows and has a table behind it', () => {
    const figures = pageOf().match(/<figure class="plot (?:rows|counties)">.*?<\/figure>/gs) ?? [];
    expect(figures).toHaveLength(5);
    for (const figure of figures) expect(figure).toMatch(/role="img" aria-label="[^"]{40,}"/);
    const page = pageOf();
    for (const caption of [
      'Probability of each source',
      'Each number has its own meaning',
      'Groups against the attributed release',
      'Linked recipients by county',
    ]) {
      expect(page).toContain(`<caption>${caption}`);
    }
  });

  test('a withheld count is said to be withheld and its county is hatched', () => {
    const page = pageOf();
    expect(plain(page)).toContain('On no listwithheld');
    expect(page).toContain('<title>Liberty: withheld</title>');
    expect(page).toMatch(/shade-hidden" d="[^"]+" fill="url\(#C1-0-hatch\)"/);
    expect(page).toContain('<title>Alachua: 120</title>');
    expect(plain(page)).toContain('1 county of the list is on no map and only in the table.');
  });

  test('what does not depend on who reports is told apart', () => {
    const page = plain(pageOf());
    expect(page).toMatch(/Canaries put in by lot .*party DEM2160under 0\.0001yes/);
    expect(page).toMatch(/watched day by day .*party DEM41since look 4yes/);
  });

  test('what is said of a release goes for anything derived from it', () => {
    expect(plain(pageOf())).toContain(
      '"A release" always means that release or anything derived from it',
    );
  });

  test('text from outside stays text: ids, counties, tools, reasons', () => {
    const hostile = '"><script>alert(1)</script><img src=x onerror=alert(1)>\u202E';
    const page = pageOf({ hostile });
    expect(page).not.toContain('<script>');
    expect(page).not.toContain('<img');
    expect(page).not.toContain('\u202E');
    expect(page).toContain('curl/7');
  });

  test('counties that found nobody are folded away below those that found somebody', () => {
    const investigation = sampleInvestigation({ office: true });
    const { matches } = investigation;
    if (matches === null) throw new Error('the sample has counts of counties');
    const county = { records: 5_000, reports: 400 };
    const counties = [
      { ...county, county: 'Ash', matched: 0 },
      { ...county, county: 'Birch', matched: null },
      { ...county, county: 'Cedar', matched: 40 },
      { ...county, county: 'Dogwood', matched: 90 },
    ];
    const counted = { ...investigation, matches: { ...matches, counties } };
    const words = plain(renderReport(counted, officeSections(counted, atlas)));
    expect(words).toMatch(
      /Dogwood5,00040090 ?Cedar5,00040040 ?Birch5,000400withheld ?1 county found nobody.*Ash5,0004000/,
    );
  });

  test('without an atlas the county table stands without its map', () => {
    const investigation = sampleInvestigation({ office: true });
    const page = renderReport(investigation, officeSections(investigation, null));
    expect(page).not.toContain('class="map"');
    expect(page).toContain('<caption>Linked recipients by county');
  });
});
