import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleInvestigation } from '../../../test/sample/investigation.ts';
import { columnsOf, fitted, wrapped } from '../display/index.ts';
import { renderBoard, TERMINAL_TEXT_MAX } from './board-text.ts';
import type { Investigation } from './investigation.ts';

describe('the board on a terminal', () => {
  test('shows all questions first, each with its state in words', () => {
    const text = renderBoard(sampleInvestigation(), { width: 80, colour: false });
    expect(text.match(/^\[[ x~!]\] (?:UNKNOWN|PARTLY) /gm)).toHaveLength(11);
    expect(text.indexOf('What should voters know now?')).toBeLessThan(text.indexOf('5 campaigns'));
    expect(text).not.toContain('\n\n\n');
    expect(text).toContain('2 files not read:\n    - reports/scan-0412.pdf: This is not');
  });

  test('parts of an answer stand below it: one behind its heading, several in a list', () => {
    const points = [
      { about: 'C1, FL', says: ['mailed: 439 or more', 'taken, at most: 17,066'] },
      { about: 'Name servers', says: ['None was asked\u001B[31m by info@group.example.'] },
    ];
    const board = sampleInvestigation().board.map((answer) => ({ ...answer, points }));
    const text = renderBoard({ ...sampleInvestigation(), board }, { width: 80, colour: false });
    expect(text).toContain(
      '\n    - C1, FL:\n      - mailed: 439 or more\n      - taken, at most: 17,066\n',
    );
    expect(text).toMatch(/\n {4}- Name servers: None was asked.*info\[at\]group\[\.\]example\./);
    expect(text).not.toContain('\u001B');
  });

  test('ends with what the run cut short, and says nothing where it cut nothing', () => {
    const limits = [{ code: 'wording-over-limit', at: 'campaigns', text: '12 were not read.' }];
    const whole = { ...sampleInvestigation(), limits: [] };
    const told = (investigation: Investigation) =>
      renderBoard(investigation, { width: 80, colour: false });
    expect(told({ ...whole, limits })).toBe(
      `${told(whole)}12 were not read. [wording-over-limit]\n`,
    );
  });

  test('a case that holds nothing says so, and what to do', () => {
    const full = sampleInvestigation();
    const counts = { ...full.counts, exhibits: 0, originals: 0, unclustered: 0 };
    const text = renderBoard({ ...full, campaigns: [], counts }, { width: 80, colour: false });
    expect(text.replace(/\s+/g, ' ')).toMatch(
      /This case holds no reported mail\. Name files or folders .* "tocsin investigate PATH/,
    );
    expect(text).not.toMatch(/no exhibit,/);
  });

  test('says the same with and without colour', () => {
    const coloured = renderBoard(sampleInvestigation(), { width: 80, colour: true });
    expect(coloured).toContain('\u001B[36m[~] PARTLY');
    const bare = renderBoard(sampleInvestigation(), { width: 80, colour: false });
    expect(coloured.replace(/\u001B\[\d+m/g, '')).toBe(bare);
  });

  test('fits the terminal, and hostile text stays text', () => {
    const unit = fc.constantFrom(
      'a',
      ' ',
      '\u001B',
      '\u202E',
      '漢',
      '😀',
      '\u0301',
      '.',
      '@',
      '\n',
    );
    const hostiles = fc.string({ unit, maxLength: 40 });
    fc.assert(
      fc.property(hostiles, fc.integer({ min: 60, max: 100 }), (hostile, width) => {
        const text = renderBoard(sampleInvestigation({ exhibits: 6, hostile }), {
          width,
          colour: false,
        });
        expect(text).not.toMatch(/[\u001B\u202E\u0000]/);
        const tooLong = text.split('\n').filter((line) => columnsOf(line) > width);
        expect(tooLong).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test.each([20, 0, Number.POSITIVE_INFINITY])(
    'a width of %d is brought to a readable one',
    (width) => {
      const lines = renderBoard(sampleInvestigation(), { width, colour: false }).split('\n');
      expect(Math.max(...lines.map(columnsOf))).toBeLessThanOrEqual(100);
    },
  );

  test('text from outside ends one past its limit, and says so', () => {
    const unreadAs = (name: string): string =>
      renderBoard(
        { ...sampleInvestigation(), unread: [{ name, code: 'x', text: 'y' }] },
        { width: 80, colour: false },
      );
    expect(unreadAs('n'.repeat(TERMINAL_TEXT_MAX))).not.toContain('[cut here]');
    expect(unreadAs('n'.repeat(TERMINAL_TEXT_MAX + 1))).toContain('[cut here]');
  });

  test('small counts of persons stay coarse', () => {
    const text = renderBoard(sampleInvestigation(), { width: 80, colour: false });
    expect(text).toMatch(/^C3 +2 +fewer than 11 /m);
  });
});

describe('wrapping', () => {
  test('loses no word', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', ' ', '漢'), maxLength: 80 }),
        (text) => {
          const lines = wrapped(text, 10, '', '');
          expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
          expect(lines.every((line) => columnsOf(line) <= 10)).toBe(true);
        },
      ),
    );
  });

  test.each([
    ['plain', 5],
    ['漢字', 4],
    ['e\u0301', 1],
    ['😀', 2],
  ])('%s takes %i columns', (text, columns) => {
    expect(columnsOf(text)).toBe(columns);
  });

  test('what does not fit is cut visibly', () => {
    expect(fitted('abcdefghij', 8)).toBe('abcde...');
    expect(fitted('abcdefgh', 8)).toBe('abcdefgh');
  });
});
