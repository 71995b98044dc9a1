import { expect, test } from 'vitest';
import type { Sha256 } from '../base/index.ts';
import type { HeldForm } from '../report/index.ts';
import { examineClosing } from './examine-text.ts';

const EXHIBIT = { digest: 'ab'.repeat(32) as Sha256, bytes: 1_234, kind: 'mbox' } as const;

test('a copy that lost something comes with steps for the reporter, an exact one without', () => {
  const closing = (...forms: readonly HeldForm[]): string =>
    examineClosing({
      exhibit: EXHIBIT,
      messages: 1,
      letters: 0,
      forms: new Set(forms),
      limits: [],
    });
  expect(closing('message', 'attached')).not.toContain('Ask for');
  const asked = closing('message', 'inline');
  expect(asked).toMatch(/Show\s+original/);
  expect(asked).toMatch(/do\s+not\s+use\s+the\s+plain\s+Forward\s+button/);
});
