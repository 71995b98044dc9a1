import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Limit } from '../../../core/base/index.ts';
import { defang, printable } from '../../../core/report/index.ts';
import {
  type CampaignsDocument,
  findCampaigns,
  type TextRow,
} from '../../../core/template/index.ts';
import type { Command } from '../command.ts';
import type { Terminal } from '../terminal.ts';

/** Texts of one run: their fingerprints and words stand in memory. */
const ROWS_MAX = 2_000_000;

/** Lines that are named on the terminal; all are in the document. */
const NAMED_MAX = 20;

/** Campaigns printed for a person; `--json` has all. */
const SHOWN_MAX = 50;

export const campaigns: Command = {
  usage: 'FILE.jsonl... [--json]',
  about: [
    'Groups texts of any kind (mail bodies, comments, SMS, log lines) by who wrote them with one hand,',
    'and reads the template of each group: fixed wording, slots with a type, alternatives.',
    'A line is one JSON object with "id" and "text"; more fields are allowed. Keeps nothing.',
    'In a template ⟦2:city⟧ is the second slot, [a|b] a choice, ⟦?⟧ what too few members can tell.',
  ],
  options: { json: { value: null, says: 'print one JSON document' } },
  run: async (order, { terminal }) => {
    if (order.arguments.length === 0) return { wrongUse: 'name a file of JSON lines' };
    const { rows, limits } = await readRows(order.arguments, terminal);
    const found = findCampaigns(rows);
    const document = { ...found, limits: [...limits, ...found.limits] };
    const text = order.given('json')
      ? `${JSON.stringify(document, null, 1)}\n`
      : documentText(document);
    await terminal.write(text);
    return limits.length > 0 ? 1 : 0;
  },
};

interface ReadRows {
  readonly rows: readonly TextRow[];
  readonly limits: readonly Limit[];
}

/** Every line that is a row; what is none is named with its file and line, and the rest goes on. */
async function readRows(files: readonly string[], terminal: Terminal): Promise<ReadRows> {
  const rows: TextRow[] = [];
  const limits: Limit[] = [];
  const lose = (code: string, at: string, text: string): void => {
    limits.push({ code, at, text });
    if (limits.length <= NAMED_MAX) terminal.say(`${printable(at)}: ${text}`);
  };
  for (const file of files) {
    let number = 0;
    try {
      for await (const line of createInterface({
        input: createReadStream(file),
        crlfDelay: Infinity,
      })) {
        number += 1;
        if (line.trim() === '') continue;
        const row = readRow(line);
        if (typeof row === 'string') lose('row-unreadable', `${file}:${number}`, row);
        else if (rows.length >= ROWS_MAX)
          lose('rows-cut', `${file}:${number}`, `Only ${ROWS_MAX} texts are read.`);
        else rows.push(row);
        if (rows.length >= ROWS_MAX && limits.at(-1)?.code === 'rows-cut') break;
      }
    } catch (error) {
      const system = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
      lose('file-unreadable', file, `could not be read${system}`);
    }
  }
  if (limits.length > NAMED_MAX) terminal.say(`and ${limits.length - NAMED_MAX} more lines`);
  return { rows, limits };
}

/** The row, or why the line is none. */
function readRow(line: string): TextRow | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'is no JSON';
  }
  if (typeof value !== 'object' || value === null) return 'is no JSON object';
  const { id, text } = value as { readonly id?: unknown; readonly text?: unknown };
  if (typeof text !== 'string') return 'has no "text"';
  if (typeof id !== 'string' && typeof id !== 'number') return 'has no "id"';
  return { id: String(id), text };
}

function documentText({ campaigns: found, unclustered }: CampaignsDocument): string {
  const lines = [`${found.length} campaigns, ${unclustered.length} texts alone`];
  for (const { id, size, templates, links } of found.slice(0, SHOWN_MAX)) {
    lines.push('', `${printable(id)}: ${size} texts`);
    for (const { text, slots } of templates) {
      lines.push(...text.split('\n').map((line) => `  | ${defang(printable(line))}`));
      for (const { index, type, distinct } of slots) {
        lines.push(`  slot ${index}  ${type}, ${distinct} different values`);
      }
    }
    for (const { kind, value } of links) lines.push(`  ${kind}  ${defang(printable(value))}`);
  }
  if (found.length > SHOWN_MAX)
    lines.push('', `and ${found.length - SHOWN_MAX} more (--json has all)`);
  return `${lines.join('\n')}\n`;
}
