import type { AccessLogFindings } from '../../core/access-log/index.ts';
import { type AccessLogDocument, accessLogDocument } from '../../core/access-log/index.ts';
import type { Json, Limit } from '../../core/base/index.ts';

/** What the look-up page gave away: how many records, when, from where, by what tool. */
export const ACCESS_LOG = { stage: 'access-log', methodVersion: 2 } as const;

/** Never a record number: those stay in a file of the office. */
export interface AccessLogOutput {
  readonly document: AccessLogDocument;
  /** Record numbers for notice, and how many of them were certainly returned. */
  readonly notice: { readonly records: number; readonly certain: number };
}

/** Lines in one write. */
const LINES_AT_ONCE = 10_000;

/** The list that goes to the office, a line a record; the count grows while it is read. */
export function* noticeLines(
  found: AccessLogFindings,
  count: { records: number; certain: number },
): Generator<string> {
  let lines = ['record,returned\n'];
  for (const { record, returned } of found.notice()) {
    count.records += 1;
    if (returned === 'yes') count.certain += 1;
    lines.push(`${record},${returned}\n`);
    if (lines.length < LINES_AT_ONCE) continue;
    yield lines.join('');
    lines = [];
  }
  yield lines.join('');
}

export const accessLogOutput = (
  found: AccessLogFindings,
  limits: readonly Limit[],
  notice: AccessLogOutput['notice'],
): AccessLogOutput & Json =>
  ({
    document: accessLogDocument({ ...found, limits: [...limits, ...found.limits] }),
    notice,
  }) as unknown as AccessLogOutput & Json;
