import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { ExhibitVault } from '../../app/ports/index.ts';
import type { Sha256 } from '../../core/base/index.ts';
import { nodeKernels } from '../kernels/index.ts';
import { openVault } from './index.ts';

const home = mkdtempSync(join(tmpdir(), 'tocsin-vault-'));
afterAll(() => rmSync(home, { recursive: true }));

let count = 0;
function freshFolder(): string {
  count += 1;
  return join(home, String(count));
}

function opened(folder: string, write = true): ExhibitVault {
  const vault = openVault({ folder, write });
  if (!vault.ok) throw new Error(vault.failure.code);
  return vault.value;
}

async function* chunks(...parts: readonly Uint8Array[]): AsyncIterable<Uint8Array> {
  yield* parts;
}

async function joined(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  return Buffer.concat(await all(source));
}

async function all<Item>(source: AsyncIterable<Item>): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const item of source) items.push(item);
  return items;
}

const text = (content: string): Uint8Array => Buffer.from(content);
const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' as Sha256;

describe('keep', () => {
  test('puts the bytes under their own digest, readable and no longer writable', async () => {
    const folder = freshFolder();
    const kept = await opened(folder).keep(chunks(text('a'), text(''), text('bc')));
    expect(kept).toEqual({ digest: abc, bytes: 3, head: Uint8Array.from(text('abc')) });
    const path = join(folder, 'ba', abc);
    expect(readFileSync(path, 'utf8')).toBe('abc');
    expect(statSync(path).mode & 0o777).toBe(0o400);
    expect(readdirSync(join(folder, 'incoming'))).toEqual([]);
  });

  test('whatever the size and the chunks, what comes out is what went in', async () => {
    const vault = opened(freshFolder());
    const sizes = fc.array(fc.oneof(fc.nat(100), fc.constantFrom(65_536, 262_143, 262_145)), {
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(255), async (lengths, seed) => {
        const parts = lengths.map((length, n) => Buffer.alloc(length, seed + n));
        const whole = Buffer.concat(parts);
        const kept = await vault.keep(chunks(...parts));
        expect(kept.digest).toBe(nodeKernels.sha256(whole));
        expect(kept.head).toEqual(Uint8Array.from(whole.subarray(0, 8192)));
        expect((await joined(vault.stream(kept.digest))).equals(whole)).toBe(true);
        expect(await vault.rehash(kept.digest)).toEqual({
          digest: kept.digest,
          bytes: whole.length,
        });
        const range = { offset: 70, length: 65_600 };
        const read = await vault.read(kept.digest, range);
        expect(whole.subarray(70, 65_670).equals(read)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  test('the same bytes twice, one after the other or at once, are kept once', async () => {
    const vault = opened(freshFolder());
    const large = Buffer.alloc(600_000, 7);
    const sources = [text('x'), text('x'), text('y'), large, large];
    await Promise.all(sources.map((bytes) => vault.keep(chunks(bytes))));
    await vault.keep(chunks(text('x')));
    expect(await all(vault.list())).toHaveLength(3);
  });

  test('a chunk that its owner fills again was already read', async () => {
    async function* reusing(): AsyncIterable<Uint8Array> {
      const buffer = Buffer.from('a');
      for (const letter of 'abc') {
        buffer.write(letter);
        yield buffer;
      }
    }
    expect((await opened(freshFolder()).keep(reusing())).digest).toBe(abc);
  });

  test('a source that breaks off rejects with its own error and leaves nothing', async () => {
    const folder = freshFolder();
    const vault = opened(folder);
    async function* broken(bytes: number): AsyncIterable<Uint8Array> {
      yield Buffer.alloc(bytes);
      throw new RangeError('unplugged');
    }
    await expect(vault.keep(broken(10))).rejects.toThrow(RangeError);
    await expect(vault.keep(broken(300_000))).rejects.toThrow(RangeError);
    expect(readdirSync(folder)).toEqual(['incoming']);
    expect(readdirSync(join(folder, 'incoming'))).toEqual([]);
  });
});

describe('a crash', () => {
  test('leaves a temporary file, which the next writer sweeps and a reader leaves alone', async () => {
    const folder = freshFolder();
    await opened(folder).keep(chunks(text('abc')));
    const left = join(folder, 'incoming', '99');
    writeFileSync(left, 'half');
    expect(await all(opened(folder, false).list())).toHaveLength(1);
    expect(existsSync(left)).toBe(true);
    opened(folder);
    expect(existsSync(left)).toBe(false);
  });

  test('a file cut short under its digest is replaced when the bytes come again', async () => {
    const folder = freshFolder();
    mkdirSync(join(folder, 'ba'), { recursive: true });
    writeFileSync(join(folder, 'ba', abc), 'ab');
    await opened(folder).keep(chunks(text('abc')));
    expect(readFileSync(join(folder, 'ba', abc), 'utf8')).toBe('abc');
  });
});

describe('links are never followed', () => {
  test('a file, a shelf or the vault itself that is a link', async () => {
    const folder = freshFolder();
    const outside = freshFolder();
    mkdirSync(outside);
    writeFileSync(join(outside, abc), 'abc');
    const vault = opened(folder);
    symlinkSync(outside, join(folder, 'ba'));
    expect(await vault.has(abc)).toBe(false);
    await expect(vault.read(abc)).rejects.toMatchObject({ code: 'exhibit-absent' });
    await expect(vault.keep(chunks(text('abc')))).rejects.toMatchObject({ code: 'vault-unusable' });
    rmSync(join(folder, 'ba'));
    mkdirSync(join(folder, 'ba'));
    symlinkSync(join(outside, abc), join(folder, 'ba', abc));
    await expect(joined(vault.stream(abc))).rejects.toMatchObject({ code: 'exhibit-absent' });
    const link = freshFolder();
    symlinkSync(folder, link);
    expect(openVault({ folder: link, write: true })).toMatchObject({
      failure: { code: 'vault-unusable', system: 'not-a-folder' },
    });
  });
});

test('the list names what does not belong', async () => {
  const folder = freshFolder();
  const vault = opened(folder);
  await vault.keep(chunks(text('abc')));
  writeFileSync(join(folder, 'notes.txt'), 'hello');
  writeFileSync(join(folder, 'ba', 'ba78'), '');
  expect(await all(vault.list())).toEqual([
    { name: 'ba/ba78', bytes: 0, digest: null },
    { name: `ba/${abc}`, bytes: 3, digest: abc },
    { name: 'notes.txt', bytes: 5, digest: null },
  ]);
});

test('a vault that nobody made cannot be read', () => {
  expect(openVault({ folder: freshFolder(), write: false }).ok).toBe(false);
});
