import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { officeSections } from '../../src/core/office-page/index.ts';
import { renderReport } from '../../src/core/report/index.ts';
import { loadAtlas } from '../../src/host/cli/atlas.ts';
import { sampleInvestigation } from '../sample/investigation.ts';
import { CHROMIUM_IS_HERE, INSTALL_LINE, launch } from './chromium.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const isCi = process.env['CI'] === 'true';

test('the browser suite runs, or a person is told how to get its browser', () => {
  expect(CHROMIUM_IS_HERE || !isCi, `no Chromium here: ${INSTALL_LINE}`).toBe(true);
});

if (!CHROMIUM_IS_HERE && !isCi)
  process.stderr.write(`The browser suite is left out. To run it: ${INSTALL_LINE}\n`);

describe.runIf(CHROMIUM_IS_HERE)('the report in a browser', () => {
  const rich = 'rich.html';
  const personal = 'personal.html';
  let folder: string;
  let browser: Browser;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tocsin-report-'));
    const whole = sampleInvestigation({ exhibits: 40, office: true });
    writeFileSync(join(folder, rich), renderReport(whole, officeSections(whole, loadAtlas())));
    const hostile = '\u202E<script>alert(1)</script>"\'<img src=x onerror=alert(1)>';
    const investigation = sampleInvestigation({ personalDataIncluded: true, hostile });
    writeFileSync(join(folder, personal), renderReport(investigation));
    browser = await launch();
  });

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  const addressOf = (file: string): string => pathToFileURL(join(folder, file)).href;

  /** Opens a page file and hands back every address that was asked for. */
  async function open(file: string, options: BrowserContextOptions = {}) {
    const page = await browser.newPage(options);
    const asked: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (line) => complaints.push(line.text()));
    page.on('dialog', (dialog) => complaints.push(dialog.message()));
    await page.goto(addressOf(file));
    return { page, asked, complaints };
  }

  const desktop = { viewport: { width: 1280, height: 900 } };
  const phone = { viewport: { width: 320, height: 640 } };

  test.each<[string, BrowserContextOptions, 'screen' | 'print', string]>([
    ['light', { ...desktop, colorScheme: 'light' }, 'screen', rich],
    ['dark', { ...desktop, colorScheme: 'dark' }, 'screen', rich],
    ['a phone', { ...phone, colorScheme: 'light' }, 'screen', rich],
    ['a dark phone', { ...phone, colorScheme: 'dark' }, 'screen', rich],
    ['print', desktop, 'print', rich],
    [
      'hostile text and personal data, light',
      { ...desktop, colorScheme: 'light' },
      'screen',
      personal,
    ],
    ['hostile text and personal data, dark', { ...phone, colorScheme: 'dark' }, 'screen', personal],
  ])('in %s axe finds nothing against WCAG 2.2 AA', async (_, options, media, file) => {
    const { page } = await open(file, options);
    await page.emulateMedia({ media });
    expect(await violations(page, media)).toEqual([]);
    await page.close();
  });

  test('nothing is fetched, run or refused', async () => {
    for (const file of [rich, personal]) {
      const { page, asked, complaints } = await open(file);
      expect(asked).toEqual([addressOf(file)]);
      expect(complaints).toEqual([]);
      await page.close();
    }
  });

  test.each([
    ['the rich page', rich],
    ['hostile text', personal],
  ])('with %s nothing scrolls sideways, from a phone to a wall', async (_, file) => {
    const { page } = await open(file);
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
    for (const width of [320, 400, 705, 960, 1280, 2560]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    }
    await page.close();
  });

  test('a table that a phone stacks is still a table to a screen reader', async () => {
    const { page } = await open(rich, phone);
    const list = page.getByRole('table', { name: 'in the order of custody' });
    const row = list
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader', { name: 'E7', exact: true }) });
    expect(await row.getByRole('cell').count()).toBe(3);
    expect(await list.getByRole('columnheader').count()).toBe(4);
    await page.close();
  });

  test('the board is there before anyone scrolls, on a desktop', async () => {
    const { page } = await open(rich, desktop);
    const top = await page.locator('#q-real').evaluate((card) => card.getBoundingClientRect().top);
    expect(top).toBeLessThan(900);
    await page.close();
  });

  test('the keyboard reaches everything in order, and one sees where it is', async () => {
    const { page } = await open(rich, desktop);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Skip to');
    await page.keyboard.press('Enter');
    expect(new URL(page.url()).hash).toBe('#board');
    await page.goto(addressOf(rich));
    const reached = await tabThrough(page);
    const reachable = await page.evaluate(
      () => document.querySelectorAll('a[href], summary, [tabindex="0"]').length,
    );
    expect(reached.length).toBe(reachable);
    expect(reached.filter(({ outline }) => outline === 'none')).toEqual([]);
    await page.close();
  });

  test('evidence of an answer leads to its account', async () => {
    const { page } = await open(rich, desktop);
    await page.locator('#q-sender .evidence a').first().click();
    const place = await page.evaluate(() => document.querySelector(':target')?.tagName);
    expect(place).toBe('ARTICLE');
    await page.close();
  });

  test('on paper the warning stands first, the menu is gone, and the PDF is tagged', async () => {
    const { page } = await open(personal, desktop);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.personal').isVisible()).toBe(true);
    expect(await page.locator('nav').isVisible()).toBe(false);
    const pdf = await page.pdf({ format: 'A4', tagged: true });
    expect(pdf.includes('/StructTreeRoot')).toBe(true);
    await page.close();
  });

  test('hostile text leaves the parsed page as it is', async () => {
    const { page } = await open(rich);
    const calm = await shapeOf(page, 'calm');
    for (const hostile of HOSTILE)
      expect([hostile, await shapeOf(page, hostile)]).toEqual([hostile, calm]);
    await page.close();
  });
});

