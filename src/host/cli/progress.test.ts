import { describe, expect, test } from 'vitest';
import { recordedTerminal } from '../../../test/kit/terminal.ts';
import { createProgress } from './progress.ts';
import { stepLine } from './progress-line.ts';

const LOOK = { columns: 80, colour: false, unicode: false };

describe('the progress line', () => {
  test.each<[string, Parameters<typeof stepLine>[0], Partial<typeof LOOK>, string]>([
    [
      'all of it',
      { name: 'read', done: 1_500, total: 6_000, elapsedMs: 2_000 },
      {},
      'read  [######..................]  1,500 of 6,000  750/s  6 s left',
    ],
    [
      'no total',
      { name: 'read', done: 1_500, total: null, elapsedMs: 2_000 },
      {},
      'read  1,500  750/s',
    ],
    ['no rate yet', { name: 'read', done: 0, total: 0, elapsedMs: 0 }, {}, 'read  0 of 0'],
    [
      'hours',
      { name: 'read', done: 1, total: 10_000, elapsedMs: 1_000 },
      { columns: 50 },
      'read  1 of 10,000  1/s  2 h 46 min left',
    ],
    [
      'narrow',
      { name: 'read', done: 1_500, total: 6_000, elapsedMs: 2_000 },
      { columns: 22 },
      'read  1,500 of 6,000',
    ],
    [
      'very narrow',
      { name: 'read', done: 1_500, total: 6_000, elapsedMs: 2_000 },
      { columns: 16 },
      '1,500 of 6,000',
    ],
    [
      'absurdly narrow',
      { name: 'read', done: 15, total: 60, elapsedMs: 2_000 },
      { columns: 4 },
      '',
    ],
    [
      'more than all',
      { name: 'read', done: 8, total: 4, elapsedMs: 0 },
      { unicode: true },
      `read  [${'█'.repeat(24)}]  8 of 4`,
    ],
  ])('%s', (_, step, look, line) => {
    expect(stepLine(step, { ...LOOK, ...look })).toBe(line);
  });

  test('is bold in its name only where colour is wanted', () => {
    const step = { name: 'read', done: 1, total: 2, elapsedMs: 0 };
    expect(stepLine(step, { ...LOOK, colour: true })).toMatch(/^\u001B\[1mread\u001B\[0m {2}/);
  });
});

describe('progress', () => {
  const clock = (): { now: () => number; pass: (ms: number) => void } => {
    let at = 0;
    return { now: () => at, pass: (ms) => (at += ms) };
  };

  test('draws one line over itself, and keeps notes and finished steps', () => {
    const terminal = recordedTerminal({ draws: true });
    const { now, pass } = clock();
    const progress = createProgress(terminal, now);
    progress.update('find', 1, null);
    pass(20);
    progress.update('find', 2, null);
    progress.note('a.eml: is empty\u001B[2J');
    pass(980);
    progress.update('read', 1, 4);
    pass(1_000);
    progress.update('read', 4, 4);
    progress.finish();
    progress.finish();
    const clear = '\r\u001B[2K';
    expect(terminal.err()).toBe(
      [
        `${clear}find  1`,
        `${clear}a.eml: is empty[U+001B][2J\n`,
        `${clear}find  2`,
        `${clear}find  2  1.0 s\n`,
        `${clear}read  [######..................]  1 of 4`,
        `${clear}read  [########################]  4 of 4  4/s`,
        `${clear}read  4  1.0 s\n`,
      ].join(''),
    );
  });

  test('gives a pipe nothing but notes', () => {
    const terminal = recordedTerminal();
    const progress = createProgress(terminal, () => 0);
    progress.update('find', 1, null);
    progress.note('a.eml: is empty');
    progress.finish();
    expect(terminal.err()).toBe('a.eml: is empty\n');
  });
});
