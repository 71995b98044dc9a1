import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

/** STYLE: a line has 100 columns; the formatter holds code to it and leaves comments alone. */
export const COLUMNS_MAX = 100;

const root = resolve(import.meta.dirname, '..');

/** `/** words *\/` on one line. */
const WHOLE = /^(\s*)\/\*\* (.*?) ?\*\/$/;
/** A line of a block or of a run of `//`: its mark, its indentation, its words. */
const LINE = /^(\s*(?:\*|\/\/) )(\s*)(\S.*)$/;
const BULLET = /^(?:[-*] |\d+\. )/;
/** What begins a line of its own: rows of a list or a table, tags, code. */
const APART = /^(?:[-*] |\d+\. |@|\||`{3})/;

/** Numbers, from 1, of the comment lines that are too long and could be broken. */
export const longComments = (text: string): readonly number[] =>
  text.split('\n').flatMap((line, at) => (isLong(line) ? at + 1 : []));

const isLong = (line: string): boolean => {
  if (line.length <= COLUMNS_MAX || !/^\s*(?:\/\*\*|\*|\/\/) /.test(line)) return false;
  // One word that is longer than a line stands as it is.
  return line.trim().split(/\s+/).length > 2;
};

/** The text with its long comments broken anew, from the long line to the end of its paragraph. */
export function reflowed(text: string): string {
  const lines = text.split('\n');
  const out: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]!;
    const whole = WHOLE.exec(line);
    const part = LINE.exec(line);
    if (!isLong(line) || (whole === null && part === null)) out.push(line);
    else if (whole !== null) {
      const [, indent = '', words = ''] = whole;
      out.push(`${indent}/**`, ...broken(words, `${indent} * `), `${indent} */`);
    } else {
      const [, mark = '', indent = '', first = ''] = part!;
      const hang = `${mark}${indent}${' '.repeat(BULLET.exec(first)?.[0].length ?? 0)}`;
      const words = [first];
      for (; goesOn(lines[at + 1], hang); at += 1) words.push(lines[at + 1]!.slice(hang.length));
      out.push(...broken(words.join(' '), hang, `${mark}${indent}`));
    }
  }
  return out.join('\n');
}

/** Whether a line is of the same paragraph as the one above. */
function goesOn(line: string | undefined, hang: string): boolean {
  if (line?.startsWith(hang) !== true) return false;
  const rest = line.slice(hang.length);
  return /^\S/.test(rest) && !APART.test(rest) && !rest.endsWith('*/');
}

function broken(words: string, hang: string, first = hang): readonly string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of words.split(/ +/)) {
    if (!isEmpty && line.length + 1 + word.length > COLUMNS_MAX) {
      lines.push(line);
      line = hang;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}

/** Every TypeScript file of the project, from its root. */
export const sources = (): readonly string[] =>
  ['src', 'test', 'bench', 'tools'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => relative(root, join(entry.parentPath, entry.name))),
  );

/** `node tools/comment-lines.ts [--write] [FILE...]` names long comment lines, or breaks them. */
if (import.meta.main) {
  const files = process.argv.slice(2).filter((word) => word !== '--write');
  for (const file of files.length === 0 ? sources() : files) {
    const text = readFileSync(join(root, file), 'utf8');
    const long = longComments(text);
    if (long.length === 0) continue;
    process.stdout.write(`${long.map((line) => `${file}:${line}`).join('\n')}\n`);
    if (process.argv.includes('--write')) writeFileSync(join(root, file), reflowed(text));
  }
}
