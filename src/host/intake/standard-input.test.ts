import { expect, test } from 'vitest';
import { isStandardInput, readStandardInput } from './standard-input.ts';

async function* chunks(...all: readonly string[]): AsyncIterable<Uint8Array> {
  for (const one of all) yield Buffer.from(one);
}

test('what is piped in is held whole, and read in any order', async () => {
  const source = await readStandardInput(chunks('From: a', '@b.example\n', '\nHi'));
  expect(source.size).toBe(21);
  expect(Buffer.from(await source.read(6, 3)).toString()).toBe('a@b');
});

test('one byte past the limit is refused, the limit itself is not, and an endless pipe ends', async () => {
  expect((await readStandardInput(chunks('abc', 'de'), 5)).size).toBe(5);
  await expect(readStandardInput(chunks('abc', 'def'), 5)).rejects.toMatchObject({
    unread: { code: 'input-too-large' },
  });
  const endless = (async function* () {
    for (;;) yield Buffer.from('x');
  })();
  await expect(readStandardInput(endless, 100)).rejects.toMatchObject({
    unread: { code: 'input-too-large' },
  });
});

test('a pipe that breaks is a failure to read, no defect', async () => {
  const broken = (async function* () {
    yield Buffer.from('x');
    throw Object.assign(new Error('broken'), { code: 'EIO' });
  })();
  await expect(readStandardInput(broken)).rejects.toMatchObject({
    unread: { name: 'standard input', code: 'file-unreadable' },
  });
});

test('"-" is what is piped in; a file of that name has a path', () => {
  expect(isStandardInput('-')).toBe(true);
  expect(isStandardInput('./-')).toBe(false);
  expect(isStandardInput('/dev/null')).toBe(false);
});
