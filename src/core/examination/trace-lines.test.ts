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
