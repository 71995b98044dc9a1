import type { LayoutFailure, ManifestFailure } from '../../core/roll/index.ts';

/** Why a roll or release is refused; every code is a row of docs/failures.md. */
export type RollFailure =
  | LayoutFailure
  | ManifestFailure
  | { readonly code: 'manifest-missing' }
  | { readonly code: 'manifest-hash'; readonly stated: string; readonly found: string }
  | { readonly code: 'manifest-rows'; readonly stated: number; readonly found: number }
  | { readonly code: 'release-id-twice'; readonly releaseId: string; readonly other: string }
  | { readonly code: 'releases-none' }
  | { readonly code: 'roll-unreadable'; readonly system: string }
  | { readonly code: 'roll-empty' }
  | {
      readonly code: 'roll-row-ragged';
      readonly row: number;
      readonly wanted: number;
      readonly found: number;
    }
  | { readonly code: 'roll-row-unreadable'; readonly row: number | null }
  | { readonly code: 'roll-encoding'; readonly row: number | null; readonly encoding: string }
  | { readonly code: 'roll-id-twice'; readonly rows: readonly number[] }
  | { readonly code: 'roll-strata'; readonly found: number }
  | { readonly code: 'roll-changed' };

/** A refusal and the file that it is about. */
export interface FileRefusal {
  readonly file: string;
  readonly failure: RollFailure;
}

/** One sentence for a person. Names rows and rules, never a value out of a row. */
export function rollFailureSentence(failure: RollFailure): string {
  switch (failure.code) {
    case 'layout-unknown':
      return `no layout is called "${failure.layoutId}", no mapping file stands beside it, and the header does not name people`;
    case 'layout-columns':
      return `the layout has ${failure.wanted} columns, the first row has ${failure.found}: another layout?`;
    case 'layout-column-missing':
      return `the layout names a column "${failure.column}" that the file does not have`;
    case 'layout-field-missing':
      return `the mapping gives no column for ${failure.field}`;
    case 'mapping-malformed':
      return `the mapping file breaks a rule: ${failure.rule}`;
    case 'manifest-not-json':
      return 'the manifest is not JSON';
    case 'manifest-rule':
      return `the manifest breaks a rule: ${failure.field} ${failure.rule}`;
    case 'manifest-missing':
      return 'there is no manifest beside the file';
    case 'manifest-hash':
      return 'the file is not the one that the manifest speaks of: its SHA-256 is another';
    case 'manifest-rows':
      return `the manifest counts ${failure.stated} rows, the file has ${failure.found}`;
    case 'release-id-twice':
      return `the release id "${failure.releaseId}" stands in ${failure.other} too`;
    case 'releases-none':
      return 'there is no release in the folder: NAME.csv, .tsv or .txt with NAME.manifest.json';
    case 'roll-unreadable':
      return `the file cannot be read (${failure.system})`;
    case 'roll-empty':
      return 'the file has no rows';
    case 'roll-row-ragged':
      return `row ${failure.row} has ${failure.found} columns, not ${failure.wanted}`;
    case 'roll-row-unreadable':
      return `${failure.row === null ? 'a row' : `row ${failure.row}`} cannot be read: a quote that is not closed, or a line too long`;
    case 'roll-encoding':
      return `${failure.row === null ? 'a row' : `row ${failure.row}`} is not ${failure.encoding} text: another encoding?`;
    case 'roll-id-twice':
      return `rows ${failure.rows.join(' and ')} have one voter id`;
    case 'roll-strata':
      return `at least ${failure.found} combinations of party and county: the wrong columns?`;
    case 'roll-changed':
      return 'the file changed while it was read';
  }
}

/** A row counts from 1 and includes the header, as a text editor shows it. */
const LINE = /CSV Error on Line: (\d+)/;
const WIDTHS = /Expected Number of Columns: (\d+) Found: (\d+)/;

/**
 * What DuckDB's message about a file means; null for any other error. The message itself quotes the
 * row, so it goes no further than here.
 */
export function csvFailure(cause: unknown, encoding: string): RollFailure | null {
  const message = cause instanceof Error ? cause.message : '';
  const line = LINE.exec(message)?.[1];
  const row = line === undefined ? null : Number(line);
  const widths = WIDTHS.exec(message);
  if (row !== null && widths !== null) {
    return { code: 'roll-row-ragged', row, wanted: Number(widths[1]), found: Number(widths[2]) };
  }
  if (/not utf-8 encoded|Invalid unicode|invalid UTF-8|byte sequence mismatch/i.test(message)) {
    return { code: 'roll-encoding', row, encoding };
  }
  if (/CSV Error/.test(message)) return { code: 'roll-row-unreadable', row };
  if (/No files found|IO Error|Cannot open file/.test(message)) {
    return { code: 'roll-unreadable', system: 'EIO' };
  }
  return null;
}