const HOSTILE = [
  '</td></tr></table><h1>Answered</h1>',
  '"><img src=x onerror=alert(1)>',
  "' autofocus onfocus=alert(1) x='",
  '<!--',
  '--><script>alert(1)</script>',
  '</title></style><svg onload=alert(1)>',
  ']]><![CDATA[',
  '&lt;script&gt;&#x3c;b&#x3e;',
  '<plaintext>',
  '<base href=//evil.example>',
  '<meta http-equiv=refresh content=0>',
  '\u0000<b\u0000>',
  '\uD800<\uDFFF',
  '</bdi></bdi></bdi><a href=javascript:alert(1)>x</a>',
];

/** Every element with its attribute names as the browser's own parser reads them, marks aside. */
const shapeOf = (page: Page, hostile: string): Promise<readonly string[]> =>
  page.evaluate(
    (source) => {
      const parsed = new DOMParser().parseFromString(source, 'text/html');
      for (const mark of parsed.querySelectorAll('.unseen')) mark.remove();
      return Array.from(parsed.querySelectorAll('*'), (element) =>
        [element.tagName, ...element.getAttributeNames()].join(' '),
      );
    },
    renderReport(
      sampleInvestigation({ exhibits: 6, smallCampaigns: 1, personalDataIncluded: true, hostile }),
    ),
  );

/** Nobody presses a link on paper, so its size does not count there. */
async function violations(page: Page, media: 'screen' | 'print'): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const rules = { 'target-size': { enabled: media === 'screen' } };
  return page.evaluate(
    async (options) => {
      const axe = (
        globalThis as unknown as {
          axe: {
            run(
              context: unknown,
              options: unknown,
            ): Promise<{
              violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
            }>;
          };
        }
      ).axe;
      const found = await axe.run(document, options);
      return found.violations.flatMap(({ id, nodes }) =>
        nodes.map(
          (node) => `${id}: ${node.html.slice(0, 120)} ${node.failureSummary.slice(0, 200)}`,
        ),
      );
    },
    { runOnly: RULES, rules, resultTypes: ['violations'] },
  );
}

interface Stop {
  readonly name: string;
  readonly outline: string;
}

/** Where the focus stands after each press of Tab, until it leaves the page. */
async function tabThrough(page: Page): Promise<readonly Stop[]> {
  const stops: Stop[] = [];
  for (let press = 0; press < 1000; press++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const focused = document.activeElement;
      if (focused === null || focused === document.body) return null;
      const { outlineStyle } = getComputedStyle(focused);
      return { name: focused.textContent.slice(0, 40), outline: outlineStyle };
    });
    if (stop === null) break;
    stops.push(stop);
  }
  return stops;
}
