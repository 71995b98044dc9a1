import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

/**
 * `npm pack` runs this: `dist` holds what `src` does as JavaScript with declarations, since Node
 * strips no types below `node_modules`. From a clone the program runs `src` itself, and nothing is
 * built.
 */
const root = resolve(import.meta.dirname, '..');
const src = join(root, 'src');
rmSync(join(root, 'dist'), { recursive: true, force: true });
const { status } = spawnSync('tsc', ['-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
// Whatever is no program goes along as it is: migrations, tables, their sources.
for (const entry of readdirSync(src, { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name);
  if (entry.isFile() && !path.endsWith('.ts'))
    cpSync(path, join(root, 'dist', relative(src, path)));
}
process.exitCode = status ?? 1;
