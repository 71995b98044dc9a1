import { grouped } from '../base/index.ts';
import type { FileAction, FileRisk } from '../carried-file/index.ts';
import { field, safe } from './examine-lines.ts';

/** Risky files that are named; `--json` has all. */
const FILES_SHOWN_MAX = 12;

const ACTS: Readonly<Record<FileAction, string>> = {
  program: 'runs when opened',
  shortcut: 'runs what it names when opened',
  page: 'opens in the browser, where it can ask for a password',
  'disk-image': 'opens as a drive, and what it holds can run',
  macros: 'can run macros when opened',
  notebook: 'can hold files that run when opened',
  archive: 'holds a file that runs when opened',
};

/** What opening an attached file does, and how its name deceives, in words for a person. */
export function dangerLines(files: readonly FileRisk[]): readonly string[] {
  if (files.length === 0) return [];
  const shown = gravestFirst(files).slice(0, FILES_SHOWN_MAX);
  const rest = files.length - shown.length;
  return [
    ...shown.map((file, at) => field(at === 0 ? 'Danger' : '', told(file))),
    ...(rest > 0 ? [field('', `${grouped(rest)} more such files: --json has all`)] : []),
  ];
}

/** Those whose name or bytes deceive before those that only act. */
function gravestFirst(files: readonly FileRisk[]): readonly FileRisk[] {
  const deceives = ({ looksLike, bytesAre }: FileRisk): boolean =>
    looksLike !== null || bytesAre !== null;
  return [...files.filter(deceives), ...files.filter((file) => !deceives(file))];
}

function told({ path, fileName, action, holds, looksLike, bytesAre }: FileRisk): string {
  const held = holds === null ? '' : ` ("${safe(holds)}")`;
  const said = [
    ...(action === null ? [] : [`${ACTS[action]}${held}`]),
    ...(looksLike === null ? [] : [`its name is written to look like ${looksLike}`]),
    ...(bytesAre === null
      ? []
      : [`its name says something else than its bytes: they are ${bytesAre}`]),
  ];
  return `${path} ${fileName === null ? 'without a name' : `"${shownName(fileName)}"`}: ${said.join('; ')}.`;
}

/** A flood of blanks pushes the ending off the screen. */
const shownName = (name: string): string =>
  safe(name.replace(/\s{4,}/g, (blanks) => ` [${grouped(blanks.length)} blanks] `));
