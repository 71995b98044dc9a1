'use strict';
// Runs on any Node: installs the locked dependencies when the lockfile is not the installed one.
const { createHash } = require('node:crypto');
const { existsSync, lstatSync, readFileSync, writeFileSync } = require('node:fs');
const { spawnSync } = require('node:child_process');
const { join } = require('node:path');

const root = join(__dirname, '..');
const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');
const modules = join(root, 'node_modules');
const stamp = join(modules, '.tocsin-lock');
// A link leads to packages that somebody else keeps.
const isLink = existsSync(modules) && lstatSync(modules).isSymbolicLink();
const installed = isLink || (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock);

if (!installed) {
  process.stderr.write('Installing the locked packages (once, about half a minute) ...\n');
  const run = spawnSync(
    'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
    },
  );
  if (run.status !== 0) {
    process.stderr.write(
      'npm ci did not finish: check the network or the npm registry, then run this again.\n',
    );
    process.exit(run.status || 1);
  }
  writeFileSync(stamp, lock);
}
