import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Find, ReadFailure } from '../../app/ports/index.ts';
import { findFiles } from './find.ts';

const base = mkdtempSync(join(tmpdir(), 'tocsin-find-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

let made = 0;
function folder(files: Record<string, string | Buffer> = {}): string {
  made += 1;
  const root = join(base, String(made));
  mkdirSync(root);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(root, name, '..'), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

/** `name` relative to the root, or `name: code` for what was not read. */
function said(root: string, finds: Iterable<Find>): readonly string[] {
  const short = (name: string): string => name.replace(`${root}/`, '').replace(root, '.');
  return [...finds].map((find) => {
    if ('found' in find) return short(find.found.name);
    if ('skipped' in find) return `${short(find.skipped.name)}: skipped ${find.skipped.code}`;
    return `${short(find.unread.name)}: ${find.unread.code}`;
  });
}

const walk = (root: string, caseFolder: string | null = null): readonly string[] =>
  said(root, findFiles([root], caseFolder));

async function bytesOf(find: Find | undefined): Promise<Buffer> {
  if (find === undefined || !('found' in find)) throw new Error('not found');
  const chunks: Uint8Array[] = [];
  for await (const chunk of find.found.open()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('a walk', () => {
  test('goes depth first, in byte order, and says nothing of what is fine', () => {
    const root = folder({ 'b.eml': 'x', 'a/2': 'x', 'a/10': 'x', Z: 'x', é: 'x' });
    expect(walk(root)).toEqual(['Z', 'a/10', 'a/2', 'b.eml', 'é']);
  });

  test('keeps the order and the names that the person gave', () => {
    const root = folder({ 'b.eml': 'x', 'a.eml': 'x' });
    const paths = [`${root}/b.eml`, `${root}/./a.eml`];
    expect(said(root, findFiles(paths, null))).toEqual(['b.eml', './a.eml']);
  });

  test('names a given folder without any file, not those within one that has some', () => {
    const root = folder({ 'z.eml': 'x' });
    mkdirSync(join(root, 'a/b'), { recursive: true });
    expect(walk(root)).toEqual(['z.eml']);
    expect(walk(join(root, 'a'))).toEqual(['.: folder-empty']);
    const both = findFiles([join(root, 'a'), join(root, 'z.eml')], null);
    expect(said(root, both)).toEqual(['a: folder-empty', 'z.eml']);
  });

  test('names a loop of folders once and reads the rest', () => {
    const root = folder({ 'a/mail': 'x', z: 'x' });
    symlinkSync(root, join(root, 'a/back'));
    expect(walk(root)).toEqual(['a/back: folder-loop', 'a/mail', 'z']);
  });

  test('reads a folder once however many links lead to it', () => {
    const root = folder({ 'l00/mail': 'x' });
    for (let level = 1; level <= 40; level += 1) {
      const here = join(root, `l${String(level).padStart(2, '0')}`);
      mkdirSync(here);
      for (const side of ['left', 'right']) {
        symlinkSync(join(root, `l${String(level - 1).padStart(2, '0')}`), join(here, side));
      }
    }
    const lines = walk(root);
    expect(lines.filter((line) => !line.includes(':'))).toEqual(['l00/mail']);
    expect(lines).toHaveLength(81);
    expect(lines[1]).toBe('l01/left: skipped folder-again');
  });

  test('leaves out the case folder and says so', () => {
    const root = folder({ 'mail/1': 'x', 'case/vault/1': 'x' });
    expect(walk(root, join(root, 'case'))).toEqual(['case: skipped case-folder', 'mail/1']);
    expect(walk(root, root)).toEqual(['.: skipped case-folder']);
    expect(walk(join(root, 'mail'), root)).toEqual(['1']);
  });

  test('gives each unreadable thing one line and goes on', () => {
    const root = folder({ 'a-empty': '', z: 'x' });
    symlinkSync('nowhere', join(root, 'b-dangling'));
    symlinkSync('c-self', join(root, 'c-self'));
    execFileSync('mkfifo', [join(root, 'd-pipe')]);
    expect(walk(root)).toEqual([
      'a-empty: file-empty',
      'b-dangling: link-dangling',
      'c-self: link-loop',
      'd-pipe: not-a-file',
      'z',
    ]);
  });

  test('names a given path that does not exist', () => {
    const root = folder({ z: 'x' });
    const paths = ['/nowhere.example', join(root, 'z/below'), '/dev/null', root];
    expect(said(root, findFiles(paths, null))).toEqual([
      '/nowhere.example: path-missing',
      'z/below: path-missing',
      '/dev/null: not-a-file',
      'z',
    ]);
  });

  test('stops at a depth with a name', () => {
    const root = folder();
    const deepest = join(root, ...Array<string>(255).fill('d'));
    mkdirSync(join(deepest, 'd'), { recursive: true });
    writeFileSync(join(deepest, 'x'), 'x');
    const short = (line: string) => line.replace(/(d\/)+/, '');
    expect(walk(root).map(short)).toEqual(['d: folder-too-deep', 'x']);
  });
});

describe('a found file', () => {
  test('gives its exact bytes, small or large', async () => {
    const large = Buffer.alloc(3_500_000, 'abcdefg');
    const root = folder({ large, small: 'hello' });
    const [first, second] = [...findFiles([root], null)];
    expect((await bytesOf(first)).equals(large)).toBe(true);
    expect((await bytesOf(second)).toString()).toBe('hello');
  });

  test('is read where its name is not UTF-8', async () => {
    const root = folder();
    writeFileSync(Buffer.concat([Buffer.from(`${root}/a`), Buffer.of(0xff)]), 'x');
    const [find] = [...findFiles([root], null)];
    expect((await bytesOf(find)).toString()).toBe('x');
  });

  test('that went away before reading is a failure with its line', async () => {
    const root = folder({ gone: 'x' });
    const [find] = [...findFiles([root], null)];
    unlinkSync(join(root, 'gone'));
    const failure = await bytesOf(find).catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(ReadFailure);
    expect((failure as ReadFailure).unread.code).toBe('file-vanished');
  });

  test('that became a named pipe is not waited for', async () => {
    const root = folder({ pipe: 'x' });
    const [find] = [...findFiles([root], null)];
    unlinkSync(join(root, 'pipe'));
    execFileSync('mkfifo', [join(root, 'pipe')]);
    const failure = await bytesOf(find).catch((thrown: unknown) => thrown);
    expect((failure as ReadFailure).unread.code).toBe('not-a-file');
  });

  test.runIf(process.platform === 'linux')('that the system cannot read is named', () => {
    const [find] = [...findFiles(['/proc/self/mem'], null)];
    expect(find).toEqual({
      unread: {
        name: '/proc/self/mem',
        code: 'file-unreadable',
        text: 'cannot be read: the disk or device gave an error',
      },
    });
  });
});
