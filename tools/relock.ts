import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * `npm run relock`: makes package-lock.json from package.json alone, after a dependency changed.
 *
 * npm leaves out of a lockfile the optional platform packages that the registry at hand does not
 * serve, and then `npm ci` refuses that lockfile everywhere. Those are named here, each with its
 * exact version and the platform that its name tells, so that npm knows them and passes them over.
 */
interface Locked {
  version?: string;
  optional?: true;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: { readonly [name: string]: string };
}

const SYSTEMS = [
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'aix',
  'win32',
];
const PROCESSORS = [
  'arm64',
  'x64',
  'arm',
  'ia32',
  'riscv64',
  's390x',
  'ppc64',
  'loong64',
  'wasm32',
  'mips64el',
];

const has = (name: string, word: string): boolean =>
  name.split(/[-/]/).some((part) => part.startsWith(word));

/** An optional package that no registry answered for: the name says where it would run. */
function stubOf(name: string, version: string): Locked {
  const os = SYSTEMS.filter((system) => has(name, system));
  const cpu = PROCESSORS.filter((processor) => has(name, processor)).slice(0, 1);
  return {
    version,
    optional: true,
    os: os.length > 0 ? os : ['none'],
    ...(cpu.length > 0 ? { cpu } : {}),
    ...(has(name, 'musl') ? { libc: ['musl'] } : {}),
  };
}

export function withEveryPlatform(packages: { [path: string]: Locked }): void {
  for (const [path, locked] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(locked.optionalDependencies ?? {})) {
      const at = `node_modules/${name}`;
      const stands = at in packages || `${path}/${at}` in packages;
      if (!stands && /^\d/.test(version)) packages[at] = stubOf(name, version);
    }
  }
}

function relock(root: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-lock-'));
  try {
    for (const file of ['package.json', '.npmrc'])
      copyFileSync(join(root, file), join(folder, file));
    execFileSync('npm', ['install', '--package-lock-only', '--ignore-scripts'], { cwd: folder });
    const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
    withEveryPlatform(lock.packages);
    lock.packages = Object.fromEntries(
      Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)),
    );
    writeFileSync(join(root, 'package-lock.json'), `${JSON.stringify(lock, null, 2)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) relock(join(import.meta.dirname, '..'));
