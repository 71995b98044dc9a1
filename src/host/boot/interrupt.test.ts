import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const AT_WORK = `
  const { interruptible } = await import(process.argv[1]);
  const terminal = { draws: false, say: (line) => console.log(line) };
  const onInterrupt = interruptible(terminal);
  onInterrupt(() => console.log('store closed'));
  onInterrupt(async () => { throw new Error('log would not close') });
  onInterrupt(() => console.log('line cleared'));
  setInterval(() => undefined, 1000);
  console.log('at work');
`;

test.each<[NodeJS.Signals, number]>([
  ['SIGINT', 130],
  ['SIGTERM', 143],
])('%s closes what is open, newest first, and ends with %i', async (signal, code) => {
  const module = join(import.meta.dirname, 'interrupt.ts');
  const child = spawn(process.execPath, ['--input-type=module', '-e', AT_WORK, module]);
  let out = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
    // Twice, as an older Node's hand-over sends it: still closed once, and cleanly.
    if (out === 'at work\n') for (let times = 0; times < 2; times += 1) child.kill(signal);
  });
  const ended = await new Promise((done) => child.on('close', done));
  expect(out).toBe('at work\nline cleared\nstore closed\ntocsin: stopped.\n');
  expect(ended).toBe(code);
});

test('a reader that goes early ends us without a word, and what is open is closed', async () => {
  const module = join(import.meta.dirname, 'interrupt.ts');
  const talking = AT_WORK.replace('store closed', 'x')
    .replace("console.log('x')", "console.error('store closed')")
    .replace("console.log('line cleared')", 'undefined');
  const code = `${talking}; setInterval(() => console.log('more'), 1);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code, module]);
  let err = '';
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  child.stdout.once('data', () => child.stdout.destroy());
  const ended = await new Promise((done) => child.on('close', done));
  expect(err).toBe('store closed\n');
  expect(ended).toBe(0);
});
