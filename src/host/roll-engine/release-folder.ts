import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { compareText, fail, ok, type Result, systemCode } from '../../core/base/index.ts';
import { parseManifest, type ReleaseManifest, releaseIdTwice } from '../../core/roll/index.ts';
import type { FileRefusal, RollFailure } from './failure.ts';
import { openRollFile, type RollFile } from './release-file.ts';

const ROLL = /\.(?:csv|tsv|txt)$/i;

/**
 * NAME.manifest.json and NAME.mapping.json stand beside NAME.csv, or beside a NAME of another form.
 */
export const beside = (path: string, what: 'manifest' | 'mapping'): string =>
  `${path.replace(ROLL, '')}.${what}.json`;

/**
 * Every release of a folder, or the first reason not to trust it.
 *
 * One bad release refuses all: an attribution that silently leaves out a candidate names another.
 */
export function openReleases(folder: string): Result<readonly RollFile[], FileRefusal> {
  const names = listed(folder);
  if (!names.ok) return fail({ file: folder, failure: names.failure });
  const manifests: { readonly path: string; readonly manifest: ReleaseManifest }[] = [];
  for (const name of names.value) {
    const path = join(folder, name);
    const manifest = manifestBeside(path);
    if (!manifest.ok) return fail({ file: path, failure: manifest.failure });
    manifests.push({ path, manifest: manifest.value });
  }
  if (manifests.length === 0) return fail({ file: folder, failure: { code: 'releases-none' } });
  const twice = releaseIdTwice(manifests.map(({ manifest }) => manifest));
  if (twice !== null) {
    const [first, second] = manifests.filter(({ manifest }) => manifest.releaseId === twice);
    const other = basename(first?.path ?? '');
    return fail({
      file: second?.path ?? folder,
      failure: { code: 'release-id-twice', releaseId: twice, other },
    });
  }
  const files: RollFile[] = [];
  for (const { path, manifest } of manifests) {
    const mapping = mappingBeside(path);
    const opened = guarded(() => openRollFile(path, manifest, mapping));
    if (!opened.ok) return fail({ file: path, failure: opened.failure });
    files.push(opened.value);
  }
  const inOrder = files.sort(
    (a, b) =>
      compareText(a.manifest.asOf, b.manifest.asOf) ||
      compareText(a.manifest.releaseId, b.manifest.releaseId),
  );
  return ok(inOrder);
}

function listed(folder: string): Result<readonly string[], RollFailure> {
  return guarded(() =>
    ok(
      readdirSync(folder, { withFileTypes: true })
        .filter((entry) => !entry.isDirectory() && ROLL.test(entry.name))
        .map(({ name }) => name)
        .sort(),
    ),
  );
}

/** The manifest that stands beside a roll. */
export function manifestBeside(path: string): Result<ReleaseManifest, RollFailure> {
  const text = textOf(beside(path, 'manifest'));
  return text === null ? fail({ code: 'manifest-missing' }) : parseManifest(text);
}

/** The text of the mapping file beside a roll; null where there is none. */
export const mappingBeside = (path: string): string | null => textOf(beside(path, 'mapping'));

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if (systemCode(cause) === 'ENOENT') return null;
    throw cause;
  }
}

function guarded<Value>(work: () => Result<Value, RollFailure>): Result<Value, RollFailure> {
  try {
    return work();
  } catch (cause) {
    return fail({ code: 'roll-unreadable', system: systemCode(cause) });
  }
}
