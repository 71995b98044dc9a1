import { expect, test } from 'vitest';
import { EMPTY_MESSAGE } from '../../../test/kit/empty-message.ts';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import { collectObservables, type Locate } from '../observables/index.ts';
import { observableLines } from './trace-lines.ts';

const nowhere: Locate = () => ({ offset: null, length: null, why: 'rebuilt' });

function linesOf(html: string): readonly string[] {
  const bodies = [{ path: '0.1', kind: 'html', text: html }] as const;
  const { observables } = collectObservables({
    message: EMPTY_MESSAGE,
    bodies,
    codes: [],
    kernels,
  });
  return observableLines(observables, nowhere).map((line) => line.trim());
}

test('a link that leads on is said to, and is not called false', () => {
  const lines = linesOf('<a href="https://lnks.gd/l/a">www.county.example.org</a>');
  expect(lines).toContain(
    'link by way   example[.]org goes by way of lnks[.]gd: where it ends is not shown  (link-text)',
  );
  expect(lines.join()).not.toContain('false link');
});

test("hosts of an office's link protection are marked: nobody should block them", () => {
  const lines = linesOf('<a href="https://protect-us.mimecast.com/s/a?domain=a.example.org">x</a>');
  expect(lines).toContain(
    'host          protect-us[.]mimecast[.]com  (link-target; link protection, never to be blocked)',
  );
  expect(lines).toContain('host          a[.]example[.]org  (link-target)');
});

const PICTURES = Array.from(
  { length: 40 },
  (_, at) => `<img src="https://i${at}.example.net/${at}.png">`,
).join('');
const TELLING =
  '<a href="https://evil.example.net/">www.county.example.org</a> pay bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4 or call 202-555-0199';

test.each<[string, string]>([
  ['pictures', PICTURES],
  [
    'false links',
    Array.from(
      { length: 40 },
      (_, at) => `<a href="https://evil.example.net/">a${at}-example.org</a>`,
    ).join(' '),
  ],
  ['telephones', Array.from({ length: 40 }, (_, at) => `202-555-01${at + 10}`).join(', ')],
  ['wallets', Array.from({ length: 40 }, (_, at) => `0x${String(at).padStart(40, '1')}`).join(' ')],
])('a flood of %s hides no other kind of trace', (_, flood) => {
  const lines = linesOf(`${flood} ${TELLING}`).join('\n');
  expect(lines).toContain('false link ');
  expect(lines).toMatch(/wallet +\w{26}/);
  expect(lines).toMatch(/telephone +\+1202555/);
});

test('pictures stand last, and what is cut off is counted by kind', () => {
  const lines = linesOf(`${PICTURES} ${TELLING}`);
  expect(lines.slice(1, 4).map((line) => line.split('  ')[0])).toEqual([
    'false link',
    'wallet',
    'telephone',
  ]);
  const rows = lines.filter((line) => /^(?:link|host) /.test(line));
  const isPicture = rows.map((line) => Number(line.includes('html-attribute')));
  expect(isPicture).toEqual(isPicture.toSorted());
  expect(linesOf(`${PICTURES}<iframe src="https://a.example.org/"></iframe>`)[1]).toBe(
    'link          hxxps[:]//a[.]example[.]org/  (html-attribute)',
  );
  expect(lines.at(-1)).toMatch(/^\.\.\. \d+ more: \d+ links, \d+ hosts; --json has all$/);
});
