import { spawnSync } from 'node:child_process';
import { cpSync, globSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * `npm pack` runs this: `dist` holds what `src` does as JavaScript with declarations, since Node
 * strips no types below `node_modules`. From a clone the program runs `src` itself, and nothing is
 * built.
 */
const root = resolve(import.meta.dirname, '..');
rmSync(join(root, 'dist'), { recursive: true, force: true });
const { status } = spawnSync('tsc', ['-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
for (const file of globSync('**/*.{sql,pages,md}', { cwd: join(root, 'src') })) {
  cpSync(join(root, 'src', file), join(root, 'dist', file));
}
process.exitCode = status ?? 1;
