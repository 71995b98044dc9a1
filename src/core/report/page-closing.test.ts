import { expect, test } from 'vitest';
import { sampleInvestigation } from '../../../test/sample/investigation.ts';
import { wordingFaults } from '../assessment/index.ts';
import { renderBoard } from './board-text.ts';
import { renderReport } from './page.ts';
import { picturesUnread } from './page-closing.ts';

test('mails with pictures are named: a code in one is a link that nobody looked for', () => {
  const bare = sampleInvestigation();
  expect(picturesUnread(bare)).toBe('');
  const exhibits = bare.exhibits.map((exhibit, at) => ({ ...exhibit, pictured: at === 0 ? 2 : 0 }));
  const investigation = { ...bare, exhibits };
  const text = picturesUnread(investigation);
  expect(wordingFaults(text)).toEqual([]);
  expect(text).toMatch(/^Pictures came with reported messages in 2 mails \(E1\)\. A QR code/);
  expect(renderBoard(investigation, { width: 200, colour: false })).toContain('A QR code in them');
  expect(renderReport(investigation)).toContain('A QR code in them');
});
