import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'tocsin-package-'));
const installed = join(folder, 'node_modules/tocsin');
const node = (...words: readonly string[]): string =>
  execFileSync(process.execPath, words, { cwd: folder, encoding: 'utf8' });

beforeAll(() => {
  const packed = execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], {
    cwd: root,
    encoding: 'utf8',
  });
  mkdirSync(installed, { recursive: true });
  const archive = join(folder, packed.trim().split('\n').at(-1) ?? '');
  execFileSync('tar', ['xzf', archive, '-C', installed, '--strip-components=1']);
  symlinkSync(join(root, 'node_modules'), join(installed, 'node_modules'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package', () => {
  test('runs its command where it is installed', () => {
    const mail = join(folder, 'a.eml');
    writeFileSync(
      mail,
      'From: a@b.example\nSubject: s\nReceived: from x (x [8.8.8.8]) by y; x\n\nt\n',
    );
    const out = node(join(installed, 'bin/tocsin'), 'examine', mail);
    expect(out).toContain('a[at]b[.]example');
    expect(out).toContain('Google');
  });

  test('takes mail into a case and verifies it', () => {
    const command = join(installed, 'bin/tocsin');
    const out = node(command, 'investigate', join(folder, 'a.eml'), '--case', join(folder, 'case'));
    expect(out).toContain('Question board');
    expect(node(command, 'verify', join(folder, 'case'))).toContain('as it was recorded');
  });

  test.each(['mail', 'campaign', 'psi', 'exposure', 'template'])(
    'lets a program import %s',
    (room) => {
      const program = join(folder, 'program.mjs');
      writeFileSync(
        program,
        `console.log(Object.keys(await import('tocsin/${room}')).length > 3);`,
      );
      expect(node(program).trim()).toBe('true');
    },
  );
});
