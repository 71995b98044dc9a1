import { type Limit, systemCode } from '../../../core/base/index.ts';
import { defang, printable } from '../../../core/display/index.ts';
import {
  type CampaignsDocument,
  findCampaigns,
  type TextRow,
} from '../../../core/template/index.ts';
import type { Command } from '../command.ts';
import { fileLines } from '../file-lines.ts';
import type { Terminal } from '../terminal.ts';

/** Texts of one run: their fingerprints and words stand in memory. */
const ROWS_MAX = 2_000_000;

/**
 * Longest line read: a text of 50 MB with room for its escapes. Of it {@link findCampaigns} reads
 * the beginning.
 */
const LINE_BYTES_MAX = 64_000_000;

/** Losses that the document names; a file that is no JSON at all has one a line. */
const LOSSES_MAX = 10_000;

/** Losses that are named on the terminal. */
const NAMED_MAX = 20;

/** Campaigns printed for a person; `--json` has all. */
const SHOWN_MAX = 50;

export const campaigns: Command = {
  usage: 'FILE.jsonl... [--json]',
  about: [
    'Groups texts of any kind (mail bodies, comments, SMS, log lines) that share their wording,',
    'and reads the template of each group: fixed wording, slots with a type, alternatives.',
    'A line is one JSON object with "id" and "text"; more fields are allowed. Keeps nothing.',
    'In a template ⟦2:city⟧ is the second slot, [a|b] a choice, ⟦?⟧ what too few members can tell.',
  ],
  options: { json: { value: null, says: 'print one JSON document' } },
  run: async (order, { terminal }) => {
    if (order.arguments.length === 0) return { wrongUse: 'name a file of JSON lines' };
    const { rows, losses } = await readRows(order.arguments);
    const found = findCampaigns(rows);
    const limits = [...namedLosses(losses), ...found.limits];
    sayLimits(limits, losses.count + found.limits.length, terminal);
    const document = { ...found, limits };
    const text = order.given('json')
      ? `${JSON.stringify(document, null, 1)}\n`
      : documentText(document);
    await terminal.write(text);
    return losses.count > 0 ? 1 : 0;
  },
};

interface ReadRows {
  readonly rows: readonly TextRow[];
  readonly losses: Losses;
}

/** What was lost: the first ones named, all counted. */
interface Losses {
  readonly named: Limit[];
  count: number;
}

function lose(losses: Losses, code: string, [at, text]: readonly [string, string]): void {
  losses.count += 1;
  if (losses.named.length < LOSSES_MAX) losses.named.push({ code, at, text });
}

/** Every line that is a row; what is none is named with its file and line, and the rest goes on. */
async function readRows(files: readonly string[]): Promise<ReadRows> {
  const rows: TextRow[] = [];
  const losses: Losses = { named: [], count: 0 };
  for (const file of files) {
    try {
      await readFileRows(file, rows, losses);
    } catch (cause) {
      lose(losses, 'file-unreadable', [file, `could not be read (${systemCode(cause)})`]);
    }
  }
  return { rows, losses };
}

async function readFileRows(file: string, rows: TextRow[], losses: Losses): Promise<void> {
  for await (const { number, text } of fileLines(file, LINE_BYTES_MAX)) {
    const line = text?.trim();
    if (line === '') continue;
    const row = line === undefined ? LINE_TOO_LONG : readRow(line);
    const at = `${file}:${number}`;
    if (typeof row === 'string') lose(losses, 'row-unreadable', [at, row]);
    else if (rows.length < ROWS_MAX) rows.push(row);
    else {
      lose(losses, 'rows-cut', [at, `Only ${ROWS_MAX} texts are read.`]);
      return;
    }
  }
}

const LINE_TOO_LONG = `is longer than ${LINE_BYTES_MAX} bytes`;

const namedLosses = ({ named, count }: Losses): readonly Limit[] =>
  count <= named.length
    ? named
    : [
        ...named,
        {
          code: 'rows-unnamed',
          at: '',
          text: `${count - named.length} more losses are not named.`,
        },
      ];

function sayLimits(limits: readonly Limit[], count: number, terminal: Terminal): void {
  for (const { at, text } of limits.slice(0, NAMED_MAX)) terminal.say(`${printable(at)}: ${text}`);
  if (count > NAMED_MAX) terminal.say(`and ${count - NAMED_MAX} more lines`);
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
